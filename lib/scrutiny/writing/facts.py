"""Facts: what a sentence may say of a view and of an indicator, each from the rated figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scrutiny.errors import closest
from scrutiny.figures import Unit, plain, published
from scrutiny.periods import long_date
from scrutiny.rating.explain import SMALL_NUMBERS, target_words
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.around import Around
from scrutiny.writing.changed import Changed, Changes
from scrutiny.writing.groups import Rules
from scrutiny.writing.patterns import Patterns
from scrutiny.writing.remembered import Remembered
from scrutiny.writing.restated import RestatedFigures, restatements
from scrutiny.writing.told import Told
from scrutiny.writing.unable import UnableFacts, unable_before, unable_now
from scrutiny.writing.words import (
    DAGGER,
    PeriodWords,
    capitalised,
    escape,
    in_words,
    lag_words,
    listed,
)
from scrutiny.writing.year import against_forecast, beside_words, forecast_words, year_end_words


def value_words(r: Reported) -> str:
    """The outturn as published: ``85.4%``; provisional figures marked (p); ``not published`` where there is none."""
    o = r.outturn
    if o is None or o.value is None:
        return "not published" if o or r.judgements else "no figure"
    indicator = r.indicator
    text = published(o.value, indicator.unit, indicator.decimals, trailing_zeros=indicator.trailing_zeros)
    return f"{text} (p)" if o.status == "provisional" else text


def counts_words(r: Reported) -> str:
    """The counts behind a percentage: ``613 of 648``; empty where they are not recorded.

    Empty too, for a count of people, where one of the numbers or their difference is 1 to 5.
    """
    o = r.outturn
    if o is None or o.numerator is None or o.denominator is None or r.indicator.unit is not Unit.PERCENT:
        return ""
    told = (o.numerator, o.denominator, o.denominator - o.numerator)
    if r.indicator.of_people and any(number in SMALL_NUMBERS for number in told):
        return ""
    return f"{plain(o.numerator)} of {plain(o.denominator)}"


def target_text(r: Reported) -> str:
    """The target as agreed, with † where it is illustrative."""
    return target_words(r.row.target, r.indicator) + (DAGGER if r.row.target.illustrative else "")


class IndicatorFacts(Patterns, Remembered):
    """What can be said of one indicator.

    Attributes
    ----------
    number, title, name
        As printed by the committee; the name is the short title.
    value, counts, target, rating, reason, sentence
        The outturn as published, the counts behind it, the target, the rating's word, its explanation, and the
        outturn as a clause.
    period
        The figure's own period.
    """

    def __init__(
        self, r: Reported, view: RatedView, around: Around | None = None, partner: Reported | None = None
    ) -> None:
        self._r, self._view, self._around, self._partner = r, view, around or Around(), partner
        self.number, self.title, self.name = r.row.number, escape(r.title), escape(r.indicator.name)
        self.value, self.counts, self.target = value_words(r), counts_words(r), target_text(r)
        self.rating, self.reason = r.rating.word, r.rating.reason
        self.beside, self.year_end, self.year_forecast = beside_words(r), year_end_words(r), forecast_words(r)
        self.against_forecast = against_forecast(r)
        self.period = PeriodWords(r.period)
        sentence = r.indicator.sentence or f"{r.indicator.name} stood at {{value}}"
        self.sentence = escape(sentence).replace("\\{value\\}", self.value)

    @property
    def pair(self) -> IndicatorFacts | None:
        """The indicator that is told with it as one item; None where it is told alone."""
        return IndicatorFacts(self._partner, self._view, self._around) if self._partner else None


class ViewFacts:
    """What can be said of a rated view: counts in words, clauses per band, lists of numbers."""

    def __init__(self, view: RatedView, around: Around | None = None, arrears_aside: str = "") -> None:
        self.view = view
        self.period = PeriodWords(view.period)
        self.total, self.rated_total = len(view.counted), sum(view.counts.values())
        self._around = around or Around()
        self._rules, self._changes = Rules(view, self._around), Changes(view, self._around)
        self.exceptions = [IndicatorFacts(r, view, self._around) for r in view.exceptions]
        self.exception_numbers = listed([r.row.number for r in view.exceptions])
        self.retired = self._changes.retired()
        self.targets_revised = view.framework.targets_revised or any(r.row.target.revised for r in view.rows)
        self._arrears_aside = arrears_aside

    def indicator(self, name: str) -> IndicatorFacts:
        """One indicator by its id; KeyError if the view does not hold it."""
        r = self.view.find(name)
        if r is None:
            raise KeyError(f"indicator '{name}' in the view; {closest(name, self._ids())}")
        other = self.view.framework.partner(name)
        return IndicatorFacts(r, self.view, self._around, self.view.find(other) if other else None)

    def _ids(self) -> list[str]:
        return [r.indicator.id for r in self.view.rows]

    def group(self, name: str) -> Told[IndicatorFacts]:
        """The indicators of a group of the committee; two that are joined are one item where both belong to it."""
        group = next((group for group in self._around.groups if group.id == name), None)
        if group is None:
            raise KeyError(
                f"group '{name}' of the committee; {closest(name, [g.id for g in self._around.groups])}"
            )
        found = {r.indicator.id: r for r in self._rules.members(group)}
        items: list[IndicatorFacts] = []
        while found:
            r = found.pop(next(iter(found)))
            partner = found.pop(self.view.framework.partner(r.indicator.id) or "", None)
            items.append(IndicatorFacts(r, self.view, self._around, partner))
        return Told(items[: group.limit], self.view.council.citation)

    @property
    def unable(self) -> Told[UnableFacts]:
        """Those that cannot be reported."""
        return unable_now(self.view, self._around)

    @property
    def unable_before(self) -> Told[UnableFacts]:
        """Those that the previous paper listed."""
        return unable_before(self._around)

    @property
    def unable_still(self) -> Told[UnableFacts]:
        """Those that both list."""
        return Told((fact for fact in self.unable if fact.before), self.view.council.citation)

    @property
    def unable_no_longer(self) -> Told[UnableFacts]:
        """Those that only the previous paper listed."""
        now = {fact.id for fact in self.unable}
        return Told((f for f in self.unable_before if f.id not in now), self.view.council.citation)

    @property
    def restated(self) -> RestatedFigures:
        """Figures restated since the previous paper, in the first since they were first given."""
        found = [one for r in self.view.rows for one in restatements(self.view, r, self._around)]
        return RestatedFigures(found, self.view, self._around)

    @property
    def added(self) -> Told[Changed]:
        """Indicators that the framework before did not hold."""
        return self._changes.added()

    @property
    def renumbered(self) -> Told[Changed]:
        """Indicators that had another number in the framework before."""
        return self._changes.renumbered()

    @property
    def retargeted(self) -> Told[Changed]:
        """Indicators whose target is known to differ from the framework before."""
        return self._changes.retargeted()

    @property
    def total_before(self) -> int:
        """How many indicators the framework before held; 0 without one."""
        return len(self._around.framework.rows) if self._around.framework else 0

    def count(self, word: str) -> int:
        """How many indicators have a rating."""
        return self.view.counts[self.view.scheme.band(word).word]

    def subject(self, word: str, of: str = "", noun: bool = True) -> str:
        """The indicators with a rating as the subject of a sentence: ``three of the four safeguarding indicators``."""
        return self._subject(self.count(word), of, noun)

    def within(self, group: str) -> ViewFacts:
        """The same facts of one group of the framework alone; KeyError if it has no such group."""
        rows = tuple(r for r in self.view.rows if r.row.group == group)
        if not rows:
            raise KeyError(f"group '{group}' in the framework {self.view.framework.id}")
        return ViewFacts(replace(self.view, rows=rows), self._around, self._arrears_aside)

    def numbers(self, *words: str) -> str:
        """Printed numbers of the indicators with one of some ratings, listed."""
        return listed([r.row.number for r in self.view.of(*words)])

    def clause(
        self, word: str, form: str, of: str = "", asides: Sequence[str] = (), noun: bool = True
    ) -> str:
        """One band as a clause: ``five of the eight measures have met or exceeded their target``.

        Parameters
        ----------
        form
            Which of the band's own forms to use, such as ``present``; the scheme's settings hold them.
        of
            What the count is out of, after the total: ``measures reported to the panel``; ``these`` says
            "five of these". Empty: the count stands alone.
        asides
            ``band`` for the band's own aside, ``arrears`` for figures in arrears.
        noun
            Whether a count that stands alone is followed by the council's noun.
        """
        band = self.view.scheme.band(word)
        rows = [r for r in self.view.of(word) if self.view.counted_with(r) is None]
        forms = band.say[form]
        subject = self._subject(len(rows), of, noun)
        return (
            f"{subject} {forms.one if len(rows) == 1 else forms.many}{self._aside(rows, band.aside, asides)}"
        )

    def clauses(
        self, form: str, of: str = "", asides: Sequence[str] = (), noun: bool = True, only: Sequence[str] = ()
    ) -> str:
        """Every band that has indicators, joined; the first carries `of`. Not rated comes last: counts add up."""
        words = [w for w, n in self.view.counts.items() if n and (not only or w in only)]
        parts = [self.clause(word, form, of if i == 0 else "", asides, noun) for i, word in enumerate(words)]
        unrated = self.total - self.rated_total
        if unrated and not only:
            verb = (
                ("is" if unrated == 1 else "are") if form != "past" else ("was" if unrated == 1 else "were")
            )
            parts.append(f"{self._subject(unrated, '' if parts else of, noun)} {verb} not rated")
        return listed(parts)

    def _subject(self, count: int, of: str, noun: bool) -> str:
        number = in_words(count, self.view.council.words_up_to)
        if of == "these":
            return f"{number} of these"
        if of and self.total == 1:
            return f"the only one of the {of}"
        if of:
            total = in_words(self.total, self.view.council.words_up_to)
            return f"all {total} {of}" if count == self.total > 1 else f"{number} of the {total} {of}"
        return f"{number} {self.view.council.measure[count != 1]}" if noun else number

    def _aside(self, rows: list[Reported], own: str, asides: Sequence[str]) -> str:
        parts = [own] if own and "band" in asides else []
        late = [r for r in rows if r.in_arrears]
        if late and "arrears" in asides and self._arrears_aside:
            count = in_words(len(late), self.view.council.words_up_to)
            lag = lag_words(max(r.in_arrears for r in late), late[0].period.kind)
            parts.append(self._arrears_aside.format(count=count, lag=lag))
        return f" ({', '.join(parts)})" if parts else ""


def changes_of(facts: ViewFacts) -> Changes:
    """What changed from the framework before a view's own."""
    return facts._changes


