"""The label sets and relations that the model predicts; the runtime reads them from ``model.json``."""

from __future__ import annotations

from claimkit.party_sorts import ACTING, SPEAKING
from claimkit.records import EventType, Modality, Stance

UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
)  # fmt: skip
ENTITY = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
PARTS = ("source", "cue", "content")
BIO = ("O", "B", "I")
EVENTS = tuple(EventType)
MODALITIES = tuple(Modality)
STANCES = tuple(Stance)
VOICES = ("source", "context", "narrator")
"""Who speaks: a source named in the sentence, one that the context names, or the article itself."""

RELATIONS = (
    "cue",  # claim predicate -> first token of each cue, 0 where there is none; several
    "source",  # first token of the cue -> first token of the source, 0 where there is none; one
    "content_start",  # claim predicate -> first token of its content; one
    "content_end",  # claim predicate -> last token of its content; one
    "cue_end",  # first token of the cue -> its last token; one
    "source_end",  # first token of the source -> its last token; one
    "content",  # first token of the cue -> first token of each content segment; several
    "place",  # claim predicate -> first token of each place; several
    "actor",  # claim predicate -> first token of the actor's mention, 0 where there is none; several
    "time",  # claim predicate -> first token of its time expression, 0 where there is none; several
    "place_before",  # claim predicate -> latest mention, in the sentences before, of a place not named in its own
    "actor_before",  # the same of the actor
    "speaker",  # first token of the source (of the content without one) -> where the party was named before it
)
SEVERAL = frozenset({"cue", "content", "place", "actor", "time", "place_before", "actor_before", "speaker"})
"""Relations of which a token can have several (scored by sigmoid); the others have one (scored by softmax)."""

WORD_HEADS = {
    "tag": None,  # sized by the treebanks' tag set
    "upos": len(UPOS),
    "start": 2,
    "entity": len(ENTITY),
    "mention": len(ENTITY),  # GUM's markup, another scheme: an auxiliary head that is not exported
    "source": len(BIO),
    "cue": len(BIO),
    "content": len(BIO),
}
SETTINGS = ("sentence", "context", "none")
"""Where the places of a claim are named: in its own sentence, before it, or nowhere."""
CLAIM_HEADS = {"predicate": 2, "event": len(EVENTS), "modality": len(MODALITIES), "setting": len(SETTINGS)}
PAIR_LABELS = {"voice": VOICES, "stance": STANCES, "speaking": SPEAKING, "acting": ACTING}
"""What is said of a predicate and a cue (the root where there is none); the sorts of who speaks and who acts."""
