"""Claims that come back from brat and Label Studio, as exported, as corrected, and as broken."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from claimkit.annotated import brat, labelstudio
from claimkit.annotated.annotation import Annotated, Annotation, World
from claimkit.errors import InputError, UsageError
from claimkit.export import brat as brat_export
from claimkit.export import doccano
from claimkit.export import labelstudio as labelstudio_export
from claimkit.export.files import write_folder
from claimkit.export.material import Material
from claimkit.gazetteer import Gazetteer
from claimkit.parties import Parties
from claimkit.reader import Skipped, read_text
from claimkit.records import Claim, EventType, Modality, PartyKind, Stance
from claimkit.settings import Settings
from tests import sample
from tests.export_sample import CLAIMS, MATERIAL, TEXT

SETTINGS = Settings(published="2025-12-01")


@pytest.fixture(scope="module")
def world() -> World:
    """The shipped parties and places."""
    return World(parties=Parties.default(), gazetteer=Gazetteer.default())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that brat could work on."""
    write_folder(tmp_path / "brat", files=brat_export.files(MATERIAL))
    return tmp_path / "brat"


@pytest.fixture
def tasks() -> list[dict[str, Any]]:
    """Tasks whose predictions an annotator has taken over as they are."""
    found: list[dict[str, Any]] = json.loads(dict(labelstudio_export.files(MATERIAL))["tasks.json"])
    return [
        {"id": number, "data": task["data"], "annotations": task["predictions"]} for number, task in enumerate(found)
    ]


def from_labelstudio(tasks: object, *, world: World, folder: Path) -> list[Annotated | Skipped]:
    """Read tasks as a file."""
    path = folder / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return list(labelstudio.read(path, settings=SETTINGS, world=world))


def claims_of(found: list[Annotated | Skipped]) -> list[Claim]:
    """Give the claims of what was read."""
    return [claim for item in found if isinstance(item, Annotated) for claim in item.claims]


def comparable(claim: Claim) -> Claim:
    """Give a claim without what annotation tools do not keep: where the record came from, how sure, how matched."""
    places = tuple(replace(place, score=None, kind=None, lat=None, lon=None) for place in claim.places)
    claimant = replace(claim.claimant, name="", kind=PartyKind.UNKNOWN)
    return replace(claim, id="", document="", outlet=None, published=None, confidence=1.0, because=(), places=places,
                   claimant=claimant)  # fmt: skip


EXPECTED = [comparable(claim) for claim in CLAIMS]


def test_brat_comes_back(folder: Path, world: World) -> None:
    """Every claim as it was, over CRLF, wrapped lines and signs beyond the BMP; so is an article without claims."""
    found = list(brat.read(folder, settings=SETTINGS, world=world))
    assert [comparable(claim) for claim in claims_of(found)] == EXPECTED
    assert [len(item.claims) for item in found if isinstance(item, Annotated)] == [3, 0]
    assert [item.passed_over for item in found if isinstance(item, Annotated)] == [(), ()]
    text = next(item.document.text for item in found if isinstance(item, Annotated))
    assert text == TEXT


def test_label_studio_comes_back(tasks: list[dict[str, Any]], world: World, tmp_path: Path) -> None:
    """Every claim as it was, but for line ends, which are written with as many signs."""
    found = from_labelstudio(tasks, world=world, folder=tmp_path)

    def ended(claim: Claim) -> Claim:
        spans = {name: getattr(claim, name) for name in ("sentence", "content")}
        return replace(claim, **{name: replace(s, text=s.text.replace("\r\n", " \n")) for name, s in spans.items()})

    assert [comparable(claim) for claim in claims_of(found)] == [ended(claim) for claim in EXPECTED]
    first = claims_of(found)[0]
    assert (first.document, first.published, first.outlet) == ("articles/front.txt", "2025-12-01", "The Example")


def test_ids_are_those_of_extraction(folder: Path, tasks: list[dict[str, Any]], world: World, tmp_path: Path) -> None:
    """From either tool the id is the same, and with another stance another."""
    one = claims_of(list(brat.read(folder, settings=SETTINGS, world=world)))
    other = claims_of(from_labelstudio(tasks, world=world, folder=tmp_path))
    assert [claim.id for claim in one] == [claim.id for claim in other]
    edit(folder, old="Stance E2 deny", new="Stance E2 doubt")
    assert claims_of(list(brat.read(folder, settings=SETTINGS, world=world)))[1].id != one[1].id


