"""Guidance is text, or a file of the package."""

from __future__ import annotations

import pytest

from pmo_core.standards.guidance import guidance_text, is_path

FILES = {"guidance/risks.md": b"# Risks\n", "HELP": b"Ask.\n"}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Just ask the users", "Just ask the users"),
        ("Ask the users, or read guidance/risks.md", "Ask the users, or read guidance/risks.md"),
        ("Ask", "Ask"),
        ("https://example.org/risks.md", "https://example.org/risks.md"),
        ("guidance/risks.md", "# Risks\n"),
        ("HELP", "Ask.\n"),
        ("guidance/absent.md", None),
        ("absent.md", None),
        ("absent.TXT", None),
        ("guidance/absent", None),
    ],
)
def test_what_looks_like_a_path_is_a_file_and_all_else_is_the_text(
    written: str, text: str | None
) -> None:
    """S18: guidance is a text for people; a file where it names one, or can only mean one."""
    assert guidance_text(written, FILES) == text
    assert is_path(written, FILES) is (written in FILES or text is None)
