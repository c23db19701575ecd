"""Every check of a paper's text: its name, its severity, and what finds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scrutiny.errors import ExitCode, Problem, closest
from scrutiny.paper.lint import counts, evidence, numbering, people, periods, structure, words
from scrutiny.paper.lint.draft import Check, Draft

_CLAIM = ExitCode.CLAIM

CHECKS: tuple[Check, ...] = (
    Check("title-period", "error", periods.title_period, _CLAIM),
    Check("title-without-year", "warning", periods.title_without_year),
    Check("title-covers-less", "warning", periods.title_covers_less),
    Check("text-period", "error", periods.text_period, _CLAIM),
    Check("movement-from-itself", "error", periods.movement_from_itself, _CLAIM),
    Check("off-cycle", "warning", periods.off_cycle),
    Check("expected-date-passed", "error", periods.expected_date),
    Check("carried-forward", "warning", periods.carried_forward),
    Check("paragraph-number", "error", numbering.paragraph_numbers),
    Check("paragraph-unnumbered", "warning", numbering.unnumbered),
    Check("typed-number", "error", numbering.typed_number),
    Check("malformed-number", "error", numbering.malformed_number),
    Check("unknown-number", "error", numbering.unknown_number, _CLAIM),
    Check("unrelated-range", "error", numbering.unrelated_range, _CLAIM),
    Check("number-without-reason", "warning", numbering.number_without_reason),
    Check("bullet-without-number", "warning", numbering.bullet_without_number),
    Check("heading-as-paragraph", "warning", structure.heading_as_paragraph),
    Check("broken-paragraph", "error", structure.broken_paragraph),
    Check("empty-part", "error", structure.empty_part),
    Check("duplicate-section", "warning", structure.duplicate_section),
    Check("duplicate-paragraph", "warning", structure.duplicate_paragraph),
    Check("section-missing", "error", structure.section_missing),
    Check("section-set", "warning", structure.section_set),
    Check("caption", "warning", structure.caption),
    Check("list-punctuation", "warning", structure.list_punctuation),
    Check("blank-answer", "error", structure.blank_answer),
    Check("body-name", "error", people.body_name),
    Check("body-without-article", "warning", people.body_without_article),
    Check("person-post", "error", people.person_post),
    Check("person-unknown", "warning", people.person_unknown),
    Check("front-label", "warning", people.front_label),
    Check("consultation-open", "error", people.consultation),
    Check("list-agreement", "warning", counts.list_agreement),
    Check("list-count", "error", counts.list_count, _CLAIM),
    Check("verb-agreement", "warning", counts.verb_agreement),
    Check("count-differs", "error", counts.count_differs, _CLAIM),
    Check("count-incomplete", "warning", counts.count_incomplete),
    Check("challenge-without-value", "warning", evidence.challenge_without_value),
    Check("target-without-value", "warning", evidence.target_without_value),
    Check("comparison-without-figures", "warning", evidence.comparison_without_figures),
    Check("weight-without-interval", "error", evidence.weight_without_interval),
    Check("trend-without-figures", "warning", evidence.trend_without_figures),
    Check("improvement-over-revised-target", "error", evidence.improvement_over_revised_target, _CLAIM),
    Check("polarity-not-said", "warning", evidence.polarity_not_said),
    Check("number-and-percentage", "warning", evidence.number_and_percentage),
    Check("restated-without-figures", "warning", evidence.restated_without_figures),
    Check("restated-without-period", "error", evidence.restated_without_period),
    Check("target-state", "error", evidence.target_state),
    Check("reportable-yet-unable", "error", evidence.reportable_yet_unable, _CLAIM),
    Check("no-expected-date", "warning", evidence.no_expected_date),
    Check("repeated-word", "warning", words.repeated_word),
    Check("missing-word", "warning", words.missing_word),
    Check("placeholder", "error", words.placeholder),
    Check("spacing", "warning", words.spacing),
    Check("full-stop", "warning", words.full_stop),
    Check("term-variant", "warning", words.term_variant),
    Check("terms-apart", "warning", words.terms_apart),
    Check("default-variant", "warning", words.default_variant),
    Check("implication-conflict", "error", words.implication_conflict),
)
NAMES = frozenset(check.name for check in CHECKS)
ELSEWHERE = frozenset({"missing-commentary"})
"""Checks of other modules whose severity a council may set too."""


def lint(draft: Draft) -> list[Problem]:
    """Every problem of a draft's text, in the order of `CHECKS`.

    The council's `severities` replace the checks' own.
    """
    severities = draft.council.severities if draft.council else {}
    found = [
        Problem(check.name, *one, severities.get(check.name, check.severity), check.code)
        for check in CHECKS
        for one in check.find(draft)
    ]
    return list(dict.fromkeys(found))


def unknown_severities(severities: Mapping[str, str], where: str) -> Iterator[Problem]:
    """Severities of checks that there are not."""
    for name in severities:
        if name not in NAMES | ELSEWHERE:
            yield Problem(
                "unknown-check",
                f"{where}, severities.{name}",
                f"there is no check '{name}' of the paper's text",
                "the name of a check, as docs/checks.md lists them",
                closest(name, NAMES | ELSEWHERE),
                code=ExitCode.DEFINITIONS,
            )
