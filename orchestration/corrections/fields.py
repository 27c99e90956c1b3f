"""Which fields of a table a correction may touch, and which of them name a person or a customer."""

from typing import Literal

from expectations.contract import Contract, Field

Action = Literal["exclude", "reassign", "adjust"]
NUMBERS = {"amount", "quantity", "rate"}
LookUp = Literal["employees.name", "employees.name_en", "employees.email", "customers.name", "customers.name_en"]
"""Where a mapping may have a code looked up."""
AliasFile = Literal["corrections/people.csv", "corrections/customers.csv", "corrections/payers.csv"]


def action_on(contract: Contract, field: Field) -> Action | None:
    """What an override may do to the field: codes are reassigned, figures adjusted, keys left alone."""
    if field.name in contract.key:
        return None
    if field.kind in NUMBERS:
        return "adjust"
    return "reassign" if field.kind == "text" and field.name.endswith("_id") else None


def crosswalk(contract: Contract, field: Field) -> str | None:
    """Which crosswalk the codes in the field go through: employees, customers, or payers, who pay for customers."""
    if field.name.endswith("employee_id"):
        return "employees"
    if field.name.endswith("customer_id"):
        return "payers" if contract.name == "receipts" else "customers"
    return None


def dated_by(contract: Contract) -> str | None:
    """The day of a record, on which a dated correction must hold: its first required date."""
    return next((field.name for field in contract.fields if field.kind == "date" and field.required), None)
