"""Facts: what a sentence may say of a view and of an indicator, each from the rated figures."""

from __future__ import annotations

from collections.abc import Sequence

from scrutiny.data.definitions import Polarity
from scrutiny.data.frameworks import Framework
from scrutiny.figures import published
from scrutiny.rating.explain import target_words
from scrutiny.rating.table import RatedView, Reported
from scrutiny.writing.words import PeriodWords, capitalised, escape, in_words, lag_words, listed, number_range

DAGGER = "†"


def value_words(r: Reported) -> str:
    """The outturn as published: ``85.4%``; provisional figures marked (p); ``not published`` where there is none."""
    o = r.outturn
    if o is None or o.value is None:
        return "not published" if o else "no figure"
    indicator = r.indicator
    text = published(o.value, indicator.unit, indicator.decimals, trailing_zeros=indicator.trailing_zeros)
    return f"{text} (p)" if o.status == "provisional" else text


def target_text(r: Reported) -> str:
    """The target as agreed, with † where it is illustrative."""
    return target_words(r.row.target, r.indicator) + (DAGGER if r.row.target.illustrative else "")


class IndicatorFacts:
    """What can be said of one indicator.

    Attributes
    ----------
    number, title, name
        As printed by the committee; the name is the short title.
    value, target, rating, reason, sentence
        The outturn and target as published, the rating's word, its explanation, and the outturn as a clause.
    period
        The figure's own period.
    """

    def __init__(self, r: Reported, view: RatedView) -> None:
        self._r, self._view = r, view
        self.number, self.title, self.name = r.row.number, escape(r.title), escape(r.indicator.name)
        self.value, self.target = value_words(r), target_text(r)
        self.rating, self.reason = r.rating.word, r.rating.reason
        self.period = PeriodWords(r.period)
        sentence = r.indicator.sentence or f"{r.indicator.name} stood at {{value}}"
        self.sentence = escape(sentence).replace("\\{value\\}", self.value)

    def against(self, *names: str) -> str:
        """Where the outturn lies, comparator by comparator: ``above the national comparator of 92%, but below …``.

        Parameters
        ----------
        names
            Ids of comparators, or ``target``, in the order in which they are said. One without a figure is left out.

        Notes
        -----
        Above and below are arithmetic. Where lower is better the sentence says so, since "above" then is no praise.
        """
        said = [clause for name in names if (clause := self._lies(name))]
        groups: list[tuple[str, list[str]]] = []
        for where, what in said:
            if groups and groups[-1][0] == where:
                groups[-1][1].append(what)
            else:
                groups.append((where, [what]))
        text = ", but ".join(f"{where} {listed(what)}" for where, what in groups)
        low = self._r.indicator.polarity is Polarity.LOW_IS_GOOD
        return f"{text} (lower is better)" if low and text else text

    def _lies(self, name: str) -> tuple[str, str] | None:
        if name == "target":
            return self._lies_to_target()
        for benchmark in self._r.benchmarks:
            if benchmark.comparator.id == name and benchmark.position is not None:
                where = {"above": "above", "below": "below", "in_line": "in line with"}[
                    benchmark.position.arithmetic
                ]
                assert benchmark.observation.value is not None
                value = published(
                    benchmark.observation.value, self._r.indicator.unit, self._r.indicator.decimals
                )
                called = benchmark.comparator.called or f"the {benchmark.comparator.name} figure"
                return where, f"{called} of {value}"
        return None

    def _lies_to_target(self) -> tuple[str, str] | None:
        target, outturn = self._r.row.target, self._r.outturn
        if not target.exists or outturn is None or outturn.value is None:
            return None
        called = target.called or ("the target range" if target.is_range else "the target")
        low = target.close_to if target.close_to is not None else target.at_least
        high = target.close_to if target.close_to is not None else target.at_most
        if low is not None and outturn.value < low:
            where = "below"
        elif high is not None and outturn.value > high:
            where = "above"
        elif target.is_range:
            where = "within"
        else:
            edge = low if low is not None else high
            where = "at" if outturn.value == edge else ("above" if low is not None else "below")
        bare = target_words(target, self._r.indicator).removeprefix("at most ").removeprefix("at least ")
        return where, f"{called} of {bare.removeprefix('close to ')}{DAGGER if target.illustrative else ''}"


class Retired:
    """The indicators that a framework no longer holds."""

    def __init__(self, framework: Framework, before: Framework | None) -> None:
        self._retired = framework.retired
        known = [row.number for row in before.rows] if before else []
        self._order = known or [r.number for r in framework.retired]
        self.numbers = listed([r.number for r in framework.retired])

    def range(self, reason: str) -> str:
        """The numbers retired for one reason, neighbours as a range: ``1.3.2 to 1.3.4``."""
        return number_range([r.number for r in self._retired if r.reason == reason], self._order)


class ViewFacts:
    """What can be said of a rated view: counts in words, clauses per band, lists of numbers."""

    def __init__(self, view: RatedView, before: Framework | None = None, arrears_aside: str = "") -> None:
        self.view = view
        self.period = PeriodWords(view.period)
        self.total, self.rated_total = len(view.rows), len(view.rated)
        self.exceptions = [IndicatorFacts(r, view) for r in view.exceptions]
        self.exception_numbers = listed([r.row.number for r in view.exceptions])
        self.retired = Retired(view.framework, before)
        self.targets_revised = view.framework.targets_revised or any(r.row.target.revised for r in view.rows)
        self._arrears_aside = arrears_aside

    def count(self, word: str) -> int:
        """How many indicators have a rating."""
        return len(self.view.of(word))

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
        rows, band = self.view.of(word), self.view.scheme.band(word)
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
        unrated = len(self.view.not_rated)
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


def rated_in_both(now: RatedView, before: RatedView | None, word: str) -> list[str]:
    """Ids of the indicators with one rating in two views."""
    if before is None:
        return []
    earlier = {r.indicator.id for r in before.of(word)}
    return [r.indicator.id for r in now.of(word) if r.indicator.id in earlier]


__all__ = ["IndicatorFacts", "ViewFacts", "capitalised", "rated_in_both", "target_text", "value_words"]
