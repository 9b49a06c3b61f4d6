"""`pmo standard lint` and `pmo standard test`: a standard put to the test."""

from __future__ import annotations

import click

from pmo_core.cli import completing


@click.command(
    epilog="""\b
Exit: 0 no errors; 1 errors (--strict: warnings too); 3 it does not load.
Example:  pmo standard lint essentials
Example:  pmo standard lint --explain outcome-to-nowhere"""
)
@click.argument(
    "standard_name", required=False, metavar="ID|PATH", shell_complete=completing.standards
)
@click.option(
    "--explain",
    "rule",
    metavar="RULE",
    shell_complete=completing.rules,
    help="What a rule finds, why, and what instead.",
)
@click.option("--rules", "list_rules", is_flag=True, help="List the rules.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@click.option(
    "--plugin",
    "plugins",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.plugins,
    help="Doubt checks that it does not have; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="The same, for programs.")
@click.pass_context
def lint(
    ctx: click.Context,
    standard_name: str | None,
    rule: str | None,
    list_rules: bool,
    strict: bool,
    plugins: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say what is wrong or risky in a standard that loads, by rules with a page each."""
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.office.packages import load_standard
    from pmo_core.render import trial_words
    from pmo_core.trial.lint.engine import lint as findings_of
    from pmo_core.trial.lint.engine import rules

    if rule is not None:
        page = trial_words.rule_json if as_json else trial_words.rule_page
        write_lines(page(rule, terminal_style()))
        return
    if list_rules:
        table = trial_words.rules_json if as_json else trial_words.rules_table
        write_lines(table(rules(), terminal_style()))
        return
    if standard_name is None:
        raise click.UsageError("Missing argument 'ID|PATH'.", ctx)
    checks = _checks_of(plugins) if plugins else None
    standard = load_standard(standard_name)
    found = findings_of(standard, known_checks=checks)
    write_lines(
        [trial_words.lint_json(standard, found)]
        if as_json
        else trial_words.lint_lines(found, terminal_style())
    )
    wrong = [one for one in found if strict or one.severity.value == "error"]
    ctx.exit(1 if wrong else 0)


def _checks_of(plugins: tuple[str, ...]) -> frozenset[str]:
    from pmo_core.plugins.loading import load_plugin  # start-up: pluggy only with plugins

    return frozenset(f"{name}.{check}" for name in plugins for check in load_plugin(name).checks)


@click.command(
    epilog="""\b
Exit: 0 all came out as expected; 1 one differs, or coverage is asked for and
lacks; 3 the standard or a golden project cannot be used.
Example:  pmo standard test essentials"""
)
@click.argument("standard_name", metavar="ID|PATH", shell_complete=completing.standards)
@click.option("--full-coverage", is_flag=True, help="Exit 1 unless every result is shown.")
@click.option("--json", "as_json", is_flag=True, help="The same, for programs.")
@click.pass_context
def test(ctx: click.Context, standard_name: str, full_coverage: bool, as_json: bool) -> None:
    """Run a standard's golden projects, and say what they cover.

    Each is a record with the verdict and findings that are expected of it.
    Covered is a criterion seen to pass, to fail, and to be unknown.
    """
    from pmo_core.cli.output import terminal_style, write_lines
    from pmo_core.errors import InvalidStandard
    from pmo_core.office.packages import load_standard
    from pmo_core.render.trial_words import golden_json, golden_lines
    from pmo_core.trial.coverage import coverage
    from pmo_core.trial.golden import try_goldens

    standard = load_standard(standard_name)
    where = standard.document.name.rpartition("/")[0]
    results, broken = try_goldens(standard, standard.files, where)
    covered = coverage(standard, results)
    write_lines(
        [golden_json(standard, results, covered, broken)]
        if as_json
        else golden_lines(results, covered, terminal_style(), broken)
    )
    if broken:
        ctx.exit(InvalidStandard.exit_code)
    differs = any(not one.passed for one in results)
    ctx.exit(1 if differs or (full_coverage and covered.missing) else 0)
