"""Write docs/reference/api.md from the docstrings of the names in `pmo_core.__all__`.

python scripts/generate_api_reference.py            write the page
python scripts/generate_api_reference.py --check    fail where the page is out of date
"""

from __future__ import annotations

import ast
import enum
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import ForwardRef

from generating import REFERENCE, run

import pmo_core

INTRODUCTION = """\
# Python interface

Everything that may be imported is imported from `pmo_core`, and nothing else is public; standards
are tested with `pmo_core.testing`. Each name is loaded when it is first used, so `import pmo_core`
costs nothing. How to begin: [Use pmo from Python](../howto/use-from-python.md). What plugins
implement: [Hooks](hooks.md).

This page is generated from the docstrings. Times are aware `datetime` values; pointers are RFC
6901.
"""
CHAPTERS = {
    "load_standard": "Load, assess, explain",
    "Standard": "What is judged",
    "Assessment": "What comes of it",
    "hookimpl": "For plugins",
    "Document": "Documents",
    "PmoError": "Errors",
    "__version__": "Version",
}
ENTRY = re.compile(r"(\w[\w.]*): (.*)")
SECTION = re.compile(r"(Args|Attributes|Raises|Returns|Yields):")
NAMES = {
    "hookimpl": "The mark of a function that implements a hook: `@hookimpl`.",
    "Result": "What a check answers: `Pass`, `Fail` or `Unknown`.",
    "Pointer": "An RFC 6901 pointer, as text: `/risks/0/owner`.",
    "Digest": "`sha256:` and 64 lower-case hexadecimal digits, as text.",
    "Json": "A JSON value: None, a boolean, number or string, a list, or a `JsonObject`.",
    "JsonObject": "A JSON object: a dictionary from string to `Json`.",
    "__version__": "The version of pmo, as text.",
}
LONGEST = 96
SHORT = 40
HEADS = {"Args": "Arguments", "Attributes": "Fields", "Raises": "Raises"}


def pages() -> Mapping[Path, str]:
    """The one page that this makes."""
    missing = CHAPTERS.keys() - set(pmo_core.__all__)
    assert not missing, f"no chapter begins with {missing}: it is not public"
    parts = [INTRODUCTION]
    for name in pmo_core.__all__:
        if name in CHAPTERS:
            parts.append(f"\n## {CHAPTERS[name]}\n")
        parts.append(entry(name, getattr(pmo_core, name)))
    parts.append("\n## Testing\n")
    testing = import_module("pmo_core.testing")
    parts += [entry(name, getattr(testing, name), "pmo_core.testing.") for name in testing.__all__]
    return {REFERENCE / "api.md": "".join(parts)}


def entry(name: str, value: object, prefix: str = "") -> str:
    """One name: how it is called, what it is."""
    code = signature(name, value)
    shown = f"```python\n{code}\n```\n\n" if code else ""
    members = "\n".join(member_lines(value)) if isinstance(value, type) else ""
    return f"\n### {prefix}{name}\n\n{shown}{markdown(documentation(name, value))}\n" + (
        f"\nAlso:\n\n{members}\n" if members else ""
    )


def member_lines(kind: type) -> Iterator[str]:
    """The properties and methods of a class, each with the first sentence about it."""
    if issubclass(kind, enum.Enum):
        return
    for name, member in vars(kind).items():
        doc = (inspect.getdoc(member) or "").split("\n\n")[0].replace("\n", " ")
        if name.startswith("_") or not doc:
            continue
        if isinstance(member, property | cached_property):
            yield f"- `.{name}`: {doc}"
        elif inspect.isfunction(member):
            found = inspect.signature(member)
            kept = found.replace(parameters=list(found.parameters.values())[1:])
            yield f"- `.{wrapped(name, kept)}`: {doc}"


def is_called(kind: type) -> bool:
    """Whether something is given to a class when it is called."""
    return hasattr(kind, "_fields") or getattr(kind, "__init__", None) is not object.__init__


def signature(name: str, value: object) -> str:
    """How a function, class or enumeration is used; empty for what is only a name."""
    if isinstance(value, type) and issubclass(value, enum.Enum):
        return "\n".join(f"{name}.{member.name} = {member.value!r}" for member in value)
    if isinstance(value, type) and issubclass(value, pmo_core.PmoError):
        return f"class {name}({value.__bases__[0].__name__})" + (
            f"  # kind {value.kind!r}, exit {value.exit_code}" if value.kind != "bug" else ""
        )
    if isinstance(value, type) and not is_called(value):
        return f"class {name}()"
    if inspect.isfunction(value) or isinstance(value, type):
        try:
            return wrapped(name, inspect.signature(value))
        except ValueError:
            return f"class {name}"
    return ""


