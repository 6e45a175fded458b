"""Which citations the present engine links that another state did not, and the other way round.

    python benchmarks/changes.py --gold FOLDER                   # against origin/HEAD, else HEAD
    python benchmarks/changes.py --gold FOLDER --against HEAD~3 --show 20
    python benchmarks/changes.py --gold FOLDER --strict          # fails when a link is lost

A score that stays the same can hide ten links gained and ten lost. The other state is unpacked from
git into a temporary folder; each engine reads the development texts in a process of its own, with
the loader of its own state (``gold.py``), and what both said is counted by the present rules.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gold import Gold, GoldText, find_hit, is_ignored, load_gold

ROOT: Final = Path(__file__).resolve().parent.parent
CONTEXT: Final = 30
ENGINE: Final = Path("src/belegt/cite/engine.py")


# --- one engine, in a process of its own ---------------------------------------------------------


#: What each process runs. Another state's loader may lack all but these two names.
PREDICT: Final = """
import json, sys
from pathlib import Path
from belegt.cite import engine
from gold import load_gold, make_prediction

found = {
    f"{one.doc}/{one.style}": make_prediction(engine.link_text(one.text, one.library))
    for one in load_gold(Path(sys.argv[1]))
}
said = {"engine": engine.__file__, "predictions": found}
Path(sys.argv[2]).write_text(json.dumps(said), encoding="utf-8")
"""


def run_engine(state: Path, gold: Path) -> dict[str, list[Gold]]:
    """Return the predictions of the engine in a folder ``state``, by text."""
    loader = state / "benchmarks"
    if not (loader / "gold.py").exists():
        loader = ROOT / "benchmarks"
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "predictions.json"
        path = os.pathsep.join(str(folder.resolve()) for folder in (state / "src", loader))
        # With -P the working folder is not searched: all comes from that state.
        done = subprocess.run(
            [sys.executable, "-P", "-c", PREDICT, str(gold), str(out)],
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )
        if done.returncode:
            sys.exit(f"the engine of {state} did not run")
        said: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    if Path(said["engine"]).resolve() != (state / ENGINE).resolve():
        sys.exit(f"the engine that ran is not that of {state}: {said['engine']}")
    predictions: dict[str, list[Gold]] = said["predictions"]
    return predictions


# --- the other state -----------------------------------------------------------------------------


def find_commit(wanted: str | None) -> str:
    """Return the commit to compare with: the one wanted, else origin's newest, else our last."""
    for ref in (wanted,) if wanted else ("origin/HEAD", "HEAD"):
        done = ask_git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        if done.returncode == 0:
            return done.stdout.decode().strip()
    sys.exit(f"git does not know {wanted or 'HEAD'}")


def unpack(commit: str, folder: Path) -> None:
    """Unpack the sources of a commit, and its loader if it has one."""
    done = ask_git("archive", commit, "src", "benchmarks/gold.py")
    if done.returncode:  # before there was a loader
        done = ask_git("archive", commit, "src")
    if done.returncode:
        sys.exit(done.stderr.decode().strip())
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    if not (folder / ENGINE).exists():
        sys.exit(f"{commit[:12]} has no citation engine yet")


def ask_git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git on the repository; what went wrong is in the result."""
    return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, check=False)  # noqa: S607


# --- the comparison ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What an engine said of a place: a key it is linked to, or "" when it is only found."""

    start: int
    end: int
    key: str = ""


@dataclass(slots=True)
class Said:
    """What an engine said of one text, by whether it is so."""

    right: set[Told] = field(default_factory=set)
    wrong: set[Told] = field(default_factory=set)
    found: set[Told] = field(default_factory=set)
    spurious: set[Told] = field(default_factory=set)


#: What is compared: the name of a change, what it is taken from, and whether it is now or before.
CHANGES: Final[dict[str, tuple[Callable[[Said], set[Told]], bool]]] = {
    "links lost": (lambda said: said.right, False),
    "links gained": (lambda said: said.right, True),
    "wrong links, new": (lambda said: said.wrong, True),
    "wrong links, gone": (lambda said: said.wrong, False),
    "citations no longer found": (lambda said: said.found, False),
    "citations newly found": (lambda said: said.found, True),
    "false finds, new": (lambda said: said.spurious, True),
    "false finds, gone": (lambda said: said.spurious, False),
}
LOST: Final = "links lost"
Changes = dict[str, list[Told]]


