"""The hooks: everything that a plugin can bring. This module is their reference.

A plugin is a module that a distribution announces in the entry point group `pmo.plugins`, under the
plugin's name. It marks functions with `hookimpl` and gives them the names of hooks. pmo loads only
plugins that are named: by an office's settings, by `--plugin NAME`, or by a source `NAME:...`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from pmo_core.plugins.calls import Check, FactSupplier, Source

hookspec = pluggy.HookspecMarker("pmo")
hookimpl = pluggy.HookimplMarker("pmo")


@hookspec
def pmo_sources() -> list[Source]:
    """Bring sources of records: other tools' files and services, named `scheme:target`.

    Called:
        Once, when the plugin is loaded. `Source.read` is called later, once for each reading of
        each target; a run may read a target twice.

    Arguments:
        None. `Source.read` gets a `SourceCall`: the target, how to read scalars, the settings.

    Result:
        A list of `Source`, each with a scheme that is the plugin's name, or begins with it and a
        dot. `Source.read` gives a `Reading`: records, taken one by one, and facts that hold for
        all of them, under names of the plugin's namespace. Where one record cannot be read, give
        the `InvalidDocument` in its place: it counts as unreadable, and the others go on.

    Where it raises:
        The hook: the plugin is not loaded (`PluginError`, exit 69). `Source.read`, and the
        iteration over its records: a `PmoError` goes to the user as it is, so raise `UnknownName`
        or `Unavailable` with a remedy for a target that is not there; anything else becomes a
        `PluginError` that names plugin, version and error.

    Since 0.1.

    Example:
        ```python
        from collections.abc import Iterator
        from pathlib import Path

        from pmo_core import (
            InvalidDocument, Reading, Source, SourceCall, SourceRecord, hookimpl, read_document,
        )

        def briefs(call: SourceCall) -> Reading:
            return Reading(records(call))

        def records(call: SourceCall) -> Iterator[SourceRecord | InvalidDocument]:
            for path in sorted(Path(call.target).glob("*/brief.yaml")):
                try:
                    document = read_document(path.read_bytes(), str(path), scalars=call.scalars)
                except InvalidDocument as fault:
                    yield fault
                else:
                    yield SourceRecord(document, str(path))

        @hookimpl
        def pmo_sources() -> list[Source]:
            return [Source("briefs", briefs)]
        ```
    """
    raise AssertionError("a hook is specified here, and implemented by plugins")


@hookspec
def pmo_facts() -> list[FactSupplier]:
    """Bring suppliers of facts: what a system knows of a project and its record does not hold.

    Called:
        Once, when the plugin is loaded. `FactSupplier.function` is called while the office
        gathers, before a gate is assessed, and only where a criterion of that gate wants one of
        its names that neither the caller nor the record's source has given.

    Arguments:
        None. `FactSupplier.function` gets a `FactCall`: the wanted names, a copy of the record,
        the settings, project, standard, gate, and the instant of assessment.

    Result:
        A list of `FactSupplier`, each with the names it can supply: the plugin's name, a dot, and
        a name of its own. Its function gives a mapping of name to `Fact`. Give only what you know:
        a name left out is unknown, and a must that needs it blocks. `observed` is when it was seen
        (`2026-03-01T09:00:00Z`). The same record, settings and instant must give the same facts.

    Where it raises:
        The hook: the plugin is not loaded (`PluginError`, exit 69). The function: the names that
        it was asked for are unknown, reason `plugin-raised`; the same, with `plugin-result`, where
        it gives something that is no `Fact`, no JSON, too large, or a name that it did not
        declare; with `timed-out` where it does not answer by the office's `deadline`, in a thread
        of its own. All else is assessed.

    Since 0.1.

    Example:
        ```python
        from collections.abc import Mapping

        from pmo_core import Fact, FactCall, FactSupplier, hookimpl

        OPEN = {"atlas": 2, "borealis": 0}

        def open_incidents(call: FactCall) -> Mapping[str, Fact]:
            if call.project not in OPEN:
                return {}
            return {"incidents.open": Fact(OPEN[call.project], "2026-03-01T09:00:00Z")}

        @hookimpl
        def pmo_facts() -> list[FactSupplier]:
            return [FactSupplier(["incidents.open"], open_incidents)]
        ```
    """
    raise AssertionError("a hook is specified here, and implemented by plugins")


@hookspec
def pmo_checks() -> list[Check]:
    """Bring checks: tests for criteria that neither JSON Schema nor an expression can put.

    Called:
        Once, when the plugin is loaded. `Check.function` is called while the office gathers,
        before a gate is assessed, once for each criterion of that gate that asks for the check.

    Arguments:
        None. `Check.function` gets a `CheckCall`: a copy of the record, the settings (the
        office's for the plugin, with the criterion's own), criterion, project, standard, gate,
        and the instant of assessment.

    Result:
        A list of `Check`, each with a name without dots; criteria ask for `PLUGIN.NAME`. Its
        function answers `Pass()`, or `Fail(code, at=..., ...)` or `Unknown(code, at=..., ...)`
        with one of the codes that `Check.words` has words for, and the parameters that those
        words show. The same call must give the same answer.

    Where it raises:
        The hook: the plugin is not loaded (`PluginError`, exit 69). The function: the criterion
        is unknown, reason `plugin-raised`; the same, with `plugin-result`, where it answers
        something else, a code without words, or parameters that are no JSON or too large; with
        `timed-out` where it does not answer by the office's `deadline`, in a thread of its own.
        Unknown blocks where the criterion is a must. All else is assessed.

    Since 0.1.

    Example:
        ```python
        from pathlib import Path

        from pmo_core import Check, CheckCall, Fail, Pass, Result, hookimpl, resolve

        SETTINGS = {
            "type": "object", "required": ["list"], "properties": {"list": {"type": "string"}},
        }
        WORDS = {"not-open": "budget code {code} is not open; ask finance to open it"}

        def budget_code_open(call: CheckCall) -> Result:
            code = resolve(call.record, "/budget/code", None)
            if code in Path(str(call.settings["list"])).read_text().split():
                return Pass()
            return Fail("not-open", at="/budget/code", code=code)

        @hookimpl
        def pmo_checks() -> list[Check]:
            return [Check("open", budget_code_open, SETTINGS, WORDS)]
        ```
    """
    raise AssertionError("a hook is specified here, and implemented by plugins")
