"""Thirty things that an article could say to run code in a report, and a ledger that says one in every text field."""

from __future__ import annotations

from typing import Any

from tests.report_sample import Made, make

MARK = "window.__ran=1"
PAYLOADS = (
    f"<script>{MARK}</script>",
    f"</script><script>{MARK}</script>",
    f"</SCRIPT ><svg onload={MARK}>",
    f"<img src=x onerror={MARK}>",
    f'"><img src=x onerror="{MARK}">',
    f"'><svg/onload={MARK}>",
    f"<iframe src='javascript:parent.{MARK}'></iframe>",
    f"<iframe srcdoc='<script>parent.{MARK}</script>'>",
    f"<a href='javascript:{MARK}'>x</a>",
    f"javascript:{MARK}",
    f"<body onload={MARK}>",
    f"<details open ontoggle={MARK}>",
    f"<input autofocus onfocus={MARK}>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={MARK}>",
    f"<style>*{{background:url('https://evil.example/{MARK}')}}</style>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    f"<object data='data:text/html,<script>{MARK}</script>'></object>",
    f"<template><script>{MARK}</script></template>",
    f"<!--><script>{MARK}</script>-->",
    f"]]><script>{MARK}</script>",
    f"{{{{ self.__init__.__globals__ }}}} {{% print({MARK!r}) %}}",
    f"${{{MARK}}} `${{{MARK}}}`",
    f"\\u003cscript\\u003e{MARK}\\u003c/script\\u003e",
    f"&lt;script&gt;{MARK}&lt;/script&gt;&#60;script>",
    f"\u2028{MARK}\u2029//",
    f'"}};{MARK};//',
    f"<svg><animate onbegin={MARK} attributeName=x dur=1s>",
    f"[x](javascript:{MARK}) ![x](https://evil.example/p.png)",
    f"<noscript><p title='</noscript><img src=x onerror={MARK}>'>",
)


def poisoned(payload: str) -> Made:
    """Make a ledger in which every text that comes from outside holds the payload."""
    made = make(6, seed=1)
    for document in made.documents:
        document |= {"title": payload, "outlet": payload, "path": f"articles/{payload}.txt"}
        document["text"] = "".join(f"{payload}\n\n" for _ in range(3))
    for claim in made.claims:
        claim["document"] = made.documents[0]["path"]
        claim |= {"outlet": payload, "published": claim["published"]}
        claim["id"] = f"{claim['id']}{payload}"
        claim["claimant"] |= {"name": payload, "id": f"{claim['claimant']['id']}{payload}"}
        claim["event"] |= {"date_text": payload, "actor": payload, "date": payload}
        claim["sentence"] = span(payload)
        claim |= {"content": span(payload), "cue": span(payload[:2]), "source": span(payload[:1])}
        for place in claim["places"]:
            place |= {"name": payload, "admin1": payload, "text": payload, "id": f"claimkit:{payload}"}
    for item in made.ledger["propositions"]:
        item["id"] += payload
        item["event"]["actor"] = payload
        item["places"] = [place | {"name": payload, "id": f"claimkit:{payload}"} for place in item["places"]]
        item["contradicts"] = [{"id": item["id"], "because": payload}]
        item["window"] = {"start": payload, "end": payload}
        for position in item["positions"]:
            position["claims"] = [f"{one}{payload}" for one in position["claims"]]
            position |= {"first": payload, "last": payload}
    return made


def span(text: str) -> dict[str, Any]:
    """Make a span from the beginning."""
    return {"start": 0, "end": len(text), "text": text}
