"""Run what the pages of documentation show, and compare it with what they say comes of it.

python scripts/run_pages.py [--write] PAGE...

Each page runs in a new temporary folder: that of an example in a copy of the example.

- A block ```console runs each `$` line and compares what it prints. A line `...` stands for any
  lines, `...` within a line for any text. Times it took do not count. With `one` behind the word it
  is one command, whose output may show others.
- A block with `file=NAME` behind its language is written to that file. A block ```diff with
  `file=NAME` changes it.
- A block ```python runs, save in the reference, where it shows signatures; a block ```text right
  below it is what it prints. Names stay for the next block.
- Other blocks ```yaml and ```json must be well-formed.

`pip install FOLDER` is played: the folder's entry points are announced, nothing is built or
fetched; making environments and other installing is passed over. `--write` puts what is printed
into blocks that leave no lines out.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
FENCE = re.compile(r"^```([\w-]*) *(.*)$")
TOOK = re.compile(r"\bin \d+\.\d+ ?s\b")
PASSED_OVER = re.compile(r"git clone |python3? -m venv |\. \S+/activate|pip install -r ")
ANSWERS = range(5)
OUR_BUG = 70


class Block(NamedTuple):
    """A fenced block of a page; `line` is that of its fence, from 1."""

    kind: str
    file: str | None
    text: str
    line: int
    follows: bool
    one: bool


class Wrong(Exception):
    """A page does not show what is so."""


def pages() -> tuple[Path, ...]:
    """Every page of documentation in the repository."""
    found = [
        path
        for folder in ("docs", "examples")
        for path in (ROOT / folder).rglob("*.md")
        if "guidance" not in path.parts
    ]
    return tuple(sorted([*ROOT.glob("*.md"), *found]))


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page that begin at the left margin."""
    lines = text.splitlines()
    ended = -9
    number = 0
    while number < len(lines):
        fence = FENCE.match(lines[number])
        number += 1
        if fence is None:
            continue
        start = number
        while lines[number].rstrip() != "```":
            number += 1
        number += 1
        file = re.search(r"file=(\S+)", fence[2])
        body = "".join(f"{line}\n" for line in lines[start : number - 1])
        one = "one" in fence[2].split()
        yield Block(fence[1], file[1] if file else None, body, start, start - ended <= 3, one)
        ended = number


