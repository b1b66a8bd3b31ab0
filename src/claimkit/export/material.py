"""What an export is made of: claims, and the articles that they were found in, where their texts are at hand."""

from __future__ import annotations

from collections.abc import Iterator

from claimkit.errors import UsageError
from claimkit.records import Claim, Document, Record


class Material(Record, frozen=True, kw_only=True):
    """Claims in the order of their articles, and the articles that there is a text of (also those without a claim)."""

    claims: tuple[Claim, ...]
    documents: tuple[Document, ...] = ()

    def articles(self) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
        """Give each article with its claims, in order.

        Raises:
            UsageError: a claim's article is not there, so that its text cannot be shown.
        """
        found: dict[str, list[Claim]] = {document.path: [] for document in self.documents}
        for claim in self.claims:
            if claim.document not in found:
                raise UsageError(
                    "this format holds the articles' texts, which results alone do not have",
                    where=claim.document,
                    mend="give the articles themselves, or --db",
                )
            found[claim.document].append(claim)
        for document in self.documents:
            yield document, tuple(found[document.path])
