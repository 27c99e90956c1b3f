"""Which period a report is about, and with what it is compared: all from dim_period, nothing from the clock."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from reports.marts import Marts
from salesops.errors import UserError

KINDS = ("week", "month", "quarter", "half", "year")
STATES = ("open", "preliminary", "closed")
SUBJECTS = ("sales", "receivables", "pay")


@dataclass(frozen=True)
class Period:
    """A period with its comparisons of equal length; ends are exclusive."""

    kind: str
    label: str
    start: date
    end: date
    cutoff: date
    ytd_start: date
    prior_label: str | None
    prior_year_label: str | None
    prior_start: date | None
    prior_cutoff: date | None
    prior_year_start: date | None
    prior_year_cutoff: date | None
    state: str
    label_zh: str
    label_en: str
    prior_year_ytd_start: date | None = None
    states: dict[str, str] = field(default_factory=dict)
    closed_by: str = ""
    closed_at: datetime | None = None

    @property
    def last_day(self) -> date:
        """The last day that counts."""
        return self.cutoff - timedelta(days=1)

    @property
    def is_complete(self) -> bool:
        """Whether all its days are over."""
        return self.cutoff >= self.end

    def name(self, language: str) -> str:
        """The period as people write it."""
        return self.label_zh if language == "zh" else self.label_en


def resolve(
    marts: Marts, label: str | None, kind: str = "month", as_of: date | None = None, *, ahead: bool = False
) -> Period:
    """The period of that label, else the last one of `kind` whose days are over on `as_of` (the publication's).

    A report that looks `ahead` may name a period to come, and is else about the next one.
    """
    as_of = min(as_of, marts.as_of) if as_of else marts.as_of
    if label is not None:
        return _named(marts, label, ahead)
    chosen = (
        "period_start >= $after order by period_start"
        if ahead
        else "period_end <= $after and has_begun order by period_start desc"
    )
    sql = f"select * from dim_period where period_type = $kind and {chosen} limit 1"
    found = marts.row(sql, kind=kind, after=as_of + timedelta(days=1))
    if not found:
        raise UserError(f"no {kind} is over by {as_of}.", mend="Name a period with --period.")
    return _period(found)


def _named(marts: Marts, label: str, ahead: bool) -> Period:
    found = marts.row("select * from dim_period where period_label = $label", label=label)
    if not found:
        raise UserError(
            f"`{label}` is not a period of this publication.", where="--period", mend=_available(marts, label)
        )
    if not found["has_begun"] and not ahead:
        raise UserError(f"`{label}` begins after {marts.as_of}, the last day that counts.", where="--period")
    return _period(found)


def _available(marts: Marts, label: str) -> str:
    """First and last label of each kind, and the nearest ones."""
    from difflib import get_close_matches

    listed = marts.rows(
        "select period_type, min_by(period_label, period_start) as first, max_by(period_label, period_start) as last"
        " from dim_period where has_begun group by period_type order by min(total_days), period_type"
    )
    ranges = ", ".join(f"{row['first']} … {row['last']}" for row in listed)
    labels = [row["period_label"] for row in marts.rows("select period_label from dim_period where has_begun")]
    near = get_close_matches(label, labels, n=1)
    return f"{f'Did you mean `{near[0]}`? ' if near else ''}Available: {ranges}."


def _period(row: dict[str, Any]) -> Period:
    return Period(
        kind=row["period_type"],
        label=row["period_label"],
        start=row["period_start"],
        end=row["period_end"],
        cutoff=row["cutoff"],
        ytd_start=row["ytd_start"],
        prior_label=row["prior_label"],
        prior_year_label=row["prior_year_label"],
        prior_start=row["prior_start"],
        prior_cutoff=row["prior_cutoff"],
        prior_year_start=row["prior_year_start"],
        prior_year_cutoff=row["prior_year_cutoff"],
        state=row["period_state"],
        label_zh=row["period_label_zh"],
        label_en=row["period_label_en"],
        prior_year_ytd_start=row.get("prior_year_ytd_start"),
        states={one: row.get(f"{one}_state", row["period_state"]) for one in SUBJECTS},
    )
