"""What every rule states: an id, the days on which it is in force, who owns it, and when to look at it again."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


class Strict(BaseModel):
    """A part of a rule: unknown keys are errors, values do not change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Strict):
    """A text in both languages."""

    zh: str
    en: str


def _percent(value: Any) -> Decimal:
    text = str(value).strip()
    try:
        if text.endswith("%"):
            return Decimal(text[:-1].strip()) / 100
    except InvalidOperation:
        pass
    raise ValueError("write a percentage, as 5% or 0.5%")


Percent = Annotated[Decimal, BeforeValidator(_percent)]
"""`5%` in the file, Decimal('0.05') in the code."""


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


class Approval(Strict):
    """Who approved a rule, when, and where it is written."""

    by: str
    on: date
    document: str = ""


class Rule(Strict):
    """The head of every rule."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: Bilingual | None = None
    status: Literal["draft", "approved"] = "approved"
    approved: Approval | None = None
    effective: Effective
    owner: str = ""
    review_by: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether the rule is approved and holds on that day."""
        begun = self.status == "approved" and self.effective.from_ <= day
        return begun and (self.effective.until is None or day < self.effective.until)
