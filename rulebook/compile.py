"""The rulebook as tables: one Parquet file each, that the models join by business date."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rulebook.book import Rulebook, load, version
from rulebook.calendar import Holidays
from rulebook.collection import Collection
from rulebook.rule import Rule
from rulebook.sales_basis import SalesBasis

if TYPE_CHECKING:
    import pyarrow as pa

DATED = {"rule_id": "string", "effective_from": "date", "effective_to": "date"}
TABLES: dict[str, dict[str, str]] = {
    "rules": {
        "chapter": "string",
        **DATED,
        "name_zh": "string",
        "name_en": "string",
        "owner": "string",
        "review_by": "date",
        "status": "string",
        "version": "string",
    },
    "sales_basis": {**DATED, "basis": "string"},
    "collection": {
        **DATED,
        "headline": "string",
        "credit_to": "string",
        "apply_receipts": "string",
        "advances": "string",
        "bank_bills": "string",
        "commercial_bills": "string",
        "supply_chain_bills": "string",
    },
    "ageing_buckets": {
        **DATED,
        "bucket": "string",
        "bucket_order": "integer",
        "days_from": "integer",
        "days_to": "integer",
        "provision_rate": "rate",
    },
    "holidays": {"day": "date", "is_workday": "boolean", "name_zh": "string", "name_en": "string"},
}
"""Table → column → type. `effective_to` is the first day on which the rule is no longer in force."""


def compile_rules(folder: Path, out: Path) -> None:
    """Write every table of the rulebook in `folder` to `out/<table>.parquet`; drafts are listed but not in force."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out.mkdir(parents=True, exist_ok=True)
    for table, rows in _tables(load(folder), version(folder)).items():
        columns = TABLES[table]
        schema = pa.schema([(name, _arrow_type(kind)) for name, kind in columns.items()])
        data = pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows], schema=schema)
        part = out / f"{table}.parquet.tmp"
        pq.write_table(data, part)
        part.replace(out / f"{table}.parquet")


def _arrow_type(kind: str) -> "pa.DataType":
    import pyarrow as pa

    types = {"string": pa.string(), "date": pa.date32(), "integer": pa.int32(), "boolean": pa.bool_()}
    return types.get(kind) or pa.decimal128(9, 6)


def _tables(book: Rulebook, content: str) -> dict[str, list[tuple[Any, ...]]]:
    return {
        "rules": [_register(chapter, rule, content) for chapter, rules in book.chapters.items() for rule in rules],
        "sales_basis": [(*_dated(rule), rule.basis) for rule in _in_force(book.of(SalesBasis))],
        "collection": [_collection(rule) for rule in _in_force(book.of(Collection))],
        "ageing_buckets": [row for rule in _in_force(book.of(Collection)) for row in _buckets(rule)],
        "holidays": sorted({row for rule in _in_force(book.of(Holidays)) for row in _days(rule)}),
    }


def _in_force(rules: Iterable[Any]) -> list[Any]:
    return [rule for rule in rules if rule.status == "approved"]


def _dated(rule: Rule) -> tuple[Any, ...]:
    return rule.id, rule.effective.from_, rule.effective.until


def _register(chapter: str, rule: Rule, content: str) -> tuple[Any, ...]:
    names = (rule.name.zh, rule.name.en) if rule.name else (rule.id, rule.id)
    return chapter, *_dated(rule), *names, rule.owner, rule.review_by, rule.status, content


def _collection(rule: Collection) -> tuple[Any, ...]:
    bills = (rule.bills.bank, rule.bills.commercial, rule.bills.supply_chain)
    return *_dated(rule), rule.headline, rule.credit_to, rule.apply_receipts, rule.advances, *bills


def _buckets(rule: Collection) -> list[tuple[Any, ...]]:
    pairs = zip(rule.ageing.buckets, rule.ageing.provision, strict=True)
    return [(*_dated(rule), b.name, n, b.days_from, b.days_to, share) for n, (b, share) in enumerate(pairs)]


def _days(rule: Holidays) -> list[tuple[Any, ...]]:
    off = [(day, False, holiday.name.zh, holiday.name.en) for holiday in rule.holidays for day in holiday.days()]
    return off + [(day, True, "调休上班", "make-up work day") for day in rule.work_days]
