"""Exports for annotation tools and the web: offsets in each one's own unit, links that resolve, nothing that runs."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import spacy
import yaml
from markdown_it import MarkdownIt
from pyld import jsonld
from spacy.tokens import Doc

from claimkit.errors import UsageError
from claimkit.export import brat, doccano, labelstudio, obsidian, plover, prodigy, schemaorg, webannotation
from claimkit.export.filenames import FileNames, stem
from claimkit.export.iri import of_path, web_address
from claimkit.export.material import Material
from claimkit.export.utf16 import Units, cut, line_ends
from claimkit.records import EventType, Modality, Stance
from tests import sample
from tests.export_sample import CLAIMS, DOCUMENT, MATERIAL, PATH, QUIET, TEXT

NO_TEXTS = Material(claims=CLAIMS)
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"


def lines(module: Any, material: Material = MATERIAL) -> list[dict[str, Any]]:
    """Give what a format writes as JSON Lines."""
    stream = io.BytesIO()
    module.write(material, stream=stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def whole(module: Any, material: Material = MATERIAL) -> dict[str, Any]:
    """Give what a format writes as one object."""
    stream = io.BytesIO()
    module.write(material, stream=stream)
    found: dict[str, Any] = json.loads(stream.getvalue())
    return found


def of_units(text: str, start: int, end: int) -> str:
    """Cut text by UTF-16 units, as JavaScript does."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_brat_standoff() -> None:
    """Words by code points, in pieces at line ends; one trigger for a content, arguments, attributes, a note."""
    found = dict(brat.files(MATERIAL))
    assert sorted(found) == ["annotation.conf", "front.ann", "front.txt", "quiet.ann", "quiet.txt", "visual.conf"]
    assert (found["front.txt"].decode(), found["quiet.ann"]) == (TEXT, b"")
    standoff = found["front.ann"].decode()
    assert "T1\tcapture 47 54;56 73\tto have captured Pokrovsk\n" in standoff
    assert "E1\tcapture:T1 Source:T2 Cue:T3 Relay:T4 Place:T5\n" in standoff
    assert "#1\tAnnotatorNotes E1\tclaimant=RUS; actor=RUS; date=2025-11-30/2025-12-01; relays=REPORTS; " in standoff
    assert "N1\tReference T5 geonames:704422\tPokrovsk\n" in standoff
    for words in re.finditer(r"^T\d+\t\S+ ([\d ;]+)\t(.*)$", standoff, re.MULTILINE):
        pieces = [tuple(map(int, piece.split())) for piece in words[1].split(";")]
        assert " ".join(TEXT[start:end] for start, end in pieces) == words[2]


def test_brat_lines_hold_against_any_text() -> None:
    """No text of an article ends a line or a field of the standoff."""
    standoff = dict(brat.files(MATERIAL))["front.ann"].decode()
    assert standoff.splitlines() == standoff.removesuffix("\n").split("\n")
    kinds = re.compile(r"(T\d+\t[^\t]+\t[^\t]+|E\d+\t[^\t]+|A\d+\t[^\t]+|[N#]\d+\t[^\t]+\t[^\t]+)")
    assert [line for line in standoff.splitlines() if not kinds.fullmatch(line)] == []


def test_brat_configuration_has_every_class_and_value() -> None:
    """What can be annotated is what a claim can be."""
    conf = dict(brat.files(MATERIAL))["annotation.conf"].decode()
    assert re.findall(r"^(\w+)\tSource\?", conf, re.MULTILINE) == list(EventType)
    assert re.findall(r"Value:(.*)", conf) == ["|".join(Stance), "|".join(Modality)]


def test_label_studio_tasks() -> None:
    """Regions by code points with their words, all names of the interface, relations from each content."""
    found = dict(labelstudio.files(MATERIAL))
    front, quiet = json.loads(found["tasks.json"])
    text = front["data"]["text"]
    assert (len(text), "\r" in text, front["data"]["document"]) == (len(TEXT), False, PATH)
    results = front["predictions"][0]["result"]
    assert quiet["predictions"][0]["result"] == []
    for result in results:
        if result["type"] == "labels":
            value = result["value"]
            assert line_ends(value["text"]).split() == text[value["start"] : value["end"]].split()
    view = ElementTree.fromstring(found["labels.xml"])
    names = {part.get("name") for part in view if part.get("name")}
    assert {result["from_name"] for result in results if "from_name" in result} <= names
    offered = {part.get("value") for part in view.iter() if part.tag in ("Label", "Choice", "Relation")}
    used = {v for r in results for v in [*r.get("labels", ()), *r.get("value", {}).get("choices", ())]}
    assert used <= offered
    ids = {result["id"] for result in results if "id" in result}
    assert {
        end for result in results if result["type"] == "relation" for end in (result["from_id"], result["to_id"])
    } <= ids


