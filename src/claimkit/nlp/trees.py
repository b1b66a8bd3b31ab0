"""Arc scores → well-formed dependency trees: one root a sentence, no cycle.

Most sentences' best heads already form a tree; the others are decoded by Chu-Liu-Edmonds (Chu and Liu 1965, Edmonds
1967), first with the likeliest root. Where another root could be better still, exactly one is forced by weights
(Stanojević and Cohen 2021, "A Root of the Problem"): every arc from the root costs more than all others can gain.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_FAR = -1e9


def heads(arcs: Floats) -> Ints:
    """Give each word's head (0 is the root, else 1-based) of the best tree for one sentence's scores ``(n, 1 + n)``."""
    n = len(arcs)
    square = np.full((n + 1, n + 1), _FAR)  # [head, dependent], node 0 is the root
    square[:, 1:] = arcs.T
    np.fill_diagonal(square, _FAR)
    best: Ints = square[:, 1:].argmax(axis=0)
    if is_tree(best):
        return best
    return _one_rooted(square)[1:]


def is_tree(found: Ints) -> bool:
    """Tell whether heads (0 is the root) form one tree with one root."""
    return int((found == 0).sum()) == 1 and not _cycle(np.concatenate([[0], found]))


def _one_rooted(square: Doubles) -> Ints:
    """Give the parent of each node in the best arborescence with one arc from node 0."""
    gains = square[1:, 1:].max(axis=0)
    bounds = gains.sum() - gains + square[0, 1:]  # no tree with this root has a higher score
    root = int(bounds.argmax()) + 1
    fixed = square.copy()
    fixed[0, 1:] = _FAR
    fixed[1:, root], fixed[0, root] = _FAR, square[0, root]
    found = _arborescence(fixed)
    bounds[root - 1] = -np.inf
    if square[found, np.arange(len(square))][1:].sum() >= bounds.max():
        return found
    spread = float(square.max() - square[square > _FAR].min())
    fixed = square.copy()
    fixed[0, 1:] -= 1.0 + len(square) * spread
    return _arborescence(fixed)


def _cycle(parents: Ints) -> list[int]:
    """Give the nodes of one cycle, none if all ways lead to node 0."""
    above = parents
    for _ in range(len(parents).bit_length()):
        above = above[above]  # twice as far up, until every node has reached node 0 or a cycle
    stuck = np.flatnonzero(above)
    if not len(stuck):
        return []
    first = int(above[stuck[0]])
    cycle = [first]
    while (node := int(parents[cycle[-1]])) != first:
        cycle.append(node)
    return cycle


def _arborescence(square: Doubles) -> Ints:
    """Give the parent of each node in the best arborescence from node 0, by contracting one cycle at a time."""
    parents: Ints = square.argmax(axis=0)
    parents[0] = 0
    inside = np.array(_cycle(parents), dtype=np.int64)
    if not len(inside):
        return parents
    left = np.ones(len(square), dtype=bool)
    left[inside] = False
    outside = np.flatnonzero(left)
    whole = len(outside)  # the cycle's number among the nodes that are left
    entering = square[outside[:, None], inside] - square[parents[inside], inside]
    leaving = square[inside[:, None], outside]
    smaller = np.full((whole + 1, whole + 1), _FAR)
    smaller[:whole, :whole] = square[outside[:, None], outside]
    smaller[:whole, whole] = entering.max(axis=1)
    smaller[whole, :whole] = leaving.max(axis=0)
    above = _arborescence(smaller)
    by_cycle = inside[leaving.argmax(axis=0)]
    parents[outside] = np.where(above[:whole] == whole, by_cycle, outside[above[:whole] % whole])
    entry = above[whole]
    parents[inside[entering[entry].argmax()]] = outside[entry]
    return parents
