"""The packaged model: windows of words → scores, by onnxruntime on one thread (or as many as asked for)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claimkit import session
from claimkit.errors import DataError
from claimkit.nlp.pieces import Pieces

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

FORMAT = 2


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What the model says of one window of ``n`` words.

    ``heads`` has one array ``(n, labels)`` a head; ``arcs`` is ``(n, 1 + n)`` with 0 as root; the sides are
    ``(1 + n, size)``; ``bilinear`` is ``(relations, size + 1, size)``. Of the relations between all words few rows are
    ever asked for, so each is made when it is.
    """

    heads: dict[str, Floats]
    arcs: Floats
    d_label: Floats
    g_label: Floats
    d_relation: Floats
    g_relation: Floats
    bilinear: Floats
    _rows: dict[int, Floats] = field(default_factory=dict)

    def prepare(self, positions: Iterable[int]) -> None:
        """Make the rows of these positions (0 is the root) at once, which is quicker than one by one."""
        wanted = sorted(set(positions) - self._rows.keys())
        if wanted:
            rows = self._transformed(self.d_relation[wanted], self.bilinear) @ self.g_relation.T
            self._rows.update(zip(wanted, rows.transpose(1, 0, 2), strict=True))

    def relation(self, number: int, position: int) -> Floats:
        """Give the scores ``(1 + n,)`` of a relation from a position to every position."""
        if position in self._rows:
            row: Floats = self._rows[position][number]
            return row
        side: Floats = self.g_relation @ self._transformed(self.d_relation[position], self.bilinear[number])
        return side

    @staticmethod
    def _transformed(side: Floats, bilinear: Floats) -> Floats:
        out: Floats = side @ bilinear[..., :-1, :] + (bilinear[..., -1:, :] if side.ndim > 1 else bilinear[-1])
        return out


class PairScorer:
    """A small network over two vectors and their product, in float numpy."""

    def __init__(self, weights: Any, name: str) -> None:
        self._inner, self._inner_bias = weights[f"{name}.inner.weight"].T, weights[f"{name}.inner.bias"]
        self._outer, self._outer_bias = weights[f"{name}.outer.weight"].T, weights[f"{name}.outer.bias"]

    def __call__(self, one: Floats, other: Floats) -> Floats:
        """Give logits ``(pairs, labels)`` for two arrays ``(pairs, size)``."""
        joined = np.concatenate([one, other, one * other], axis=-1)
        inner = np.maximum(joined @ self._inner + self._inner_bias, 0.0)
        scores: Floats = inner @ self._outer + self._outer_bias
        return scores


class Network:
    """The model of a folder (``model.onnx``, ``model.json``, ``pairs.npz``, ``tokenizer.json``)."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        try:
            self.description = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise DataError("no model in this folder", where=str(folder), mend="reinstall claimkit") from error
        if self.description["format"] != FORMAT:
            raise DataError(f"model format {self.description['format']}, not {FORMAT}", where=str(folder),
                            mend="install the claimkit version that the model was made with")  # fmt: skip
        self._session = session.take(folder, threads=threads)
        with np.load(folder / "pairs.npz") as weights:
            self.label, self.pair = PairScorer(weights, "label"), PairScorer(weights, "pair")
            self._bilinear: Floats = weights["relation"]
        self.pieces = Pieces(folder / "tokenizer.json")
        self.labels: dict[str, list[str]] = {head["name"]: head["labels"] for head in self.description["heads"]}
        self.deps: list[str] = self.description["deps"]
        self.relations: dict[str, int] = {name: i for i, name in enumerate(self.description["relations"])}
        self.pair_labels: dict[str, list[str]] = {head["name"]: head["labels"] for head in self.description["pairs"]}
        self.transitions: dict[str, Floats] = {
            name: np.array(table, dtype=np.float32) for name, table in self.description["transitions"].items()
        }
        ends = np.cumsum([head["size"] for head in self.description["heads"]])
        starts = [0, *ends[:-1]]
        self._cuts = {head["name"]: slice(int(a), int(b))
                      for head, a, b in zip(self.description["heads"], starts, ends, strict=True)}  # fmt: skip

    def score(self, words: list[str]) -> Scores:
        """Score one window of words.

        Windows are never run together: activations are quantized by the range of the whole batch, and what a window
        gives must not depend on its neighbours.
        """
        n = len(words)
        feed = dict(zip(("ids", "shapes", "first", "last"), self.pieces.batch([words]), strict=True))
        heads, arcs, d_label, g_label, d_relation, g_relation = (out[0] for out in self._session.run(None, feed))
        return Scores(
            heads={name: heads[:n, cut] for name, cut in self._cuts.items()}, arcs=arcs, bilinear=self._bilinear,
            d_label=d_label, g_label=g_label, d_relation=d_relation, g_relation=g_relation,
        )  # fmt: skip
