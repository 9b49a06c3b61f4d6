"""`pmo standard lint` and `pmo standard test`: a standard put to the test."""

from __future__ import annotations

import click

from pmo_core.cli.invocation import Invocation


@click.command(
    epilog="""\b
Exit: 0 nothing found; 1 something found (--strict: warnings too); 3 it does not load.
Example:  pmo standard lint essentials"""
)
@click.argument("name", required=False, metavar="ID|PATH")
@click.option("--explain", "rule", metavar="RULE", help="What a rule finds, why, and what instead.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@click.option(
    "--plugin", "plugins", multiple=True, metavar="NAME", help="Its checks are known; repeatable."
)
@click.option("--json", "as_json", is_flag=True, help="The same, for machines.")
@click.pass_context
def lint(
    ctx: click.Context,
    name: str | None,
    rule: str | None,
    list_rules: bool,
    strict: bool,
    plugins: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say what is wrong or risky in a standard that loads, by rules with a page each."""
    from pmo_core.trial.lint.engine import explain_rule, rules
    from pmo_core.trial.lint.engine import lint as run_lint

    invocation = ctx.find_object(Invocation)
    if invocation is not None:
        invocation.json = as_json
    if rule is not None:
        click.echo(explain_rule(rule), nl=False)
        return
    if list_rules:
        for one in rules():
            click.echo(f"{one.severity.value:<8} {one.category:<12} {one.id}")
        return
    if name is None:
        raise click.UsageError("Missing argument 'ID|PATH'.", ctx)
    from pmo_core.office.packages import load_standard
    from pmo_core.plugins.loading import load_plugin
    from pmo_core.render.trial_words import lint_json, lint_lines

    known = None
    if plugins:
        known = frozenset(
            f"{plugin}.{check}" for plugin in plugins for check in load_plugin(plugin).checks
        )
    standard = load_standard(name)
    found = run_lint(standard, known_checks=known)
    if as_json:
        click.echo(lint_json(standard, found))
    else:
        for line in lint_lines(found):
            click.echo(line)
    wrong = [one for one in found if strict or one.severity.value == "error"]
    ctx.exit(1 if wrong else 0)


@click.command(
    epilog="""\b
Exit: 0 all came out as expected; 1 one differs, or coverage is asked for and lacks.
Example:  pmo standard test essentials"""
)
@click.argument("name", metavar="ID|PATH")
@click.option("--full-coverage", is_flag=True, help="Exit 1 unless every result is shown.")
@click.option("--json", "as_json", is_flag=True, help="The same, for machines.")
@click.pass_context
def test(ctx: click.Context, name: str, full_coverage: bool, as_json: bool) -> None:
    """Run a standard's golden projects, and say what they cover.

    Each is a record with the verdict and findings that are expected of it.
    Covered is a criterion seen to pass, to fail, and to be unknown.
    """
    from pmo_core.office.packages import load_standard
    from pmo_core.render.trial_words import golden_json, golden_lines
    from pmo_core.trial.coverage import coverage
    from pmo_core.trial.golden import run_goldens

    invocation = ctx.find_object(Invocation)
    if invocation is not None:
        invocation.json = as_json
    standard = load_standard(name)
    results = run_goldens(standard, standard.files, standard.document.name.rpartition("/")[0])
    covered = coverage(standard, results)
    if as_json:
        click.echo(golden_json(standard, results, covered))
    else:
        for line in golden_lines(results, covered):
            click.echo(line)
    differs = any(not one.passed for one in results)
    ctx.exit(1 if differs or (full_coverage and covered.missing) else 0)
