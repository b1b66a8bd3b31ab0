"""Labels of dependencies: from those of spaCy's own models (CLEAR) to Universal Dependencies, and sets of them."""

from __future__ import annotations

CLEAR_TO_UD = {
    "ROOT": "root",
    "acomp": "xcomp",
    "agent": "obl:agent",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "discourse",
    "neg": "advmod",
    "nmod": "compound",
    "npadvmod": "obl:unmarked",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "pcomp": "advcl",
    "pobj": "obl",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prep": "obl",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
}
"""Labels of spaCy's English models and the UD label nearest to them; labels not here are the same in both."""

CLEAR_ONLY = frozenset({"dobj", "nsubjpass", "pobj", "prep", "auxpass", "relcl", "acomp", "attr", "poss", "pcomp"})
SUBJECTS = frozenset({"nsubj", "nsubj:outer", "nsubj:pass", "nsubjpass"})
"""Labels of nominal subjects in both schemes, for where a ``Doc`` is read as it is."""
OWNERS = frozenset({"nmod:poss", "poss"})
"""The same of whose something is."""
OBJECTS = frozenset({"obj", "dobj"})
"""The same of direct objects."""
RELATIVE_CLAUSES = frozenset({"acl:relcl", "relcl"})
"""The same of relative clauses."""
