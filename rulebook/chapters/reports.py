"""Who reads which report, when, and in which form."""

from typing import Literal

from pydantic import Field, model_validator

from rulebook.notation import WorkdayTime
from rulebook.rule import Rule, Strict


class Final(Strict):
    """The final report goes when its period is closed; at the latest then, marked as not closed."""

    after: Literal["close"] = "close"
    latest: WorkdayTime


class Send(Strict):
    """When a report goes out, in the company's calendar; what has not changed since is not sent again."""

    preliminary: WorkdayTime = "workday 2 18:00"
    final: Final | None = None


class Readers(Strict):
    """Readers of a report: every unit's manager for the own subtree, or one address for one scope."""

    managers_of: Literal["every_unit"] | None = None
    mail: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    scope: str = "own_subtree"
    language: Literal["zh", "en"] | None = None
    formats: tuple[Literal["email", "pdf", "xlsx"], ...] = ("email", "pdf")

    @model_validator(mode="after")
    def _one_kind(self) -> "Readers":
        if (self.managers_of is None) == (self.mail is None):
            raise ValueError("write either `managers_of: every_unit` or `mail: NAME@COMPANY`")
        if self.mail and self.scope == "own_subtree":
            raise ValueError("an address needs a scope: `company`, or the code of a unit")
        return self


class IfHeld(Strict):
    """Who hears what when the last run failed, so that the report waits."""

    readers: Literal["short_note", "nothing"] = "short_note"
    data_owner: Literal["reasons", "nothing"] = "reasons"


class ReportRule(Rule):
    """One report and its readers."""

    report: Literal["performance", "market_analysis", "pipeline", "target_setting", "quarter_review"]
    period: Literal["week", "month", "quarter", "year"] = "month"
    send: Send = Send()
    if_held: IfHeld = IfHeld()
    to: tuple[Readers, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _weeks_stay_preliminary(self) -> "ReportRule":
        if self.period == "week" and self.send.final:
            raise ValueError("a week is never closed: leave out `final`")
        return self
