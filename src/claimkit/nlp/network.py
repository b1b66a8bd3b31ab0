"""The packaged model: windows of words → scores, by onnxruntime on one thread (or as many as asked for)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claimkit import session
from claimkit.errors import DataError
from claimkit.nlp.pieces import Pieces

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What the model says of one window of ``n`` words.

    ``heads`` has one array ``(n, labels)`` a head; ``arcs`` is ``(n, 1 + n)`` with 0 as root; ``relations`` is
    ``(relations, 1 + n, 1 + n)``; the sides are ``(1 + n, size)``.
    """

    heads: dict[str, Floats]
    arcs: Floats
    relations: Floats
    d_label: Floats
    g_label: Floats
    d_relation: Floats
    g_relation: Floats


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
        self.pieces = Pieces(folder / "tokenizer.json")
        self.labels: dict[str, list[str]] = {head["name"]: head["labels"] for head in self.description["heads"]}
        self.deps: list[str] = self.description["deps"]
        self.relations: dict[str, int] = {name: i for i, name in enumerate(self.description["relations"])}
        self.pair_labels: dict[str, list[str]] = {head["name"]: head["labels"] for head in self.description["pairs"]}
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
        heads, arcs, relations, *sides = (out[0] for out in self._session.run(None, feed))
        d_label, g_label, d_relation, g_relation = sides
        return Scores(
            heads={name: heads[:n, cut] for name, cut in self._cuts.items()}, arcs=arcs, relations=relations,
            d_label=d_label, g_label=g_label, d_relation=d_relation, g_relation=g_relation,
        )  # fmt: skip
