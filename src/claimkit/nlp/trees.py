"""Arc scores → well-formed dependency trees: one root a sentence, no cycle.

Most sentences' best heads already form a tree; the others are decoded by Chu-Liu-Edmonds (Chu and Liu 1965, Edmonds
1967), once with each likely root so that there is exactly one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

ROOT_CANDIDATES = 3
_FAR = -1e9


def heads(arcs: Floats) -> Ints:
    """Give each word's head (0 is the root, else 1-based) for one sentence's scores ``(n, 1 + n)``."""
    scores = arcs.astype(np.float64)
    n = len(scores)
    if n == 1:
        return np.zeros(1, dtype=np.int64)
    scores[np.arange(n), np.arange(n) + 1] = _FAR
    best = scores.argmax(axis=1)
    if is_tree(best):
        return best
    roots = np.argsort(-scores[:, 0], kind="stable")[:ROOT_CANDIDATES]
    found = [_rooted(scores, int(root)) for root in roots]
    return max(found, key=lambda pair: pair[0])[1]


def is_tree(found: Ints) -> bool:
    """Tell whether heads (0 is the root) form one tree with one root."""
    if int((found == 0).sum()) != 1:
        return False
    state = [0] * (len(found) + 1)  # 0 unseen, 1 on the path, 2 reaches the root
    state[0] = 2
    parents = [0, *found.tolist()]
    for start in range(1, len(parents)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = parents[node]
        if state[node] == 1:
            return False
        for seen in path:
            state[seen] = 2
    return True


def _rooted(scores: npt.NDArray[np.float64], root: int) -> tuple[float, Ints]:
    n = len(scores)
    square = np.full((n + 1, n + 1), _FAR)  # [head, dependent], node 0 is the root
    square[1:, 1:] = scores[:, 1:].T
    square[0, root + 1] = scores[root, 0]
    square[1:, root + 1] = _FAR
    parents = _arborescence(square)
    value = float(sum(square[parents[node], node] for node in range(1, n + 1)))
    return value, np.array(parents[1:], dtype=np.int64)


def _arborescence(square: npt.NDArray[np.float64]) -> list[int]:
    """Give the parent of each node in the best arborescence from node 0."""
    n = len(square)
    parents = [0, *(int(p) for p in square[:, 1:].argmax(axis=0))]
    cycle = _cycle(parents)
    if not cycle:
        return parents
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outside = [node for node in range(n) if not inside[node]]
    loss = {node: square[parents[node], node] for node in cycle}
    smaller = np.full((len(outside) + 1, len(outside) + 1), _FAR)
    smaller[:-1, :-1] = square[np.ix_(outside, outside)]
    entering = {}
    for i, node in enumerate(outside):
        gains = [square[node, c] - loss[c] for c in cycle]
        at = int(np.argmax(gains))
        entering[i] = cycle[at]
        smaller[i, -1] = gains[at]
        smaller[-1, i] = square[cycle, node].max()
    smaller[:, 0] = _FAR
    np.fill_diagonal(smaller, _FAR)
    inner = _arborescence(smaller)
    out = list(parents)
    for i, node in enumerate(outside):
        if i:
            out[node] = outside[inner[i]] if inner[i] < len(outside) else cycle[int(square[cycle, node].argmax())]
    entry = inner[-1]
    out[entering[entry]] = outside[entry]
    return out


def _cycle(parents: list[int]) -> list[int]:
    state = [0] * len(parents)
    state[0] = 2
    for start in range(1, len(parents)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = parents[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []
