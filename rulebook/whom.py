"""For whom a rule holds: roles, or single people, who then follow no rule of their role."""

from typing import Any

from pydantic import model_validator

from rulebook.rule import Strict
from salesops.tables import Columns

AUDIENCES: dict[str, Columns] = {"audiences": {"chapter": "text", "role": "text", "employee_id": "text"}}


class Whom(Strict):
    """People by their role, or by their code."""

    roles: tuple[str, ...] = ()
    employees: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _somebody(self) -> "Whom":
        if not self.roles and not self.employees:
            raise ValueError("write for whom the rule is: `roles`, `employees`, or both")
        return self

    def keys(self) -> frozenset[str]:
        """Those for whom only one rule can decide."""
        return frozenset({f"role {role}" for role in self.roles} | {f"employee {code}" for code in self.employees})

    def rows(self, chapter: str) -> dict[str, list[dict[str, Any]]]:
        """One row for each role and each employee."""
        roles = [{"chapter": chapter, "role": role} for role in self.roles]
        return {"audiences": [*roles, *({"chapter": chapter, "employee_id": code} for code in self.employees)]}