def test_doccano_counts_in_utf_16() -> None:
    """Behind a sign beyond the BMP offsets are those of JavaScript; relations lead from the content."""
    front, quiet = lines(doccano)
    words = {
        one["id"]: (one["label"], of_units(TEXT, one["start_offset"], one["end_offset"])) for one in front["entities"]
    }
    assert list(words.values()) == [
        ("capture", "to have\r\ncaptured Pokrovsk"),
        ("assert", "claimed"),
        ("source", "The ministry"),
        ("place", "Pokrovsk"),
        ("capture", "that Pokrovsk and Siversk\nhad fallen"),
        ("deny", "denied"),
        ("source", "Kyiv's General Staff"),
        ("place", "Pokrovsk"),
        ("place", "Siversk"),
        ("casualties", "that men\twere lost"),
        ("unverified", "that men\twere lost"),
    ]
    related = [(words[one["from_id"]][0], one["type"], words[one["to_id"]][1]) for one in front["relations"]]
    assert related[:3] == [
        ("capture", "cue", "claimed"),
        ("capture", "source", "The ministry"),
        ("capture", "place", "Pokrovsk"),
    ]
    assert (quiet["text"], quiet["entities"]) == (QUIET.text, [])


def test_prodigy_tokens_are_what_spacy_makes_of_them() -> None:
    """A Doc of the tokens has the sentence's text, and every span is a run of whole tokens."""
    for task, claim in zip(lines(prodigy), CLAIMS, strict=True):
        words, spaces = ([token[name] for token in task["tokens"]] for name in ("text", "ws"))
        doc = Doc(spacy.blank("en").vocab, words=words, spaces=spaces)
        assert doc.text == task["text"] == claim.sentence.text
        for span in task["spans"]:
            found = doc.char_span(span["start"], span["end"])
            assert found is not None
            assert (found.start, found.end - 1) == (span["token_start"], span["token_end"])
        contents = [task["text"][one["start"] : one["end"]] for one in task["spans"] if one["label"] == "CONTENT"]
        assert contents == [claim.content.text]


def test_prodigy_leaves_out_what_stands_elsewhere() -> None:
    """A place that was named in an earlier sentence has no span, but its name is told."""
    claim = sample.claim("It fell.", content="It fell", start=50, places=())
    place = sample.place("Pokrovsk", at=3)
    task = prodigy.task(type(claim)(**{**{f: getattr(claim, f) for f in claim.__struct_fields__}, "places": (place,)}))
    assert ([span["label"] for span in task["spans"]], task["meta"]["places"]) == (["CONTENT"], "Pokrovsk")


def test_plover_says_which_event_and_whose_claim() -> None:
    """One event where the class is one, candidates where it may be several, the claim with its stance beside it."""
    found = lines(plover)
    assert [(one["event_id"][-3:], one["event_type"], one["claim"]["stance"]) for one in found] == [
        ("1-1", "ASSAULT", "assert"),
        ("2-1", "ASSAULT", "deny"),
        ("2-2", "ASSAULT", "deny"),
        ("003", "ASSAULT", "unverified"),
    ]
    assert (found[0]["geonames_id"], found[0]["actor_country"], found[3]["placename"]) == (704422, "RUS", None)
    talks = lines(plover, Material(claims=(sample.NARRATED,)))[0]
    assert (talks["event_type"], talks["event_types"]) == (None, ["CONSULT", "AGREE", "REJECT"])


def test_plover_names_what_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    """PLOVER has no event for a side that only holds a place."""
    held = sample.claim("Kyiv held Siversk.", content="Kyiv held Siversk", event=EventType.HOLD)
    assert lines(plover, Material(claims=(held,))) == []
    assert capsys.readouterr().err == ("claimkit: 1 of 1 claims left out: PLOVER has no event for their class\n")


