"""Words that a stranger wrote into a standard are shown, and act on nobody (S16, T-terminal)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from unicodedata import category

import pytest

from pmo_core.documents import Json, read_yaml
from pmo_core.render.escape import HARMFUL

BASE = Path(__file__).parents[1] / "standards/base"
NASTY = "\x1b[31m\x9b\u202e\u2028\x07\r\n::error::##[x] <b>`|&{0}](x)"
WORDS = frozenset({"title", "must", "should", "may", "guidance", "remedy"})
Pmo = Callable[..., tuple[int, str, str]]


def spoilt(value: Json) -> Json:
    """The same with such words wherever there are words for people."""
    if isinstance(value, dict):
        return {
            key: f"{part} {NASTY}" if key in WORDS and isinstance(part, str) else spoilt(part)
            for key, part in value.items()
        }
    return [spoilt(part) for part in value] if isinstance(value, list) else value


@pytest.fixture
def standard(tmp_path: Path) -> str:
    """A standard of such words."""
    folder = Path(shutil.copytree(BASE, tmp_path / "nasty"))
    value = read_yaml((folder / "standard.yaml").read_bytes(), "standard.yaml").value
    (folder / "standard.yaml").write_text(json.dumps(spoilt(value)))
    (folder / "guidance/planned.md").write_text(f"# {NASTY}\n\n{NASTY}\n")
    golden = {"record": {"id": NASTY, "phase": "idea"}, "gate": "approval", "title": NASTY}
    (folder / "golden").mkdir()
    (folder / "golden/one.yaml").write_text(json.dumps(golden))
    return str(folder)


@pytest.mark.parametrize(
    "words",
    [
        ("standard", "show", "S"),
        ("standard", "show", "S", "--gates"),
        ("standard", "show", "S", "--json"),
        ("standard", "show", "S", "approval"),
        ("standard", "show", "S", "affordable"),
        ("standard", "lint", "S"),
        ("standard", "lint", "S", "--json"),
        ("standard", "test", "S"),
        ("standard", "test", "S", "--json"),
        ("guide", "--standard", "S"),
        ("guide", "planned", "--standard", "S"),
        ("guide", "approval", "--standard", "S"),
        ("guide", "plan", "--standard", "S"),
        *(("check", "--standard", "S", "good.json", "--format", format_)
          for format_ in ("text", "json", "jsonl", "junit", "sarif", "markdown", "github")),
        ("check", "--standard", "S", "good.json", "--explain"),
        ("check", "--standard", "S", "good.json", "--explain", "--format", "json"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_a_standard_says_is_shown_and_is_inert(
    words: tuple[str, ...], standard: str, pmo: Pmo, good: str
) -> None:
    code, out, err = pmo(*(standard if word == "S" else word for word in words))
    assert code in (0, 1, 3)
    assert not [sign for sign in out + err if category(sign) in HARMFUL and sign not in "\n\t"]


@pytest.mark.parametrize("command", ["show", "lint", "test"])
def test_a_standard_that_does_not_load_is_told_by_every_command(
    command: str, standard: str, pmo: Pmo
) -> None:
    file = Path(standard) / "standard.yaml"
    file.write_text(file.read_text().replace('"owner": "manager"', '"owner": "\\u001b[2J"'))
    code, out, err = pmo("standard", command, standard)
    assert (code, out) == (3, "")
    assert "\x1b" not in err
    assert f"{standard}/standard.yaml:1:" in err