def rated_in_both(now: RatedView, before: RatedView | None, word: str) -> list[str]:
    """Ids of the indicators with one rating in two views."""
    if before is None:
        return []
    earlier = {r.indicator.id for r in before.of(word)}
    return [r.indicator.id for r in now.of(word) if r.indicator.id in earlier]


__all__ = [
    "DAGGER",
    "IndicatorFacts",
    "ViewFacts",
    "capitalised",
    "rated_in_both",
    "target_text",
    "value_words",
]


class PreviousPaper:
    """What can be said of the committee's previous paper; it is read when a sentence asks for it.

    Attributes
    ----------
    exists
        Whether there is one; without one the others are empty.
    """

    def __init__(self, around: Around) -> None:
        self._around = around

    def __bool__(self) -> bool:
        return self.exists

    @property
    def exists(self) -> bool:
        """Whether there is one."""
        return self._around.earlier is not None

    @property
    def title(self) -> str:
        """Its title."""
        return self._around.earlier.title if self._around.earlier else ""

    @property
    def meeting_date(self) -> str:
        """The day of its meeting."""
        return long_date(self._around.earlier.meeting_date) if self._around.earlier else ""

    @property
    def period(self) -> PeriodWords | None:
        """The period that it reported; None without one."""
        return PeriodWords(self._around.earlier.period) if self._around.earlier else None

    @property
    def total(self) -> int:
        """How many indicators it reported."""
        return len(self._around.earlier.current.rows) if self._around.earlier else 0

    @property
    def unable(self) -> Told[UnableFacts]:
        """Those that it listed as not reportable."""
        return unable_before(self._around)
