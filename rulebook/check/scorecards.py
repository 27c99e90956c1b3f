"""Scorecards judge fairly: by known metrics, by what people do as well as by what comes of it, and by enough cases."""

from collections.abc import Iterator
from itertools import pairwise

from rulebook.chapters.bonus import Bonus
from rulebook.chapters.contests import Contest
from rulebook.chapters.metrics import Metrics
from rulebook.chapters.rewards import Rewards
from rulebook.chapters.scorecards import Scorecard
from rulebook.check.finding import Check, Finding, Written
from rulebook.metric import METRICS
from salesops.errors import UserError

HEAVY = 50


def unlisted_metric(book: Written) -> Iterator[Finding]:
    """A KPI, bonus or contest names a metric that the company's own chapter `metrics` leaves out."""
    listed = {measure.metric for _, rule in book.of(Metrics) for measure in rule.metrics}
    named = [
        *((one, kpi.metric, ("kpis", i)) for one, rule in book.of(Scorecard) for i, kpi in enumerate(rule.kpis)),
        *((one, rule.metric, ("metric",)) for one, rule in book.of(Bonus)),
        *((one, rule.metric, ("metric",)) for one, rule in book.of(Contest)),
    ]
    for one, metric, at in named if listed else ():
        if metric and metric not in listed:
            what = f"the chapter `metrics` does not list {metric}."
            mend = "List it there, with how many cases it needs."
            yield Finding("warning", one.rule.id, UserError(what, where=one.where(*at), mend=mend))


def outcomes_only(book: Written) -> Iterator[Finding]:
    """Nothing that people do themselves is in a scorecard."""
    for one, rule in book.of(Scorecard):
        kinds = {METRICS[kpi.metric].kind for kpi in rule.kpis if kpi.metric}
        if kinds == {"outcome"}:
            what = "all KPIs are outcomes: none is of what people do themselves."
            mend = "Add a process metric, as visit_coverage_rate."
            yield Finding("hint", rule.id, UserError(what, where=one.where("kpis"), mend=mend))


def heavy_kpi(book: Written) -> Iterator[Finding]:
    """One KPI decides alone."""
    for one, rule in book.of(Scorecard):
        for number, kpi in enumerate(rule.kpis):
            if kpi.weight > HEAVY:
                what = f"{kpi.metric or kpi.form} weighs {kpi.weight:f} of 100: it decides almost alone."
                mend = "Spread the weights, unless that is meant."
                yield Finding("hint", rule.id, UserError(what, where=one.where("kpis", number), mend=mend))


def falling_coefficient(book: Written) -> Iterator[Finding]:
    """A higher score brings less."""
    for one, rule in book.of(Scorecard):
        for number, (lower, higher) in enumerate(pairwise(rule.grades), start=1):
            if higher.coefficient < lower.coefficient:
                what = f"grade {higher.grade} has a lower coefficient than {lower.grade}, which needs a lower score."
                error = UserError(what, where=one.where("grades", number), mend="Let coefficients rise with the score.")
                yield Finding("warning", rule.id, error)


def unknown_grade(book: Written) -> Iterator[Finding]:
    """A consequence follows from a grade that no scorecard gives."""
    given = {grade.grade for _, rule in book.of(Scorecard) for grade in rule.grades}
    for one, rule in book.of(Rewards):
        for number, streak in enumerate(rule.streaks):
            for grade in streak.grades:
                if given and grade not in given:
                    what = f"no scorecard gives the grade {grade}."
                    mend = f"Grades are {', '.join(sorted(given))}."
                    yield Finding("warning", rule.id, UserError(what, where=one.where("streaks", number), mend=mend))


CHECKS: tuple[Check, ...] = (unlisted_metric, outcomes_only, heavy_kpi, falling_coefficient, unknown_grade)
