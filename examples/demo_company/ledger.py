"""The general ledger's control figures: they agree with the books, but for one invoice that the ledger lacks."""

from typing import Any

import pandas as pd

from examples.demo_company.answers import Answers
from examples.demo_company.truth import money
from examples.demo_company.world import World


def missing_invoice(world: World) -> pd.Series:
    """The invoice of the last days that the ledger has not posted: the largest that nothing has settled yet."""
    invoices = world.books.invoices
    settled = world.books.items["invoice"].to_numpy()[world.books.settlements["item"]]
    fresh = invoices[
        (invoices["invoiced_on"] > pd.Timestamp(world.as_of.replace(day=1))) & ~invoices.index.isin(settled)
    ]
    late = fresh[fresh["invoiced_on"] >= fresh["invoiced_on"].max() - pd.Timedelta(days=4)]
    return late.sort_values(["gross_cents", "invoice_id"]).iloc[-1]


def control_figures(world: World, answers: Answers) -> dict[str, dict[str, int]]:
    """Month → figure → fen, with tax."""
    lacking = int(missing_invoice(world)["gross_cents"])
    last = answers.months[-1]
    figures = {}
    for month in answers.months:
        closing = int(answers.balances.loc[answers.balances["month"] == month, "closing_receivable_amount"].sum())
        billed = answers.total("invoiced_gross_amount", [month]) - answers.total("credit_note_amount", [month])
        off = lacking if month == last else 0
        figures[month] = {
            "receivable": closing - off,
            "billed": billed - off,
            "cash": answers.total("received_amount", [month]),
        }
    return figures


def difference(world: World, answers: Answers) -> dict[str, Any]:
    """The planted difference and the document behind it."""
    invoice = missing_invoice(world)
    amount = money(invoice["gross_cents"])
    return {
        "period_label": answers.months[-1],
        "figures": ["receivable", "billed"],
        "amount": amount,
        "invoice_id": invoice["invoice_id"],
    }