def judge(one: GoldText, prediction: Iterable[Gold]) -> Said:
    """Sort what an engine said as ``gold.count_text`` counts it."""
    cites, same = one.gold["citations"], one.same
    said = Said()
    for span in prediction:
        hit = find_hit(cites, span)
        if hit is None and is_ignored(one.gold, span):
            continue
        # A place in the text is the same whatever bounds an engine gives it.
        place = cites[hit] if hit is not None else span
        start, end = place["start"], place["end"]
        (said.spurious if hit is None else said.found).add(Told(start, end))
        true = {same.get(key, key) for key in cites[hit]["keys"]} if hit is not None else set()
        for key in {same.get(key, key) for key in span["keys"]}:
            (said.right if key in true else said.wrong).add(Told(start, end, key))
    return said


def compare(now: Said, before: Said) -> Changes:
    """Return what each engine said that the other did not."""
    return {
        name: find_missing(take(now if is_new else before), take(before if is_new else now))
        for name, (take, is_new) in CHANGES.items()
    }


def find_missing(told: set[Told], others: set[Told]) -> list[Told]:
    """Return what was told and not by the others; spans that overlap are one place."""
    return sorted(
        (
            one
            for one in told - others
            if not any(
                one.key == other.key and one.start < other.end and other.start < one.end
                for other in others
            )
        ),
        key=lambda one: (one.start, one.key),
    )


# --- what is printed -----------------------------------------------------------------------------


def print_changes(changes: dict[str, Changes], texts: dict[str, GoldText], show: int) -> None:
    """Print the counts in total and by text, and some of each."""
    total = {name: sum(len(found[name]) for found in changes.values()) for name in CHANGES}
    print(f"{len(texts)} texts")
    for name, count in total.items():
        print(f"  {name:28}{count:6}")
    changed = {name: found for name, found in changes.items() if any(found.values())}
    print()
    for name, found in changed.items():
        print(f"{name}: " + ", ".join(f"{kind} {len(one)}" for kind, one in found.items() if one))
    for kind in CHANGES:
        examples = [(name, one) for name, found in changed.items() for one in found[kind]]
        if examples[:show]:
            print(f"\n{kind}, {min(show, len(examples))} of {len(examples)}")
        for name, one in examples[:show]:
            print(f"  {name}\n    {quote(texts[name].text, one)}")


def quote(text: str, told: Told) -> str:
    """Return a place with what stands around it, on one line, and the key."""
    before = text[max(0, told.start - CONTEXT) : told.start]
    quoted = f"{before}>>{text[told.start : told.end]}<<{text[told.end : told.end + CONTEXT]}"
    return " ".join(quoted.split()) + (f"  {told.key}" if told.key else "")


def main() -> None:
    """Read the arguments, run both engines and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="the gold folder")
    parser.add_argument("--against", metavar="REF", help="the other state")
    parser.add_argument("--now", type=Path, default=ROOT, help="a repository for the present one")
    parser.add_argument("--show", type=int, default=5, metavar="N", help="examples of each change")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a link is lost")
    arguments = parser.parse_args()
    commit = find_commit(arguments.against)
    with tempfile.TemporaryDirectory() as name:
        unpack(commit, Path(name))
        before = run_engine(Path(name), arguments.gold)
    now = run_engine(arguments.now, arguments.gold)
    texts = {f"{one.doc}/{one.style}": one for one in load_gold(arguments.gold)}
    changes = {
        name: compare(judge(one, now.get(name, ())), judge(one, before.get(name, ())))
        for name, one in texts.items()
    }
    print(f"now against {commit[:12]}")
    print_changes(changes, texts, arguments.show)
    if arguments.strict and any(found[LOST] for found in changes.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
