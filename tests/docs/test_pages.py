"""The documentation is true: what it shows runs, its links lead somewhere, nothing is left out."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import click
import pytest

from pmo_core import errors
from pmo_core.cli.commands import INTERRUPTED, pmo
from pmo_core.cli.complaints import OUR_BUG

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
REFERENCE = ROOT / "docs" / "reference"
GENERATORS = sorted(SCRIPTS.glob("generate_*.py"))


def script(name: str) -> ModuleType:
    """A script of the repository as a module."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RUNNER = script("run_pages")
PAGES = RUNNER.pages()


def name_of(path: Path) -> str:
    """A page's path in the repository."""
    return path.relative_to(ROOT).as_posix()


def commands(
    command: click.Command, ctx: click.Context
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Each command with its path, as it is typed."""
    yield ctx.command_path, command, ctx
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            child = command.get_command(ctx, name)
            assert child is not None
            yield from commands(child, click.Context(child, parent=ctx, info_name=name))


COMMANDS = {
    path: (command, ctx)
    for path, command, ctx in commands(
        pmo, click.Context(pmo, info_name="pmo", **pmo.context_settings)
    )
}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_a_page_shows_is_so(page: Path) -> None:
    assert RUNNER.run_page(page) == []


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda path: path.stem)
def test_a_generated_page_is_what_its_source_says(generator: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(generator), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    found: dict[str, int] = {}
    names = set()
    for heading in re.findall(r"^#+ (.+)$", text, re.M):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        name = re.sub(r"[^\w\- ]", "", plain.strip().lower()).replace(" ", "-")
        names.add(f"{name}-{found[name]}" if name in found else name)
        found[name] = found.get(name, 0) + 1
    return names


def links(page: Path) -> Iterator[str]:
    """The relative links of a page, code left out."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            yield unquote(target)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_each_link_of_a_page_leads_somewhere(page: Path) -> None:
    lost = []
    for target in links(page):
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists() or (anchor and anchor not in anchors(found)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_names_no_command_that_is_not_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = re.findall(r"`(pmo [^`\n]+)`", text) + re.findall(r"^(?:\$ |    )(pmo .+)$", text, re.M)
    missing = [line for line in code if not is_there(line)]
    assert missing == []


def is_there(line: str) -> bool:
    """Whether the command of a line exists; placeholders in capitals stand for any."""
    path = "pmo"
    for word in line.split()[1:]:
        command = COMMANDS[path][0]
        if not isinstance(command, click.Group) or word.startswith("-") or word.isupper():
            return True
        path = f"{path} {word.rstrip(',.')}"
        if path not in COMMANDS:
            return False
    return True


def test_each_page_of_the_documentation_is_on_the_map() -> None:
    """`docs/README.md`, or the README of the page's own folder, leads to it."""
    lost = []
    for page in (ROOT / "docs").rglob("*.md"):
        maps = {ROOT / "docs" / "README.md", page.parent / "README.md"} - {page}
        reached = {
            (one.parent / target.partition("#")[0]).resolve()
            for one in maps
            if one.exists()
            for target in links(one)
        }
        if page.resolve() not in reached and page != ROOT / "docs" / "README.md":
            lost.append(name_of(page))
    assert lost == []


@pytest.mark.parametrize("path", COMMANDS)
def test_each_command_and_option_is_in_the_reference(path: str) -> None:
    command, ctx = COMMANDS[path]
    _before, found, after = (REFERENCE / "cli.md").read_text("utf-8").partition(f"\n## {path}\n")
    assert found
    part = after.partition("\n## ")[0]
    options = {
        name
        for param in command.get_params(ctx)
        if param.name
        for name in param.opts
        if "-" in name
    }
    assert {name for name in options if name not in part} == set()


def test_each_exit_code_is_in_the_reference() -> None:
    rows = re.findall(r"^\| (\d+) \|", (REFERENCE / "cli.md").read_text("utf-8"), re.M)
    raised = {kind.exit_code for kind in (errors.PmoError, *errors.PmoError.__subclasses__())}
    assert {int(row) for row in rows} == raised | {0, 1, OUR_BUG, INTERRUPTED}


def test_each_variable_of_the_environment_is_in_the_reference() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "pmo_core").rglob("*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", sources))
    read |= set(re.findall(r"\"(\w+)\" (?:not )?in os\.environ", sources))
    text = (REFERENCE / "cli.md").read_text("utf-8")
    assert read
    assert {name for name in read if f"`{name}`" not in text} == set()


@pytest.mark.parametrize(
    ("shown", "real", "same"),
    [
        ("a\n", "a\n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n...\nz\n", "a\nb\nc\nz\n", True),
        ("a\n...\nz\n", "a\nb\n", False),
        ("done in 0.1 s: 1\n", "done in 12.5 s: 1\n", True),
        ("done in 0.1 s: 1\n", "done in 0.1 s: 2\n", False),
        ("id ...\n", "id 4711\n", True),
    ],
)
def test_only_what_a_page_leaves_out_may_differ(shown: str, real: str, same: bool) -> None:
    assert RUNNER.agrees(shown, real) is same
