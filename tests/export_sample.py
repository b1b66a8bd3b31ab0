"""An article that is hard on exports, with its claims: signs beyond the BMP, CRLF, wrapped lines, text that attacks."""

from __future__ import annotations

from claimkit.export.material import Material
from claimkit.reader import read_text
from claimkit.records import Claim, EventType, Modality, Relay, Stance
from tests import sample

PATH = "articles/front.txt"
HEAD = "\U0001f5de Front news\r\n\r\n"
CLAIMED = "The ministry in Moscow claimed to have\r\ncaptured Pokrovsk, the agency \U0001f6f0 said."
DENIED = "Kyiv's General Staff denied that Pokrovsk and Siversk\nhad fallen."
ATTACK = (
    '=HYPERLINK("http://evil.example") <script>alert(1)</script> [[x]] ![[y]] %%hidden%% ==m== a:: b #tag '
    "$x$ `= this` \u202e\x1b[31m| @me\u2028said that men\twere lost."
)
TEXT = f"{HEAD}{CLAIMED} {DENIED}\r\n\r\n{ATTACK}\n"
DOCUMENT = read_text(TEXT, path=PATH, published="2025-12-01", outlet="The Example", title="Front [[news]]")
QUIET = read_text("Nothing happened.\n", path="articles/quiet.txt", published="2025-12-02")


def _claim(sentence: str, **values: object) -> Claim:
    return sample.claim(sentence, start=TEXT.index(sentence), document=PATH, **values)  # type: ignore[arg-type]


_AGENCY = TEXT.index("the agency")
CLAIMS = (
    _claim(
        CLAIMED, content="to have\r\ncaptured Pokrovsk", source="The ministry", cue="claimed", who="RUS", actor="RUS",
        places=("Pokrovsk",), date="2025-11-30/2025-12-01", id="c-000000000001",
        relay=(Relay(start=_AGENCY, end=_AGENCY + 10, text="the agency", claimant="REPORTS"),),
    ),
    _claim(
        DENIED, content="that Pokrovsk and Siversk\nhad fallen", source="Kyiv's General Staff", cue="denied",
        who="UKR", stance=Stance.DENY, actor="RUS", places=("Pokrovsk", "Siversk"), date="2025-11", id="c-000000000002",
    ),
    _claim(
        ATTACK, content="that men\twere lost", event=EventType.CASUALTIES, stance=Stance.UNVERIFIED,
        modality=Modality.POSSIBLE, date="2024-05/", id="c-000000000003",
    ),
)  # fmt: skip
MATERIAL = Material(claims=CLAIMS, documents=(DOCUMENT, QUIET))
