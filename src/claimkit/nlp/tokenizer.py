"""spaCy's English tokenizer, kept from running in quadratic time over long stretches without a space."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry

NAME = "claimkit_tokenizer"
MAX_UNSPACED = 100
"""A stretch without white space that is longer is cut: the tokenizer looks at all that is left for each sign."""
_UNSPACED = re.compile(rf"\S{{{MAX_UNSPACED + 1},}}")


@registry.tokenizers(NAME)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], CuttingTokenizer]:
    """Give the maker of the tokenizer that spaCy's configuration asks for."""
    return lambda nlp: CuttingTokenizer(registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp))


class CuttingTokenizer:
    """Tokenizes as spaCy does; only an unspaced stretch of more than ``MAX_UNSPACED`` code points is cut before."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """Give the words of a text; their offsets are those in the text."""
        if not _UNSPACED.search(text):
            whole: Doc = self._tokenizer(text)
            return whole
        return joined(self._tokenizer, pieces(text))

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Save the rules of the tokenizer."""
        self._tokenizer.to_disk(path, exclude=exclude)

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> CuttingTokenizer:
        """Take the rules of a saved tokenizer."""
        self._tokenizer.from_disk(path, exclude=exclude)
        return self

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """Give the rules of the tokenizer as bytes."""
        return bytes(self._tokenizer.to_bytes(exclude=exclude))

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> CuttingTokenizer:
        """Take the rules from bytes."""
        self._tokenizer.from_bytes(data, exclude=exclude)
        return self


def cut_at(tokenizer: Callable[[str], Doc], text: str, cuts: Iterable[int]) -> Doc:
    """Tokenize a text so that no word goes across one of the cuts (code points, sorted), as at footnote marks."""
    edges = [0]
    for cut in cuts:
        # A space behind a cut stays with the word before it; alone it would be a token of its own.
        cut += text[cut - 1 : cut] != " " and text[cut : cut + 1] == " "
        if edges[-1] < cut < len(text):
            edges.append(cut)
    if len(edges) == 1:
        return tokenizer(text)
    return joined(tokenizer, (text[a:b] for a, b in itertools.pairwise([*edges, len(text)])))


def joined(tokenizer: Callable[[str], Doc], parts: Iterable[str]) -> Doc:
    """Tokenize the parts of a text one by one, as one document."""
    docs = [tokenizer(part) for part in parts]
    words = [token.text for doc in docs for token in doc]
    spaces = [bool(token.whitespace_) for doc in docs for token in doc]
    return Doc(docs[0].vocab, words=words, spaces=spaces)


def pieces(text: str) -> Iterator[str]:
    """Cut a text inside its long unspaced stretches, nowhere else; the pieces joined are the text."""
    at = 0
    for stretch in _UNSPACED.finditer(text):
        for cut in range(stretch.start() + MAX_UNSPACED, stretch.end(), MAX_UNSPACED):
            yield text[at:cut]
            at = cut
    yield text[at:]
