"""Templates: sentences kept in settings, filled with facts in a sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scrutiny.errors import ExitCode, Problem, ProblemError
from scrutiny.writing.words import capitalised, in_words, listed

_FAULTS = (TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""What a faulty template can raise: naming what is not there, or reckoning with what is no number."""


class Writer:
    """Fills templates with the facts of one paper.

    Parameters
    ----------
    facts
        What templates may name; a name that is not among them is a problem, never an empty string.
    words_up_to
        Whole numbers up to this are written in words.
    """

    def __init__(self, facts: Mapping[str, Any], words_up_to: int = 10) -> None:
        self._environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
        self._environment.filters["capitalised"] = capitalised
        self._environment.globals.clear()
        self.facts: dict[str, Any] = {
            "words": lambda number: in_words(number, words_up_to),
            "listed": listed,
            **facts,
        }

    def fill(self, template: str, where: str, **more: Any) -> str:
        """Fill one template.

        Parameters
        ----------
        where
            File and key of the template, for a message.

        Raises
        ------
        ProblemError
            Exit code 10, if the template names something unknown or is not a template.
        """
        try:
            return " ".join(self._environment.from_string(template).render(self.facts, **more).split())
        except _FAULTS as error:
            raise ProblemError([_problem(template, where, error)]) from None

    def holds(self, expression: str, where: str) -> bool:
        """Whether an expression of the settings holds; an empty one does."""
        if not expression:
            return True
        try:
            compiled = self._environment.compile_expression(expression, undefined_to_none=False)
            return bool(compiled(self.facts))
        except _FAULTS as error:
            raise ProblemError([_problem(expression, where, error)]) from None


def _problem(template: str, where: str, error: Exception) -> Problem:
    said = str(error) if not isinstance(error, KeyError) else f"there is no {error}"
    shown = " ".join(template.split())
    return Problem(
        "template",
        where,
        f"the template cannot be filled ({said}): {shown[:80]}{'…' if len(shown) > 80 else ''}",
        "names and forms that the paper's facts have",
        "correct the name; the how-to on templates lists what there is",
        code=ExitCode.DEFINITIONS,
    )
