"""Ukrainian to Latin by resolution 55 of the Cabinet of Ministers (27 January 2010), for the canonical names."""

from __future__ import annotations

LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ь": "", "ю": "iu", "я": "ia", "'": "",
}  # fmt: skip
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