def edit(folder: Path, *, old: str, new: str) -> None:
    """Change a file as an annotator would in brat."""
    path = folder / "front.ann"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_claim_marked_by_hand_in_brat(folder: Path, world: World) -> None:
    """A bare event asserts; its claimant is its source's, its place is looked up, its sentence is the block."""
    start = TEXT.index("Kyiv's General Staff")
    at = TEXT.index("Siversk")
    (folder / "front.ann").write_text(
        f"T1\thold {at} {at + 7}\tSiversk\nT2\tSource {start} {start + 20}\tKyiv's General Staff\n"
        f"T3\tPlace {at} {at + 7}\tSiversk\nE1\thold:T1 Source:T2 Place:T3\nA1\tModality E1 possible\n",
        encoding="utf-8",
    )
    (claim,) = claims_of(list(brat.read(folder, settings=SETTINGS, world=world)))
    assert (claim.claimant.id, claim.stance, claim.event.modality) == ("UKR", Stance.ASSERT, Modality.POSSIBLE)
    assert [(place.name, place.id) for place in claim.places] == [("Siversk", "geonames:694403")]
    assert claim.sentence.start <= TEXT.index("The ministry") < claim.sentence.end


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("T1\tcapture 47 54;56 73", "T1\tcapture 48 54;56 73", "line 1: 'to have captured Pokrovsk' does not stand at"),
        ("T1\tcapture 47 54;56 73", "T1\tcapture 47", "is no line of brat"),
        ("capture:T1 ", "capture:T99 ", "there is no T99"),
        ("Stance E2 deny", "Stance E2 lie", "'lie' is not a valid Stance"),
        ("date=2025-11;", "date=November;", "'November' is no date"),
    ],
)
def test_broken_standoff_is_skipped_with_its_line(folder: Path, world: World, old: str, new: str, reason: str) -> None:
    """A broken file is named with what is wrong; the other article is read."""
    edit(folder, old=old, new=new)
    skipped, quiet = brat.read(folder, settings=SETTINGS, world=world)
    assert isinstance(skipped, Skipped)
    assert (skipped.path, reason in skipped.reason) == (str(folder / "front.ann"), True)
    assert isinstance(quiet, Annotated)


def test_what_is_not_ours_is_passed_over_and_named(folder: Path, world: World) -> None:
    """Relations, other events and other arguments do not count, and are told."""
    with (folder / "front.ann").open("a", encoding="utf-8") as file:
        file.write("R1\tRefers Arg1:T2 Arg2:T4\nT98\tProtest 16 28\tThe ministry\nE9\tProtest:T98\n")
    edit(folder, old="E3\tcasualties:T11\n", new="E3\tcasualties:T11 Victim:T2\n")
    found, _ = brat.read(folder, settings=SETTINGS, world=world)
    assert isinstance(found, Annotated)
    assert [reason.partition(":")[2].partition(": ")[2] for reason in found.passed_over] == [
        "relations are not part of a claim",
        "Victim:T2 is no argument of a claim",
        "Protest is no class of event",
    ]
    assert [comparable(claim) for claim in found.claims] == EXPECTED


def test_brat_folders_without_annotations(folder: Path, world: World, tmp_path: Path) -> None:
    """No folder, no annotation at all: refused; one text without: skipped."""
    (folder / "quiet.ann").unlink()
    _, skipped = brat.read(folder, settings=SETTINGS, world=world)
    assert skipped == Skipped(path=str(folder / "quiet.ann"), reason="no such file or directory")
    (folder / "front.ann").unlink()
    for path, reason in ((folder, r"has no \.ann"), (tmp_path / "absent", "is no folder")):
        with pytest.raises(UsageError, match=reason):
            list(brat.read(path, settings=SETTINGS, world=world))


def test_predictions_are_no_annotations(tasks: list[dict[str, Any]], world: World, tmp_path: Path) -> None:
    """What nobody has annotated, or only cancelled, is skipped; of several the ground truth counts, and it is told."""
    truth = {"result": tasks[0]["annotations"][0]["result"][:1], "ground_truth": True}
    mixed = [
        {"id": 7, "data": tasks[1]["data"], "predictions": tasks[1]["annotations"]},
        {"id": 8, "data": tasks[1]["data"], "annotations": [{"result": [], "was_cancelled": True}]},
        {"id": 9, "data": tasks[0]["data"], "annotations": [truth, *tasks[0]["annotations"]]},
    ]
    one, two, three = from_labelstudio(mixed, world=world, folder=tmp_path)
    reasons = [item.reason for item in (one, two) if isinstance(item, Skipped)]
    assert reasons == ["nobody has annotated it"] * 2
    assert isinstance(three, Annotated)
    assert [reason.partition(": ")[2] for reason in three.passed_over] == ["task 9: 2 annotations, of which one counts"]
    assert [(claim.claimant.id, claim.event.type) for claim in three.claims] == [("NARRATOR", EventType.CAPTURE)]


def test_labels_drawn_the_other_way_round(tasks: list[dict[str, Any]], world: World, tmp_path: Path) -> None:
    """A relation without a label, or from the source to the content, means what its ends are."""
    for result in tasks[0]["annotations"][0]["result"]:
        if result["type"] == "relation" and result["labels"] != ["relay"]:
            result["from_id"], result["to_id"] = result["to_id"], result["from_id"]
            del result["labels"]
    found = claims_of(from_labelstudio(tasks, world=world, folder=tmp_path))
    assert [(claim.source, claim.cue, claim.places) for claim in map(comparable, found)] == [
        (claim.source, claim.cue, claim.places) for claim in EXPECTED
    ]


