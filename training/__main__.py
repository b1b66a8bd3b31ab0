"""Train the packaged model: ``python -m training CORPORA OUT.pt [--config FILE] [--minutes N] [--resume FILE]``.

CORPORA is a folder shaped like the project's shared corpora: ``ewt/``, ``gum/``, ``uner/``, ``polnear/``, ``claims/``;
``--development DIR`` names a folder with ``articles/`` and ``gold/`` that are only scored, never trained on.
The learning rate follows the clock: it warms up, then falls linearly to its floor at ``--minutes``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import torch
import yaml
from torch import Tensor

from claimkit.nlp.pieces import Pieces
from claimkit.records import Stance
from training import claims, corpora
from training.batches import grouped, inputs, labels
from training.corpora import Window
from training.encoders import BASE
from training.layers import Layout
from training.losses import loss_of
from training.model import HALF, Net, grown, load, save
from training.scheme import STANCES
from training.scores import parsed_heads, score
from training.swapping import Names
from training.teaching import fill, lacks, teach

WRITTEN = Path(__file__).with_name("written")
CLAIMS = ("claims", "written", "real", "claims dev")
"""Sets with claims, whose predicates are found anew at every pass."""
MASK = 103
"""The piece ``[MASK]``."""
REPORT_WINDOWS = 100
"""Windows of a development set that are scored after each pass."""


def read(root: Path, tables: dict[str, dict[str, int]], development: Path | None) -> dict[str, list[Window]]:
    """Read all corpora; treebanks number the tags and labels on the way."""
    known = bool(tables["tag"])
    sets = {
        "ewt": corpora.treebank(
            root / "ewt/train.conllu", tables, grow=not known, names=present(root / "uner/train.iob2")
        ),
        "gum": corpora.treebank(root / "gum/train.conllu", tables, grow=not known, mentions=True),
        "uner": corpora.entities(root / "uner/dev.iob2"),
        "polnear": corpora.polnear(root / "polnear/train"),
        "claims": claims.folder(root / "claims/articles", root / "claims/gold", root / "claims/metadata.tsv"),
        "written": claims.own(WRITTEN),
        "real": claims.own(root / "real"),
        "ewt dev": corpora.treebank(root / "ewt/dev.conllu", tables, grow=False),
        "gum dev": corpora.treebank(root / "gum/dev.conllu", tables, grow=False),
        "uner test": corpora.entities(root / "uner/test.iob2"),
        "polnear dev": corpora.polnear(root / "polnear/dev"),
    }
    if pud := present(root / "pud/train.conllu"):
        sets["pud"] = corpora.treebank(pud, tables, grow=False, names=present(root / "pud/train.iob2"))
    sets["disputed"] = [window for name in ("claims", "real") for window in sets[name] if disputed(window)]
    if development:
        sets["claims dev"] = claims.folder(
            development / "articles", development / "gold", development / "articles/metadata.tsv"
        )
    return sets


def disputed(window: Window) -> bool:
    """Tell whether a window has a claim that is not asserted: such are rare in news, and drawn more often."""
    return any(STANCES[claim["stance"]] != Stance.ASSERT for claim in window["claims"])


def present(path: Path) -> Path | None:
    """Give the path of a file that may be missing."""
    return path if path.exists() else None


def sample(sets: dict[str, list[Window]], shares: dict[str, float], rng: random.Random) -> list[Window]:
    """Draw one pass: each corpus as often as its share says."""
    out: list[Window] = []
    for name, share in shares.items():
        if name not in sets:
            continue
        whole, rest = divmod(share, 1)
        out += sets[name] * int(whole) + rng.sample(sets[name], round(rest * len(sets[name])))
    return out


def masked(ids: Tensor, share: float) -> Tensor:
    """Hide a share of the word pieces (not the root, not the padding), so that no label hangs on one name alone."""
    hidden = (torch.rand(ids.shape) < share) & (ids != 0)
    hidden[:, 0] = False
    return ids.masked_fill(hidden, MASK)


def keep(encoder: torch.nn.Module, layers: int) -> None:
    """Keep the embeddings and the first layers of an encoder as they are; with 0 layers everything is trained.

    Word pieces are read by the first layers, words by the others: above two kept ones a step takes 5/8 of the time.
    """
    above = {id(p) for layer in encoder.layers[layers:] for p in layer.parameters()}  # type: ignore[index, union-attr]
    for parameter in encoder.parameters():
        parameter.requires_grad_(not layers or id(parameter) in above)


def say(**figures: Any) -> None:
    """Log one JSON line."""
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


class Trainer:
    """The loop: passes over the corpora until the time is up, with a checkpoint after each."""

    def __init__(self, config: dict[str, Any], out: Path) -> None:
        self.config, self.out = config, out
        self.rng = random.Random(config["seed"])
        torch.manual_seed(config["seed"])
        torch.set_num_threads(config["threads"])
        torch.set_flush_denormal(True)
        self.pieces = Pieces(BASE / "tokenizer.json")
        self.tables: dict[str, dict[str, int]] = {"tag": {}, "dep": {}}
        self.used = 0.0
        self.step = 0
        self.names = Names()
        self.teacher: Net | None = None

    def start(self, root: Path, development: Path | None, *, base: Path, resume: Path | None) -> None:
        """Read the corpora and set up the network, from the folder of a base model or from a checkpoint."""
        if resume:
            self.net, self.tables, state = load(resume)
            self.used, self.step = float(state.get("used", 0.0)), int(state.get("step", 0))  # type: ignore[arg-type]
        self.sets = read(root, self.tables, development)
        say(words={name: sum(len(w["words"]) for w in windows) for name, windows in self.sets.items()})
        if not resume:
            layout = Layout(tags=len(self.tables["tag"]), deps=len(self.tables["dep"]), **self.config["layout"])
            self.net = Net(layout)
            self.net.encoder.take_over(base)
        keep(self.net.encoder, self.config["frozen"])
        body = list(self.net.encoder.parameters())
        known = {id(p) for p in body}
        heads = [p for p in self.net.parameters() if id(p) not in known]
        self.rates = [self.config["encoder_rate"], self.config["head_rate"]]
        self.optimizer = torch.optim.AdamW(
            [{"params": body}, {"params": heads}], lr=1e-4, weight_decay=self.config["weight_decay"], fused=True
        )
        if resume and "optimizer" in state:
            self._take_over(state["optimizer"])  # type: ignore[arg-type]

    def _take_over(self, state: dict[str, Any]) -> None:
        """Take over the optimizer's moments; what the network has grown by since begins at zero."""
        parameters = [p for group in self.optimizer.param_groups for p in group["params"]]
        for i, moments in state["state"].items():
            for name in ("exp_avg", "exp_avg_sq"):
                moments[name] = grown(moments[name], torch.zeros_like(parameters[i]))
        self.optimizer.load_state_dict(state)

    def run(self) -> None:
        """Train until the time is up."""
        warm = min(self.step, self.config["warm_up"])
        began, self.first = time.monotonic() - self.used * 60, self.step - warm
        while self.used < self.config["minutes"]:
            trained = [name for name in self.config["shares"] if name not in (*CLAIMS, "disputed") or self.step]
            if "claims" in trained:
                for name in [n for n in self.sets if n in CLAIMS]:
                    if self.teacher is None or name not in trained:
                        parsed_heads(self.net, self.sets[name], self.pieces)
                    else:
                        self._teach(self.sets[name])
                    for window in self.sets[name]:
                        claims.place_predicates(window, window["parse"])
            windows = sample(self.sets, {n: self.config["shares"][n] for n in trained}, self.rng)
            self._teach(windows)
            self.one_pass(grouped(windows, self.pieces, self.config["budget"], self.rng), began)
            save(self.out, self.net, self.tables, used=self.used, step=self.step, optimizer=self.optimizer.state_dict())
            self.report()

    def _teach(self, windows: list[Window]) -> None:
        """Give windows what they lack of the labels that the configuration has ``taught``, once."""
        if self.teacher is not None:
            new = {id(w): w for w in windows if lacks(w, self.config["taught"])}
            teach(self.teacher, list(new.values()), self.pieces)
            for window in new.values():
                fill(window, self.config["taught"])

    def one_pass(self, batches: list[list[Window]], began: float) -> None:
        """Train on every batch once, or until the time is up."""
        said, words, since = time.monotonic(), 0, time.monotonic()
        for batch in batches:
            self.used = (time.monotonic() - began) / 60
            share = self.used / self.config["minutes"]
            if share >= 1:
                return
            factor = min(1.0, (self.step - self.first + 1) / self.config["warm_up"]) * max(
                self.config["floor"], 1 - share
            )
            for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
                group["lr"] = rate * factor
            self.net.train()
            self.net.round_inputs(on=share >= self.config["round_from"])
            ids, *rest = inputs(self._exchanged(batch), self.pieces)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
                out = self.net(masked(ids, self.config["mask"]), *rest)
            logits = {name: table.float() for name, table in out.items()}
            loss = loss_of(self.net, logits, labels(batch), batch, trust=self.config["trust"])
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), self.config["clip"])
            self.optimizer.step()
            self.step += 1
            words += sum(len(w["words"]) for w in batch)
            if time.monotonic() - said > 60:
                said = time.monotonic()
                say(step=self.step, minutes=round(self.used, 1), loss=round(float(loss.detach()), 3),
                    words_a_second=round(words / (said - since)))  # fmt: skip

    def _exchanged(self, batch: list[Window]) -> list[Window]:
        """Give other names to a share of the windows."""
        share = self.config["exchange"]
        return [
            w | {"words": self.names.exchanged(w["words"], self.rng)} if self.rng.random() < share else w for w in batch
        ]

    def report(self) -> None:
        """Score the development sets."""
        punct = self.tables["dep"]["punct"]
        for name in [n for n in self.sets if " " in n]:
            windows = self.sets[name]
            some = windows[:: 1 + len(windows) // REPORT_WINDOWS]
            say(minutes=round(self.used, 1), set=name, **score(self.net, some, self.pieces, punct))


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.yaml"))
    parser.add_argument("--development", type=Path)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--base", type=Path, default=BASE, help="folder of the pretrained encoder to begin with")
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--teacher", type=Path, help="labels texts with what nobody annotated in them (``taught``)")
    options = parser.parse_args()
    config = yaml.safe_load(options.config.read_text(encoding="utf-8"))
    if options.minutes:
        config["minutes"] = options.minutes
    trainer = Trainer(config, options.out)
    trainer.teacher = load(options.teacher)[0] if options.teacher else None
    trainer.start(options.corpora, options.development, base=options.base, resume=options.resume)
    trainer.run()


if __name__ == "__main__":
    main()
