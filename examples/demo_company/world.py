"""Everything that the generator knows about the demo company, and the days on which exports were taken."""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
import pandas as pd

from examples.demo_company import catalogue, company, market, plans, receivables, sales
from examples.demo_company.company import Company
from examples.demo_company.market import Market
from examples.demo_company.receivables import Books
from examples.demo_company.sales import Sales

FIRST_DAY = date(2023, 1, 1)


@dataclass(frozen=True)
class World:
    """The demo company on its as-of day."""

    as_of: date
    company: Company
    customers: pd.DataFrame
    products: pd.DataFrame
    sales: Sales
    books: Books
    targets: pd.DataFrame
    market: Market

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection that sees the large tables by name."""
        connection = duckdb.connect(config={"threads": 2})
        connection.execute("set enable_progress_bar = false")
        frames = {
            "orders": self.sales.orders, "lines": self.sales.lines, "customers": self.customers,
            "products": self.products, "sellers": self.company.sellers, "invoices": self.books.invoices, "items": self.books.items,
            "settlements": self.books.settlements, "receipts": self.books.receipts, "credit_notes": self.books.credit_notes,
        }  # fmt: skip
        for name, frame in frames.items():
            connection.register(name, frame.assign(row=np.arange(len(frame))))
        return connection

    def month_end(self, months_back: int) -> date:
        """Last day of the month that lies `months_back` before the month of the as-of day."""
        month = np.datetime64(self.as_of, "M") - months_back + 1
        return month.astype("M8[D]").item() - timedelta(days=1)

    def nights(self, count: int) -> list[date]:
        """The last `count` days up to the as-of day."""
        return [self.as_of - timedelta(days=n) for n in reversed(range(count))]


def make(seed: int, scale: int, as_of: date) -> World:
    """The company of that seed: the same arguments give the same world."""
    rng = np.random.default_rng(seed)
    staff = company.make(rng)
    products = catalogue.products()
    customers = catalogue.customers(rng, staff, as_of)
    sold = sales.make(rng, staff, customers, products, as_of, scale)
    books = receivables.make(rng, staff, customers, sold, as_of)
    targets = plans.make(rng, staff, sold, books, products, as_of)
    half_year = int(books.invoices["net_cents"].sum() // 8)
    side = market.make(rng, staff, customers, as_of, half_year)
    return World(as_of, staff, customers, products, sold, books, targets, side)
