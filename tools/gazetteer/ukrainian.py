"""Ukrainian to Latin by resolution 55 of the Cabinet of Ministers (27 January 2010), for the canonical names."""

from __future__ import annotations

LETTERS = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
        "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch  iu ia ".split(" "),
        strict=True,
    )
)
INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
APOSTROPHES = str.maketrans("’ʼ`", "'''")


def romanise(name: str) -> str:
    """Romanise a Ukrainian name (``Гуляйполе`` gives ``Huliaipole``)."""
    return "".join(_word(part) if part.strip("- ") else part for part in _split(name.translate(APOSTROPHES)))


def _split(name: str) -> list[str]:
    parts, word = [], ""
    for char in name:
        if char in "- ":
            parts += [word, char]
            word = ""
        else:
            word += char
    return [*parts, word]


def _word(word: str) -> str:
    lower = word.lower().replace("зг", "з\0")
    latin = "".join(
        "gh" if char == "\0" else INITIAL.get(char, LETTERS.get(char, char)) if place == 0 else LETTERS.get(char, char)
        for place, char in enumerate(lower)
    )
    return latin[:1].upper() + latin[1:] if word[:1].isupper() else latin
