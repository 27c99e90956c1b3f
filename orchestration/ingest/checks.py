"""Why a row is kept out: the check, and those on the text of a cell."""

from dataclasses import dataclass

from expectations.contract import Contract
from expectations.contract import Field as ContractField
from orchestration.ingest import sql
from orchestration.ingest.text import DAMAGED, FORMULA_ERROR, ROUNDED_CODE, Marks

A_CURRENCY = "is not a currency code such as CNY or USD"
ROUNDED = "is a code that Excel has rounded"
AN_ERROR = "is an error of a formula"


@dataclass(frozen=True)
class Check:
    """A row is kept out where `fails` holds: which field, by which rule, and which cell said so."""

    field: str
    rule: str
    fails: str
    cell: str
    says: str
    column: str = ""

    @property
    def reason(self) -> str:
        """The sentence that a person reads, as SQL."""
        place = f" (column {self.column})" if self.column else ""
        found = f"""'"' || left({self.cell}, 80) || '" ' || """ if self.cell else ""
        return f"{sql.text(self.field + ': ')} || {found}{sql.text(self.says + place)}"


def text_checks(marks: Marks, contract: Contract, field: ContractField, cell: str, column: str) -> list[Check]:
    """What makes a text worthless; looked for only where the bytes of the file say that it is there."""
    checks = list[Check]()
    if marks.damaged:
        fails = f"regexp_matches({cell}, {sql.text(DAMAGED.pattern)})"
        checks.append(Check(field.name, "damaged_text", fails, cell, "is damaged text", column))
    if marks.formula_errors:
        fails = f"regexp_full_match({cell}, {sql.text(FORMULA_ERROR.pattern)})"
        checks.append(Check(field.name, "formula_error", fails, cell, AN_ERROR, column))
    if marks.rounded_codes and is_code(field, contract):
        fails = f"regexp_full_match({cell}, {sql.text(ROUNDED_CODE.pattern)})"
        checks.append(Check(field.name, "rounded_code", fails, cell, ROUNDED, column))
    if field.name == "currency" or field.name.endswith("_currency"):
        fails = f"{sql.among(cell, ['RMB', 'CNH'])} or not regexp_full_match({cell}, '[A-Z]{{3}}')"
        checks.append(Check(field.name, "currency", fails, cell, A_CURRENCY, column))
    return checks


def is_code(field: ContractField, contract: Contract) -> bool:
    """Whether the field holds a code, which is no number however many digits it has."""
    return field.kind == "text" and (field.name in contract.key or field.name.endswith(("_id", "_number", "_code")))
