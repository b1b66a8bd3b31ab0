"""The mean of the weights of some checkpoints, which is often better than the last (Izmailov et al. 2018).

usage: python -m training.average OUT.pt CHECKPOINT.pt CHECKPOINT.pt [...]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.model import load, save


def main() -> None:
    """Read the command line and write the checkpoint; tables and layout are those of the last one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    options = parser.parse_args()
    nets = [load(path) for path in options.checkpoints]
    net, tables, _ = nets[-1]
    states = [other.state_dict() for other, _, _ in nets]
    net.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[-1]})
    save(options.out, net, tables, step=1)


if __name__ == "__main__":
    main()