@pytest.mark.parametrize("text", ["{}", "[1]", '[{"data": {}}]', "not JSON", "\udc80"])
def test_no_export_of_label_studio(text: str, world: World, tmp_path: Path) -> None:
    """Another file is refused, with what to export."""
    path = tmp_path / "export.json"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(InputError, match="is no export of Label Studio"):
        list(labelstudio.read(path, settings=SETTINGS, world=world))


def test_broken_regions_are_skipped_with_the_reason(tasks: list[dict[str, Any]], world: World, tmp_path: Path) -> None:
    """Offsets that do not fit the words, or a value that is none of ours, cost one task."""
    broken = json.loads(json.dumps(tasks[:1] * 3))
    broken[0]["annotations"][0]["result"][0]["value"]["start"] += 1
    broken[1]["annotations"][0]["result"][1]["value"]["choices"] = ["lie"]
    broken[2]["annotations"][0]["result"][0]["value"] = {"labels": ["capture"]}
    found = from_labelstudio([*broken, tasks[1]], world=world, folder=tmp_path)
    reasons = [item.reason for item in found if isinstance(item, Skipped)]
    assert ["does not stand at" in reasons[0], "lie" in reasons[1], "'start'" in reasons[2]] == [True] * 3
    assert isinstance(found[3], Annotated)


@pytest.mark.parametrize(
    ("given", "code", "name"),
    [
        ("RUS", "RUS", "Russia"),
        ("Russia", "RUS", "Russia"),
        ("NARRATOR", "NARRATOR", "Narrator"),
        ("BRIGADE-9", "BRIGADE-9", "BRIGADE-9"),
        ("UNKNOWN", "UNKNOWN", "General Staff"),
        ("it", "UNKNOWN", "it"),
    ],
)
def test_claimants_by_code_or_name(given: str, code: str, name: str, world: World) -> None:
    """A known code or name is that party; a code of the annotator's own stays; any other name is unknown."""
    document = read_text("General Staff: it fell.", path="a.txt")
    annotation = Annotation(content=(15, 22), event=EventType.CAPTURE, source=(0, 13), claimant=given)
    claim = world.claim(annotation, document=document)
    assert (claim.claimant.id, claim.claimant.name, claim.content.text) == (code, name, "it fell")


@pytest.mark.parametrize("content", [(5, 5), (-1, 3), (0, 99)])
def test_offsets_outside_the_text(content: tuple[int, int], world: World) -> None:
    """They are refused, never cut to fit."""
    with pytest.raises(InputError, match="lies outside the text"):
        world.claim(Annotation(content=content, event=EventType.CAPTURE), document=read_text("It fell.", path="a.txt"))


LETTERS = st.text("ab \t\n\r\x85\u2028\u202e\U0001f6f0;=:%", min_size=1, max_size=40)


@settings(deadline=None, max_examples=60)
@given(before=LETTERS, inside=LETTERS, after=LETTERS)
def test_any_words_come_back_from_any_text(before: str, inside: str, after: str) -> None:
    """Whatever stands in and around the words, both tools' files give their offsets back, and doccano's are UTF-16."""
    words = f"x{inside}y"
    text = f"z{before}{words}{after}z"
    document = replace(read_text(text, path="a.txt"), sha256="0" * 64)
    claim = sample.claim(words, content=words, start=1 + len(before), document="a.txt")
    material = Material(claims=(claim,), documents=(document,))
    world = World(parties=Parties.default(), gazetteer=Gazetteer.default())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in brat_export.files(material):
            (folder / file).write_bytes(data)
        task = json.loads(dict(labelstudio_export.files(material))["tasks.json"])[0]
        found = from_labelstudio([task | {"annotations": task["predictions"]}], world=world, folder=folder)
        for (back,) in (claims_of(list(brat.read(folder, settings=SETTINGS, world=world))), claims_of(found)):
            assert (back.content.start, back.content.end) == (claim.content.start, claim.content.end)
    stream = io.BytesIO()
    doccano.write(material, stream=stream)
    entity = json.loads(stream.getvalue())["entities"][0]
    units = text.encode("utf-16-le")[2 * entity["start_offset"] : 2 * entity["end_offset"]]
    assert units.decode("utf-16-le") == words


def test_against_interest_is_derived(world: World) -> None:
    """A side that grants its own losses speaks against its interest, also where people annotated it."""
    document = read_text("Russia admitted that it lost men.", path="a.txt")
    annotation = Annotation(
        content=(21, 32), event=EventType.CASUALTIES, source=(0, 6), stance=Stance.ACKNOWLEDGE, actor="RUS"
    )
    assert world.claim(annotation, document=document).against_interest
    assert not world.claim(replace(annotation, actor="UKR"), document=document).against_interest