class Session:
    """One page being run: its folder, and what earlier blocks left behind."""

    def __init__(self, page: Path, home: Path) -> None:
        self.page = page
        self.home = home
        self.folder = home / "work"
        self.site = home / "site"
        self.code = 0
        self.names: dict[str, object] = {"__name__": "page"}
        self.printed = ""
        self.path = [str(self.site), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        self.site.mkdir()
        self.shows_signatures = REFERENCE in page.parents
        if page.is_relative_to(ROOT / "examples") and page.parent != ROOT / "examples":
            shutil.copytree(page.parent, self.folder)
        else:
            self.folder.mkdir()

    def run(self, block: Block) -> str:
        """Run one block; its text with what it really printed.

        Raises:
            Wrong: what differs.
        """
        printed, self.printed = self.printed, ""
        if block.file and block.kind == "diff":
            self._change(block, block.file)
        elif block.file:
            target = self.folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")
        elif block.kind == "console":
            return "".join(self._command(*one) for one in commands(block.text, block.one))
        elif block.kind == "python" and not self.shows_signatures:
            self.printed = self._python(block)
        elif block.kind == "text" and block.follows and printed:
            return printed
        else:
            well_formed(block)
        return block.text

    def _command(self, typed: str, command: str, _expected: str) -> str:
        words = shlex.split(command.partition("&&")[0])
        if words[0] == "cd":
            self.folder = (self.folder / words[1]).resolve()
            return typed
        if words[:2] == ["pip", "install"] and words[-1] and "-r" not in words:
            self._install(self.folder / words[-1])
            return typed
        parts = [part for part in command.split(" && ") if not PASSED_OVER.match(part)]
        if not parts:
            return typed
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.code}); {' && '.join(parts)}"],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.code = done.returncode
        return typed + done.stdout + ("" if done.stdout.endswith("\n") or not done.stdout else "\n")

    def _environment(self) -> dict[str, str]:
        kept = {
            name: os.environ[name]
            for name in ("PATH", "SYSTEMROOT", "TMPDIR")
            if name in os.environ
        }
        here = os.pathsep.join((str(Path(sys.executable).parent), kept.get("PATH", "")))
        return {
            **kept,
            "PATH": here,
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "80",
            "PYTHONPATH": os.pathsep.join(filter(None, self.path)),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _install(self, folder: Path) -> None:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        home = self.site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        home.mkdir()
        (home / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        )
        lines = [
            line
            for group, entries in project.get("entry-points", {}).items()
            for line in (f"[{group}]", *(f"{name} = {value}" for name, value in entries.items()))
        ]
        (home / "entry_points.txt").write_text("\n".join(lines) + "\n")
        self.path.append(str(folder))

    def _python(self, block: Block) -> str:
        out = io.StringIO()
        code = compile("\n" * block.line + block.text, str(self.page), "exec")
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(out):
            exec(code, self.names)
        return out.getvalue()

    def _change(self, block: Block, name: str) -> None:
        lines = block.text.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        after = "".join(line[1:] for line in lines if line[0] in " +")
        target = self.folder / name
        text = target.read_text(encoding="utf-8")
        if text.count(before) != 1:
            raise Wrong(f"{name} holds {text.count(before)} times what is to change")
        target.write_text(text.replace(before, after), encoding="utf-8")


def commands(text: str, one: bool = False) -> Iterator[tuple[str, str, str]]:
    """The commands of a console block: as typed, as one line, and what is said to come of it.

    Args:
        one: only the first line that begins with `$ ` is typed.
    """
    for part in [text] if one else re.split(r"^(?=\$ )", text, flags=re.MULTILINE):
        if not part:
            continue
        if not part.startswith("$ "):
            raise Wrong("a console block begins with '$ '")
        typed, output, going_on = "", "", True
        for line in part.splitlines(keepends=True):
            if going_on:
                typed += line
                going_on = line.rstrip().endswith("\\")
            else:
                output += line
        yield typed, typed[2:].replace("\\\n", " ").strip(), output


def well_formed(block: Block) -> None:
    """A fragment of YAML or JSON can be read."""
    if block.kind == "json":
        json.loads(block.text)
    elif block.kind in ("yaml", "yml"):
        from pmo_core import read_yaml_stream

        list(read_yaml_stream(block.text.encode(), "block"))
    elif block.kind == "toml":
        tomllib.loads(block.text)


def agrees(shown: str, real: str) -> bool:
    """Whether a block shows what came of it, apart from what it leaves out."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\n"
        for line in _steady(shown).splitlines()
    )
    return re.fullmatch(pattern, _steady(real)) is not None


def _steady(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in TOOK.sub("in N s", text).splitlines())


def run_page(page: Path, *, write: bool = False) -> list[str]:
    """Run a page from top to bottom; what is wrong on it, a string each."""
    text = page.read_text(encoding="utf-8")
    faults: list[str] = []
    written: list[tuple[Block, str]] = []
    with tempfile.TemporaryDirectory(prefix="pmo-page-") as home:
        session = Session(page, Path(home))
        for block in blocks(text):
            where = f"{page.relative_to(ROOT)}:{block.line}"
            try:
                real = session.run(block)
            except Exception as error:
                faults.append(f"{where}: {type(error).__name__}: {error}")
                continue
            if (
                block.kind == "console"
                and session.code not in ANSWERS
                and "$ echo $?" not in block.text
            ):
                faults.append(f"{where}: exit {session.code}, and the page does not say so")
            if agrees(block.text, real):
                continue
            if write and "\n...\n" not in block.text and session.code != OUR_BUG:
                written.append((block, real))
            else:
                faults.append(f"{where} shows\n{block.text}\nbut it is\n{real}")
    lines = text.splitlines(keepends=True)
    for block, real in reversed(written):
        lines[block.line : block.line + block.text.count("\n")] = [real]
    if written:
        page.write_text("".join(lines), encoding="utf-8")
    return faults


def main(arguments: list[str]) -> int:
    """Run the named pages; say what is wrong on them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put what is printed into the page")
    parser.add_argument("pages", nargs="*", type=Path, help="all, where none is named")
    given = parser.parse_args(arguments)
    faults = [
        fault
        for page in [path.resolve() for path in given.pages] or pages()
        for fault in run_page(page, write=given.write)
    ]
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
