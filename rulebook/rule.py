"""What every rule states: an id, the days on which it is in force, who owns it, and when to look at it again."""

from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from salesops.tables import Columns


class Strict(BaseModel):
    """A part of a rule: unknown keys are errors, values do not change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Strict):
    """A text in both languages."""

    zh: str
    en: str


class Effective(Strict):
    """The days on which a rule is in force; `to` is its last day, absent while it has no end."""

    from_: date = Field(alias="from")
    to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Effective":
        if self.to and self.to < self.from_:
            raise ValueError(f"the rule ends on {self.to}, before it begins on {self.from_}")
        return self

    @property
    def until(self) -> date | None:
        """First day on which the rule is no longer in force."""
        return self.to + timedelta(days=1) if self.to else None

    def overlaps(self, other: "Effective") -> bool:
        """Whether both are in force on some day."""
        latest_start = max(self.from_, other.from_)
        return all(one.until is None or latest_start < one.until for one in (self, other))


class Approval(Strict):
    """Who approved a rule, when, and where it is written."""

    by: str
    on: date
    document: str = ""


class Rule(Strict):
    """The head of every rule, and how a chapter becomes tables.

    `tables` gives table → column → type of what a chapter compiles to, without `rule_id`, `effective_from` and
    `effective_to`, which every row gets. A chapter that `moves_money` is in force only with an approval on paper.
    One that `has_default` is read from the shipped defaults where a workspace does not write it.
    """

    tables: ClassVar[dict[str, Columns]] = {}
    moves_money: ClassVar[bool] = False
    has_default: ClassVar[bool] = False

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: Bilingual | None = None
    status: Literal["draft", "approved"] = "approved"
    approved: Approval | None = None
    effective: Effective
    owner: str = ""
    review_by: date | None = None

    @model_validator(mode="after")
    def _approved_on_paper(self) -> "Rule":
        if self.moves_money and self.status == "approved" and not self.approved:
            raise ValueError("what moves money needs `approved: {by, on, document}`, or `status: draft`")
        return self

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Table → rows that the rule states, each by the columns of `tables`."""
        return {}

    def decides_for(self) -> frozenset[str]:
        """Those for whom only one rule of the chapter may be in force on a day; empty where rules stand side by side."""
        return frozenset()

    def is_in_force(self, day: date) -> bool:
        """Whether the rule is approved and holds on that day."""
        begun = self.status == "approved" and self.effective.from_ <= day
        return begun and (self.effective.until is None or day < self.effective.until)