def wrapped(name: str, found: inspect.Signature) -> str:
    """A call, on a line for each parameter where one line would be too long."""
    parameters: list[str] = []
    for key, one in found.parameters.items():
        if key == "self":
            continue
        starred = any(part.startswith("*") for part in parameters)
        if one.kind is one.KEYWORD_ONLY and not starred:
            parameters.append("*")
        if not key.startswith("_"):
            parameters.append(parameter(one))
    returned = "" if found.return_annotation in (found.empty, None, "None") else shown(found)
    line = f"{name}({', '.join(parameters)}){returned}"
    if len(line) <= LONGEST:
        return line
    return f"{name}(\n    " + ",\n    ".join(parameters) + f",\n){returned}"


def shown(found: inspect.Signature) -> str:
    """What a call gives."""
    return f" -> {annotation(found.return_annotation)}"


def parameter(one: inspect.Parameter) -> str:
    """One parameter with its type, and its default where that says something."""
    marks = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}
    text = f"{marks.get(one.kind, '')}{one.name}: {annotation(one.annotation)}"
    if one.default is one.empty:
        return text
    return f"{text} = {default(one.default)}"


def annotation(value: object) -> str:
    """A type as it was written."""
    if isinstance(value, ForwardRef):
        return value.__forward_arg__
    return value if isinstance(value, str) else getattr(value, "__name__", str(value))


def default(value: object) -> str:
    """A default value as one would type it; `...` for what is too long to."""
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, Mapping) and not value:
        return "{}"
    plain = value is None or isinstance(value, bool | int | float | str | tuple)
    return repr(value) if plain and len(repr(value)) < SHORT else "..."


def documentation(name: str, value: object) -> str:
    """The docstring; for an alias the string below its definition."""
    module, own = home(name)
    if name in NAMES:
        return below_definition(module, own) or NAMES[name]
    return inspect.getdoc(value) or ""


def home(name: str) -> tuple[str, str]:
    """The module in which a public name is defined, and what it is called there."""
    value = getattr(pmo_core, name, None)
    module, own = pmo_core._WHERE.get(name, ("pmo_core.testing", name))
    return getattr(value, "__module__", None) or module, own


def below_definition(module: str, name: str) -> str:
    """The string that stands below `name = ...` in a module or in those that it imports from."""
    for place in modules_with(module, name):
        lines = ast.parse(inspect.getsource(import_module(place))).body
        for line, following in pairwise(lines):
            target = assigned(line)
            if (
                target == name
                and isinstance(following, ast.Expr)
                and isinstance(following.value, ast.Constant)
                and isinstance(following.value.value, str)
            ):
                return inspect.cleandoc(following.value.value)
    return ""


def modules_with(module: str, name: str) -> Iterator[str]:
    """A module, and the module from which it imports a name."""
    if not module.startswith("pmo_core"):
        return
    yield module
    for line in ast.walk(ast.parse(inspect.getsource(import_module(module)))):
        if isinstance(line, ast.ImportFrom) and any(one.name == name for one in line.names):
            yield from modules_with(line.module or "", name)


def assigned(line: ast.stmt) -> str | None:
    """The name that a line of a module gives a value."""
    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
        return line.target.id
    if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
        return line.targets[0].id
    return None


def markdown(doc: str) -> str:
    """A docstring as Markdown: its sections become lists."""
    lines: list[str] = []
    section = ""
    for line in doc.splitlines():
        found = SECTION.fullmatch(line)
        if found:
            section = HEADS.get(found[1], found[1])
            lines += [f"{section}:", ""]
        elif section and line.startswith("    "):
            lines.append(listed(line, section))
        else:
            section = "" if line else section
            lines.append(line)
    return "\n".join(lines).strip()


def listed(line: str, section: str) -> str:
    """A line of a section: a new point of its list, or the rest of the last one."""
    found = ENTRY.fullmatch(line.removeprefix("    "))
    return f"- `{found[1]}`: {found[2]}" if found and section else f"  {line.strip()}"


if __name__ == "__main__":
    sys.exit(run("generate_api_reference.py", pages, sys.argv[1:]))
