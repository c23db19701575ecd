"""Records: indicators and counts of the paper model, and the open-data file made from them."""

from __future__ import annotations

import csv
import io

from scrutiny.figures import published
from scrutiny.paper import real
from scrutiny.paper.model import (
    BenchmarkModel,
    DirectionModel,
    IndicatorModel,
    OutturnModel,
    PaperModel,
    RatingModel,
    Summary,
    TargetModel,
    ViewSummary,
)
from scrutiny.rating.explain import target_words
from scrutiny.rating.table import Benchmarked, RatedView, Reported
from scrutiny.writing.facts import value_words
from scrutiny.writing.signalled import position_words
from scrutiny.writing.year import beside_words, forecast_words, year_end_words


def indicator(view: RatedView, r: Reported, *, signals: bool = False) -> IndicatorModel:
    """One row of a view as a record; exact figures as text. Signals are reckoned where the paper shows them."""
    o, target = r.outturn, r.row.target
    return IndicatorModel(
        view=view.name,
        id=r.indicator.id,
        number=r.row.number,
        title=r.title,
        unit=r.indicator.unit.value,
        polarity=r.indicator.polarity.value,
        basis=r.indicator.basis.value,
        period=str(r.period),
        outturn=OutturnModel(
            value=_text(o.value) if o else None,
            published=value_words(r),
            beside=beside_words(r),
            numerator=_text(o.numerator) if o else None,
            denominator=_text(o.denominator) if o else None,
            symbol=o.symbol if o else "",
            status=o.status if o else "",
            known_on=o.known_on.isoformat() if o else None,
            known_on_assumed=o.assumed if o else False,
        ),
        target=TargetModel(
            words=target_words(target, r.indicator),
            year_end=year_end_words(r),
            forecast=forecast_words(r),
            illustrative=target.illustrative,
            tolerance=str(r.row.tolerance) if r.row.tolerance else None,
            tolerance_illustrative=r.row.tolerance_illustrative,
        ),
        rating=RatingModel(
            word=r.rating.word,
            symbol=r.rating.symbol,
            origin=r.rating.origin,
            published_word=r.published_word,
            not_rated=r.rating.not_rated.value if r.rating.not_rated else None,
            gap=_text(r.rating.gap),
        ),
        reason=r.rating.reason,
        pair=view.framework.partner(r.indicator.id) or "",
        direction=[
            DirectionModel(
                against=against,
                period=str(d.against_period),
                arithmetic=d.arithmetic,
                judgement=d.judgement,
                words=d.words,
            )
            for against, d in r.directions.items()
        ],
        benchmarks=[_benchmark(b, r, signals) for b in r.benchmarks],
        provenance=o.provenance if o else "",
        source=o.source if o else "",
        row=o.row if o else "",
        signal=real.signal(view, r) if signals else None,
        recent_trend=real.recent_trend(r) if signals else None,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _benchmark(b: Benchmarked, r: Reported, signals: bool) -> BenchmarkModel:
    o = b.observation
    assert o.value is not None
    return BenchmarkModel(
        comparator=b.comparator.id,
        name=b.comparator.name,
        value=str(o.value),
        published=published(o.value, r.indicator.unit, r.indicator.decimals),
        period=str(o.period),
        known_on=o.known_on.isoformat(),
        known_on_assumed=o.assumed,
        position=b.position.arithmetic if b.position else None,
        words=position_words(b, r) if signals else b.position.words if b.position else "",
        source=o.source,
        **(real.compared(b, r) if signals else {}),
    )


def summary(views: dict[str, RatedView]) -> Summary:
    """Counts of every view; those of the current one stand at the top."""
    made = {name: _summary(view) for name, view in views.items()}
    return Summary(**made["current"].model_dump(), views=made)


def _summary(view: RatedView) -> ViewSummary:
    reasons: dict[str, int] = {}
    for r in [one for one in view.counted if not one.rating.is_rated]:
        assert r.rating.not_rated is not None
        reasons[r.rating.not_rated.value] = reasons.get(r.rating.not_rated.value, 0) + 1
    return ViewSummary(rated=sum(view.counts.values()), counts=view.counts, not_rated=reasons)


FIGURES_COLUMNS = (
    *(
        "council",
        "committee",
        "meeting_date",
        "as_at",
        "view",
        "number",
        "indicator",
        "title",
        "unit",
        "polarity",
    ),
    *(
        "basis",
        "period",
        "value",
        "published",
        "numerator",
        "denominator",
        "status",
        "target",
        "target_illustrative",
    ),
    *("tolerance", "tolerance_illustrative", "rating", "rating_origin", "not_rated", "reason", "gap"),
    *("direction_previous", "direction_last_year", "comparator", "comparator_value", "comparator_period"),
    *("known_on", "known_on_assumed", "provenance", "source"),
    *real.COLUMNS,
)


def figures_csv(model: PaperModel) -> str:
    """Open data of a paper: one row per indicator and comparator (one row where there is none), UTF-8, line feeds."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, FIGURES_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for i in model.indicators:
        row = _figures_row(model, i)
        writer.writerows([{**row, **_compared(b)} for b in i.benchmarks] or [row])
    return buffer.getvalue()


def _figures_row(model: PaperModel, i: IndicatorModel) -> dict[str, object]:
    directions = {d.against: d.judgement for d in i.direction}
    return {
        "council": model.council.id,
        "committee": model.committee.id,
        "meeting_date": model.meeting_date,
        "as_at": model.as_at,
        "view": i.view,
        "number": i.number,
        "indicator": i.id,
        "title": i.title,
        "unit": i.unit,
        "polarity": i.polarity,
        "basis": i.basis,
        "period": i.period,
        "value": i.outturn.value,
        "published": i.outturn.published,
        "numerator": i.outturn.numerator,
        "denominator": i.outturn.denominator,
        "status": i.outturn.status,
        "target": i.target.words,
        "target_illustrative": _yes(i.target.illustrative),
        "tolerance": i.target.tolerance,
        "tolerance_illustrative": _yes(i.target.tolerance_illustrative),
        "rating": i.rating.word if i.rating.origin else "",
        "rating_origin": i.rating.origin,
        "not_rated": i.rating.not_rated,
        "reason": i.reason,
        "gap": i.rating.gap,
        "direction_previous": directions.get("previous_period"),
        "direction_last_year": directions.get("same_period_last_year"),
        "known_on": i.outturn.known_on,
        "known_on_assumed": _yes(i.outturn.known_on_assumed),
        "provenance": i.provenance,
        "source": i.source,
        **real.row(i),
    }


def _compared(b: BenchmarkModel) -> dict[str, object]:
    return {
        "comparator": b.name,
        "comparator_value": b.value,
        "comparator_period": b.period,
        **real.compared_row(b),
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"