def expanded(found: dict[str, Any], *, terms: dict[str, Any]) -> list[dict[str, Any]]:
    """Expand JSON-LD with a context of our own in the place of the one it names, which stands on the web."""

    def load(url: str, _options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": terms}}

    result: list[dict[str, Any]] = jsonld.expand(found, {"documentLoader": load, "base": "https://example.org/"})
    return result


def test_schemaorg_is_json_ld_of_claims_and_no_review() -> None:
    """A JSON-LD processor finds a Claim for each, its author, its sentence, its place; and no ClaimReview."""
    found = whole(schemaorg)
    claims = expanded(found, terms={"@vocab": SCHEMA})
    assert [claim["@type"] for claim in claims] == [[f"{SCHEMA}Claim"]] * 3
    assert [claim["@id"] for claim in claims] == [f"https://example.org/{PATH}#{claim.id}" for claim in CLAIMS]
    assert [claim[f"{SCHEMA}text"][0]["@value"] for claim in claims] == [claim.sentence.text for claim in CLAIMS]
    assert [claim["author"]["identifier"] for claim in found["@graph"]] == ["RUS", "UKR", "NARRATOR"]
    assert [place["sameAs"] for place in found["@graph"][1]["about"]["location"]] == [
        "https://sws.geonames.org/704422/",
        "https://sws.geonames.org/694403/",
    ]
    assert "Review" not in json.dumps(found)


def test_web_annotations_select_the_words_twice() -> None:
    """Quotation and position, both in code points, find the same words; the targets are the article's address."""
    found = whole(webannotation)
    for one, claim in zip(found["items"], CLAIMS, strict=True):
        quote, position = one["target"]["selector"]
        assert TEXT[position["start"] : position["end"]] == quote["exact"] == claim.content.text
        assert TEXT.index(quote["prefix"] + quote["exact"] + quote["suffix"]) == position["start"] - len(
            quote["prefix"]
        )
        assert one["target"]["source"] == PATH
    terms = {"@vocab": OA, "id": "@id", "type": "@type", "source": {"@id": f"{OA}hasSource", "@type": "@id"}}
    items = expanded(found, terms=terms)[0][f"{OA}items"]
    assert [one["@type"] for one in items] == [[f"{OA}Annotation"]] * 3
    sources = [one[f"{OA}target"][0][f"{OA}hasSource"][0]["@id"] for one in items]
    assert sources == [f"https://example.org/{PATH}"] * 3


def test_obsidian_links_lead_to_notes_and_text_stays_text() -> None:
    """Every link has its note; properties are YAML; what an article says is no link, markup, comment, tag or HTML."""
    notes = {name: data.decode() for name, data in obsidian.files(MATERIAL)}
    assert sorted(notes) == [
        "Claims.md", "articles/front.md", "articles/quiet.md", "claims/c-000000000001.md", "claims/c-000000000002.md",
        "claims/c-000000000003.md", "parties/Russia.md", "parties/Ukraine.md", "parties/the article.md",
        "places/Pokrovsk.md", "places/Siversk.md",
    ]  # fmt: skip
    links = {link for note in notes.values() for link in re.findall(r"(?<!\\)\[\[([^\]|]+)", note)}
    assert {f"{link}.md" for link in links} == set(notes) - {"Claims.md"}
    head, body = notes["claims/c-000000000003.md"].removeprefix("---\n").split("\n---\n")
    properties = yaml.safe_load(head)
    assert (properties["stance"], properties["date"], properties["confidence"]) == ("unverified", "2024-05/", 0.9)
    assert yaml.safe_load(notes["articles/front.md"].split("---")[1])["path"] == PATH
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    kinds = {child.type for token in tokens for child in (token.children or ())}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close"}
    inert = re.sub(r"\\.", "", body.partition("> ")[2])
    assert [sign for sign in ("[[", "%%", "==", "::", "<", "`", "#", "\u202e", "\x1b", "\u2028") if sign in inert] == []
    assert "[[news]]" not in notes["articles/front.md"]


@pytest.mark.parametrize("module", [brat, labelstudio])
def test_folders_need_the_texts(module: Any) -> None:
    """Results alone do not hold the articles; the message says what to give."""
    with pytest.raises(UsageError, match="give the articles themselves, or --db"):
        list(module.files(NO_TEXTS))
    with pytest.raises(UsageError, match="give the articles themselves, or --db"):
        lines(doccano, NO_TEXTS)


@pytest.mark.parametrize("module", [prodigy, plover, schemaorg, webannotation])
def test_others_do_without_the_texts(module: Any) -> None:
    """They hold sentences only: every claim is there also where the articles' texts are not."""
    stream = io.BytesIO()
    module.write(NO_TEXTS, stream=stream)
    assert [claim.id for claim in CLAIMS if claim.id not in stream.getvalue().decode()] == []


def test_file_names_are_safe_and_given_once() -> None:
    """No sign of a path, a link or Windows; no name twice, also by capitals; what is left is kept."""
    names = FileNames()
    wanted = ["../../etc/passwd", "a|b#c^d[e]", "CON", "", "Lyman", "LYMAN", "Kyiv's day", "x" * 500, "\u202e\x1b"]
    given = [names.give(name) for name in wanted]
    assert given == [
        "etc passwd", "a b c d e", "CON_", "unnamed", "Lyman", "LYMAN-2", "Kyiv's day", "x" * 200, "u202e x1b",
    ]  # fmt: skip
    assert stem("june.zip!wire/Attack!.txt") == "Attack!"


def test_addresses_are_relative_and_of_the_web() -> None:
    """A path never becomes a scheme or a host; only http and https are addresses of the web."""
    assert [of_path(path) for path in ("a b/c?d#e.txt", "javascript:x", "//evil.example/x")] == [
        "a%20b/c%3Fd%23e.txt", "javascript%3Ax", "/evil.example/x",
    ]  # fmt: skip
    assert web_address("https://x.example/a b") == "https://x.example/a%20b"
    assert [web_address(url) for url in ("javascript:alert(1)", "http://", None, "http://[")] == [None] * 4


def test_utf_16_units() -> None:
    """Signs beyond the BMP count twice; nothing is cut inside one; line ends keep every offset."""
    text = "a\U0001f6f0b"
    assert [Units(text).at(point) for point in range(4)] == [0, 1, 3, 4]
    assert (cut(text, units=3), cut(text, units=4)) == ("a…", text)
    assert line_ends("a\r\nb\rc\n") == "a \nb\nc\n"


def test_documents_are_found_again() -> None:
    """An article with a claim that is not given is refused, one without claims is given with none."""
    assert list(MATERIAL.articles()) == [(DOCUMENT, CLAIMS), (QUIET, ())]
    assert Path(PATH).stem == stem(PATH)
