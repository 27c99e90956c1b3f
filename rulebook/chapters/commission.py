"""What sellers earn on what they sell: the basis, tiers, late cash, a cap, what is taken back, and how credit is split."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from rulebook.bands import Band, from_zero, with_ends
from rulebook.notation import Figure, Months, Percent
from rulebook.rule import Rule, Strict
from rulebook.whom import AUDIENCES, Whom
from salesops.tables import Columns

Money = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]
Receiver = Literal["owner_at_order", "owner_at_invoice", "owner_at_receipt", "opportunity_owner", "manager"]


class Pays(Strict):
    """What is paid on, and by which attainment the tier is found."""

    on: Literal["net_cash_collected", "net_booked", "net_invoiced", "margin"]
    tier_by: Literal["attainment_of_invoice_quarter", "attainment_of_cash_quarter"]


class Tier(Band):
    """The rate from an attainment on."""

    rate: Annotated[Percent, Field(ge=0, le=1)]


class Tiers(Strict):
    """`marginal`: each rate on the part within its band; `whole_period`: the last rate reached on everything."""

    kind: Literal["marginal", "whole_period"]
    bands: Annotated[tuple[Tier, ...], AfterValidator(from_zero)]


class LateCash(Band):
    """The share of the commission that is left of cash that came so many days late."""

    from_: Figure = Field(alias="days_overdue_from")
    factor: Annotated[Percent, Field(ge=0, le=2)]


class Cap(Strict):
    """The most that one person earns."""

    amount: Money
    per: Literal["month", "quarter", "year"]


class Clawback(Strict):
    """What takes commission back, and for how long after it was earned."""

    on: tuple[Literal["credit_note", "refund", "dishonoured_bill", "write_off"], ...] = Field(min_length=1)
    within: Months


class Share(Strict):
    """Who gets which share of the credit."""

    to: Receiver
    share: Annotated[Percent, Field(gt=0, le=1)]


class Commission(Rule):
    """A commission plan. `splits` add up to 100%; without them the owner at the invoice has all. `overlays` come on top."""

    tables: ClassVar[dict[str, Columns]] = {
        "commission_plans": {
            "pays_on": "text",
            "tier_by": "text",
            "tier_kind": "text",
            "cap_amount": "amount",
            "cap_per": "text",
            "clawback_months": "integer",
        },
        "commission_tiers": {
            "tier_order": "integer",
            "attainment_from": "rate",
            "attainment_to": "rate",
            "commission_rate": "rate",
        },
        "commission_late_cash": {"days_from": "integer", "days_to": "integer", "factor_rate": "rate"},
        "commission_clawbacks": {"cause": "text"},
        "commission_splits": {"credit_to": "text", "is_overlay": "boolean", "share_rate": "rate"},
        **AUDIENCES,
    }
    moves_money: ClassVar[bool] = True

    for_: Whom = Field(alias="for")
    pays: Pays
    tiers: Tiers
    late_cash: Annotated[tuple[LateCash, ...], AfterValidator(from_zero)] | None = None
    cap: Cap | None = None
    clawback: Clawback | None = None
    splits: tuple[Share, ...] = ()
    overlays: tuple[Share, ...] = ()

    @model_validator(mode="after")
    def _splits_add_up(self) -> "Commission":
        if self.splits and (total := sum((split.share for split in self.splits), Decimal(0))) != 1:
            raise ValueError(f"the splits add up to {(total * 100).normalize():f}%, not to 100%")
        return self

    def decides_for(self) -> frozenset[str]:
        """A role, or a person, has one plan at a time."""
        return self.for_.keys()

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The plan, its tiers, factors, causes of clawback and shares, and whom it is for."""
        return {
            "commission_plans": [self._plan()],
            "commission_tiers": [
                {"tier_order": order, "attainment_from": tier.from_, "attainment_to": end, "commission_rate": tier.rate}
                for order, tier, end in with_ends(self.tiers.bands)
            ],
            "commission_late_cash": [
                {"days_from": int(late.from_), "days_to": end and int(end), "factor_rate": late.factor}
                for _, late, end in with_ends(self.late_cash or ())
            ],
            "commission_clawbacks": [{"cause": cause} for cause in (self.clawback.on if self.clawback else ())],
            "commission_splits": self._shares(),
            **self.for_.rows("commission"),
        }

    def _shares(self) -> list[dict[str, Any]]:
        splits = [(share.to, share.share, False) for share in self.splits] or [("owner_at_invoice", Decimal(1), False)]
        overlays = [(share.to, share.share, True) for share in self.overlays]
        return [{"credit_to": to, "share_rate": share, "is_overlay": over} for to, share, over in splits + overlays]

    def _plan(self) -> dict[str, Any]:
        return {
            "pays_on": self.pays.on,
            "tier_by": self.pays.tier_by,
            "tier_kind": self.tiers.kind,
            "cap_amount": self.cap.amount if self.cap else None,
            "cap_per": self.cap.per if self.cap else None,
            "clawback_months": self.clawback.within if self.clawback else None,
        }
