"""The five papers with their faults, as they were published: what the checks have to find.

Only what holds a fault is here. Register, glossary, arrangement and indicators are the project's own.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from scrutiny.paper.build import Inputs
from scrutiny.paper.lint.draft import Draft
from scrutiny.paper.model import PaperModel
from scrutiny.paper.proofreading import filled
from tests.lint.building import ROOT, front, section, table, words

NO_IMPLICATIONS = "No specific implications from this report."
FOR_THIS = "No specific implications for this report"


@cache
def inputs(council: str, date: str) -> Inputs:
    return Inputs(ROOT, council, date)


@cache
def ours(council: str, date: str) -> PaperModel:
    return filled(inputs(council, date))


def _draft(model: PaperModel, council: str, date: str, previous: PaperModel | None = None) -> Draft:
    read = inputs(council, date)
    return Draft(
        model,
        name=f"reports/{council}/{date}",
        people=read.people,
        council=read.folder.council.as_at(read.day),
        committee=read.committee,
        glossary=words(council),
        previous=previous,
        views=tuple(view.period for view in read.settings.views.values()),
    )


def _merton_october() -> PaperModel:
    sections = [
        section(
            "purpose",
            "PURPOSE OF REPORT AND EXECUTIVE SUMMARY",
            "1.1 | The report provides members of the panel with performance information to the end of September 2018 "
            "along with quarterly performance measures where available.",
            number="1",
        ),
        section(
            "details",
            "DETAILS",
            "2.1 | **Performance Highlights**",
            "- 2.2 Work continues with re-establishing performance reporting following implementation of Mosaic. The "
            "areas in which we are currently unable to report performance remain as last month which are highlighted "
            "within the report and summarised below:",
            "- 1: Common and Shared Assessments this indicator is not currently captured within Mosaic and has a "
            "revised approach for which new performance measurement processes need to be established.",
            "- 6: Number of family groups subject to child protection plans this is not currently captured within "
            "Mosaic, but is due to be incorporated early in 2019 with the introduction of group working upgrades "
            "within the system. At this point, reports will be developed to enable reporting through Mosaic.",
            "- 8: Quorate attendance at child protection conferences again, this is not able to be reported through "
            "Mosaic, but records within the service area enable its reporting.",
            "2.3 | Performance indicators currently presenting a challenge are:",
            "- % of Single Assessments authorised within the statutory 45 days performance continues to improve, but "
            "is still short of target. Issues around sign off of",
            "worksteps within Mosaic are being explored which is anticipated to improve performance.",
            "# Challenges, over the page",
            "Performance indicators currently presenting a challenge are:",
            "- Percentage of reviews completed within timescale for Children with Child Protection Plans – this shows "
            "that 12 have not been authorised within the appropriate timescales so these are being investigated to "
            "determine if this is a recording issue.",
            "2.4 | Performance indicators currently performing particularly well are:",
            '- 91% of schools Ofsted inspections rated as "Good" or "Outstanding"',
            "2.5 | Following changes agreed at the last some data has been added for new performance measures.",
            number="2",
        ),
        section("financial", "FINANCIAL IMPLICATIONS", f"3.1 | {NO_IMPLICATIONS}", number="3"),
        section("legal", "LEGAL AND STATUTORY IMPLICATIONS", f"4.1 | {NO_IMPLICATIONS}", number="4"),
        section(
            "human-rights", "HUMAN RIGHTS", "5.1 | No specific implications from this report", number="5"
        ),
    ]
    sheet = front(
        Lead_member="Cllr Kelly Braund, Cabinet Member for Children Services\n"
        "Cllr Caroline Cooper-Marbiah, Cabinet Member for Education",
        Contact_officer="Mark Gwynne, Interim Head of Policy, Planning and Performance",
        Lead_officer="Rachael Wardell, Director of Children, Schools and Families Department",
    )
    base = ours("merton", "2018-11-07")
    return base.model_copy(update={"sections": sections, "front_sheet": sheet})


def merton_october() -> Draft:
    """Merton, 7 November 2018."""
    return _draft(_merton_october(), "merton", "2018-11-07")


def merton_december(reporting_period: str = "2018-12") -> Draft:
    """Merton, 13 February 2019; the paper says both November and December."""
    sections = [
        section(
            "purpose",
            "PURPOSE OF REPORT AND EXECUTIVE SUMMARY",
            "The report provides members of the panel with performance information to the end of November 2018 along "
            "with quarterly performance measures where available.",
            "-",
            number="1",
        ),
        section(
            "details",
            "DETAILS",
            "2.1. | Work continues with re-establishing performance reporting following implementation of Mosaic. As "
            "such we have refreshed the figures accordingly. The areas that demonstrate change due to a recalibration "
            "include",
            "- Assessments, where we have been under-reporting the timeliness of assessments. We reported 82% for "
            "November 2018, after a recalibration we can see that the assessments completed on time has been steadily "
            "rising, and we are now reporting 86% in time. Whilst not yet at our target it is steadily moving in the "
            "right direction.",
            "- 'NEET' data, we have amended accordingly. Please note we do not have a target for young people who are "
            "'NEET' in Merton. We strive to ensure all young people have suitable education or training. As such the "
            "'target' has been removed.",
            "- Nos17 and 18: We have reviewed how we collate data as the system is not reporting accurately.",
            "2.2. | Performance indicators where the service is currently under-performing are:",
            "- No.11. The percentage of children that became subject to a child protection plan for the second or "
            "subsequent time is now above the national average and significantly above the London average and the "
            "Merton acceptable range of variation. Given the monthly increase, the head of QA is undertaking a case "
            "review to better understand the underlying issues.",
            "- No 3: Whilst we have a target of 55% for completion of ECHP in time, we were performing at a better "
            "rate in previous months, but have dipped over December. The primary reason for this is that therapists "
            "are commissioned on term time contracts, as such there is delay in the collation of assessments to "
            "formulate the EHC plans.",
            "2.3. | Movement from November 2018:",
            "- Our timeliness to ICPC has improved and we are now performing at the Merton target level and above "
            "national and London averages",
            "2.5. | There are a range of performance indicators where we are currently performing particularly well, "
            "but of significant note are:",
            "- No. 9. After a dip in performance over September to November we are reporting 98% of child protection "
            "reviews completed on time",
            "2.6. | One area which remains a challenge to report on is:",
            "- No 6: Number of family groups subject to child protection plans – this is not currently captured "
            "within Mosaic, but is due to be incorporated early in 2019 with the introduction of group working "
            "upgrades within the system. At this point, reports will be developed to enable reporting through Mosaic.",
            number="2",
        ),
        section("alternative-options", "ALTERNATIVE OPTIONS", f"3.5. | {FOR_THIS}", number="3"),
        section("consultation", "CONSULTATION UNDERTAKEN OR PROPOSED", f"4.5. | {FOR_THIS}", number="4"),
        section("appendices", "APPENDICES", "- Appendix 1: Performance report", number="11"),
    ]
    sheet = front(
        Committee="Children and Young People Overview and Scrutiny",
        Lead_officer="Rachael Wardell, Director of Children Schools and Families",
        Contact_officer="Sharon Buckby, Interim Head of Service for Policy and Planning",
    )
    base = ours("merton", "2019-02-13")
    model = base.model_copy(
        update={"sections": sections, "front_sheet": sheet, "reporting_period": reporting_period}
    )
    return _draft(model, "merton", "2019-02-13", _merton_october())


def bromley() -> Draft:
    """Bromley, 18 July 2018."""
    sections = [
        section(
            "reason-for-report",
            "Reason for report",
            "1. | To provide the Sub-Committee with a regular update on the performance of services for children. The "
            "performance index provided in appendix one is as at the end of May 2018.",
            number="1.",
        ),
        section("financial", "Financial", "> Cost of proposal: No Cost", "> Source of funding:"),
        section(
            "customer-impact",
            "Customer Impact",
            "> Estimated number of users/beneficiaries (current and projected):",
        ),
        section("ward-councillor-views", "Ward Councillor Views", "> Summary of Ward Councillors comments:"),
        section(
            "commentary",
            "COMMENTARY",
            "3.1 | The specific responsibilities of the Education, Children and Families Select Committee and its "
            "Budget and Performance Sub-Committee were identified.",
            "3.2 | The accompanying report recommended that Sub-Committee should receive a regular update.",
            "3.3 | The Sub-Committee agreed to receive four performance reports a year. It was agreed that the "
            "quarterly reports would provide management commentary.",
            "3.4 | Directors have provided number and percentage outturns in order to allow the Scrutiny Committee to "
            "gain a sense of scale and relativity.",
            "3.5 | **MANAGEMENT COMMENTARY ON EXCEPTION – Index indicators performing below expectation.**",
            "3.6 | As at the end of May 2018, the following Children's Scrutiny Dataset key performance indicators "
            "were performing below expectation.",
            "## Indicator 16: % of reviews completed within timescale for Children subject of a Child Protection Plan",
            "3.7 | As the end of May 2018, 94% of Child Protection reviews were completed in a timely way; performance "
            "is above the national comparator of 92%, but below the London average of 96%. The late reviews were in "
            "relation to two sibling groups, where inordinate is an issue attendance of relevant agencies is "
            "escalated.",
            number="3.",
        ),
    ]
    sheet = front(
        Decision_Maker="Education Children and Families Budget and Performance Sub-Committee",
        Contact_Officer="Naheed Chaudhry, Assistant Director Strategy, Performance and Business Support",
    )
    base = ours("bromley", "2018-07-18")
    return _draft(
        base.model_copy(update={"sections": sections, "front_sheet": sheet}), "bromley", "2018-07-18"
    )


def central_bedfordshire() -> Draft:
    """Central Bedfordshire, 11 December 2012."""
    sections = [
        section(
            "corporate-implications",
            "CORPORATE IMPLICATIONS",
            "# Legal:",
            "Not applicable.",
            "# Equalities/Human Rights:",
            "The interrogation of performance data across vulnerable groups is a legal requirement and is an integral "
            "part of the Council's equalities and performance culture.",
        ),
        section(
            "performance-summary",
            "Quarter 2 Performance Summary",
            "The new Information System (Frameworkki) for monitoring the council's performance was installed at the "
            "end of the 2011/12 financial year.",
            "Performance in relation to three of the four safeguarding indicators has been good in Quarter 2, each "
            "remaining on target at quarter end.",
            "Although the percentage of initial assessments completed in 10 days is showing a dip in performance this "
            "quarter it is anticipated that the end of year target of 85% will be achieved. Frameworki will allow "
            "greater clarity.",
            "Overall the proportion of schools being classified as good or outstanding has remained stable over the "
            "last three years. In quarter two published inspection outcomes show that 76% of schools and colleges are "
            "either good or outstanding.",
        ),
    ]
    base = ours("central-bedfordshire", "2012-12-11")
    model = base.model_copy(update={"sections": sections, "title": "Quarter 2 Performance Report"})
    return _draft(model, "central-bedfordshire", "2012-12-11")


def windsor() -> Draft:
    """Windsor and Maidenhead, 26 September 2018."""
    sent = table(
        "Consultees",
        ["Name of consultee", "Post held", "Date sent", "Date returned"],
        ["Cllr M Airey", "Deputy Lead Member for Performance Management", "", ""],
        ["Kevin McDaniel", "Director of Children's Services", "12/9/18", "13/9/18"],
        ["Hilary Hall", "Deputy Director of Commissioning and Strategy", "12/9/18", ""],
    )
    options = table(
        "abic of options arising from this report",
        ["Option", "Comments"],
        ["Endorse", "Evolving the framework"],
    )
    sections = [
        section(
            "reasons",
            "REASON(S) FOR RECOMMENDATION(S)",
            "2.1 | In November 2017 Cabinet approved 25 key measures with six strategic priorities over the plan "
            "period 2017-21:",
            "- Healthy, skilled and independent residents",
            "- Safe and vibrant communities.",
            "- Growing economy, affordable housing.",
            "- Attractive and well-connected borough.",
            "- Well-managed resources delivering value for money.",
            "- An excellent customer experience.",
            table("Q1 Performance 2018/19", ["Measure"], ["1.1.1. Percentage uptake of MMR2 vaccination"]),
            "2.2 | In 2018/19 measures 1.2.2, 1,3,2, 1.3.3, 1.3.4 and 1.3.5 will not be reported on in the quarterly "
            "performance reports (see table 2 for more detail of these measures). Measures 1.3.2 1.3.5 relate to Free "
            "School Meal attainment and only have annual data.",
            "2.3 | Performance of 2.1.1 has improved from Amber to Green.",
            "2.3 | Performance for all measures, including commentary for those off target, is detailed in appendix B.",
            options,
            number="2.",
        ),
        section(
            "consultation",
            "CONSULTATION",
            "8.1 | Comments from the Children's Services Overview and Scrutiny Panel will be reported to Lead Members.",
            number="8.",
        ),
        section(
            "timetable",
            "TIMETABLE FOR IMPLEMENTATION",
            "The full implementation stages are set out in table 6.",
            number="9.",
        ),
        section("consultees", "CONSULTATION (MANDATORY)", sent, number="12."),
    ]
    base = ours("windsor-and-maidenhead", "2018-09-26")
    sheet = front(Responsible_Officers="Kevin McDaniel, Director of Children's Services")
    model = base.model_copy(update={"sections": sections, "front_sheet": sheet})
    made = _draft(model, "windsor-and-maidenhead", "2018-09-26")
    return replace(made, revised=frozenset({"2.1.1"}))
