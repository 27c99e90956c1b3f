"""How collection is measured: the headline rate, what counts as cash and when, and the ageing of receivables."""

from typing import Any, ClassVar, Literal

from pydantic import model_validator

from rulebook.notation import Percent
from rulebook.rule import Bilingual, Rule, Strict
from salesops.tables import Columns

Headline = Literal[
    "cash_over_billed",
    "balance_based",
    "cash_over_opening_ar",
    "due_in_period",
    "due_incl_overdue",
    "plan_attainment",
    "on_time",
    "contract_progress",
    "shipped_based",
]
BillCounts = Literal["at_receipt", "at_maturity"]


class Bills(Strict):
    """When acceptance bills count as cash."""

    bank: BillCounts = "at_receipt"
    commercial: BillCounts = "at_maturity"
    supply_chain: BillCounts = "at_maturity"


class Bucket(Strict):
    """Days overdue from `days_from` to `days_to`, both counted; the last bucket has no end."""

    name: str
    days_from: int
    days_to: int | None


class Overdue(Strict):
    """A band with its rate, as a reader sees it."""

    days: Bilingual
    provision: Percent


class Ageing(Strict):
    """Bands of days overdue by their lower edges, and the provision of each; the first is of what is not due."""

    shown_as: ClassVar[str] = "bands"

    edges: tuple[int, ...]
    provision: tuple[Percent, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> "Ageing":
        if not self.edges or self.edges[0] != 0 or list(self.edges) != sorted(set(self.edges)):
            raise ValueError("the edges must begin with 0 and rise")
        if len(self.provision) != len(self.edges) + 1:
            raise ValueError(
                f"{len(self.edges)} edges need {len(self.edges) + 1} provision rates (the first is `not due`), "
                f"and {len(self.provision)} are given"
            )
        return self

    @property
    def buckets(self) -> list[Bucket]:
        """The bands in order, `not_due` first, without gap or overlap."""
        bands = [Bucket(name="not_due", days_from=-999_999, days_to=0)]
        for low, high in zip(self.edges, self.edges[1:], strict=False):
            bands.append(Bucket(name=f"{low + 1}-{high}", days_from=low + 1, days_to=high))
        last = self.edges[-1]
        return [*bands, Bucket(name=f">{last}", days_from=last + 1, days_to=None)]

    @property
    def bands(self) -> list[Overdue]:
        """Each band with its rate."""
        return [
            Overdue.model_construct(days=_days(bucket), provision=rate)
            for bucket, rate in zip(self.buckets, self.provision, strict=True)
        ]


def _days(bucket: Bucket) -> Bilingual:
    if bucket.name == "not_due":
        return Bilingual(zh="未到期", en="not due")
    if bucket.days_to is None:
        return Bilingual(zh=f"{bucket.days_from} 天以上", en=f"{bucket.days_from} days or more")
    return Bilingual(zh=f"{bucket.days_from}–{bucket.days_to} 天", en=f"{bucket.days_from}–{bucket.days_to} days")


class Collection(Rule):
    """The collection policy; domain terms: M-20 variants, credit, application, advances, bills, ageing."""

    tables: ClassVar[dict[str, Columns]] = {
        "collection": {
            "headline": "text",
            "credit_to": "text",
            "apply_receipts": "text",
            "advances": "text",
            "bank_bills": "text",
            "commercial_bills": "text",
            "supply_chain_bills": "text",
        },
        "ageing_buckets": {
            "bucket": "text",
            "bucket_order": "integer",
            "days_from": "integer",
            "days_to": "integer",
            "provision_rate": "rate",
        },
    }

    headline: Headline = "plan_attainment"
    credit_to: Literal["owner_at_invoice", "owner_at_receipt"] = "owner_at_invoice"
    apply_receipts: Literal["as_stated_then_oldest_due"] = "as_stated_then_oldest_due"
    advances: Literal["when_applied", "at_receipt"] = "when_applied"
    bills: Bills = Bills()
    ageing: Ageing

    def decides_for(self) -> frozenset[str]:
        """The company has one policy at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The policy, and its buckets in order."""
        policy = self.model_dump(include={"headline", "credit_to", "apply_receipts", "advances"})
        bills = {f"{kind}_bills": counts for kind, counts in self.bills.model_dump().items()}
        return {"collection": [policy | bills], "ageing_buckets": self._buckets()}

    def _buckets(self) -> list[dict[str, Any]]:
        pairs = zip(self.ageing.buckets, self.ageing.provision, strict=True)
        return [
            {
                "bucket": bucket.name,
                "bucket_order": order,
                "days_from": bucket.days_from,
                "days_to": bucket.days_to,
                "provision_rate": rate,
            }
            for order, (bucket, rate) in enumerate(pairs)
        ]
