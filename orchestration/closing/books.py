"""Closing and reopening a month: what stands against it, and the act itself."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

from orchestration import locks, runs
from orchestration.closing.register import SUBJECTS, Act, in_force, read, record
from orchestration.workspace import Workspace
from reports.marts import Marts
from salesops.errors import UserError

RECENT = 20


class Books:
    """The register of a workspace beside its current publication."""

    def __init__(self, workspace: Workspace, marts: Marts) -> None:
        self.workspace, self.marts = workspace, marts
        self.acts = read(workspace.closings)
        self.closed = in_force(self.acts)

    def to_close(self, label: str, subject: str | None) -> tuple[str, ...]:
        """The subjects in which the month can be closed now; UserError says what stands against it."""
        month = self._month(label)
        self._check_publication(month)
        have = {row["subject"] for row in self.marts.rows("select distinct subject from mart_period_result")}
        done = {one.subject for one in self.closed if one.period_label == label}
        if subject and subject not in have:
            raise UserError(f"the publication has no figures of {subject}, so there is nothing to close.")
        asked = [one for one in SUBJECTS if one in have and one not in done and subject in (None, one)]
        if not asked:
            raise UserError(
                f"{label} is closed already.", mend=f"To close it anew, reopen it first: {_reopening(label)}"
            )
        for one in asked:
            self._check_order(one, month)
        return tuple(asked)

    def close(self, label: str, subjects: tuple[str, ...], by: str, at: datetime) -> None:
        """Freezes the month's figures as they are published, and records who closed it."""
        month = self._month(label)
        self._record([self._act("close", one, month, by, at, "") for one in subjects])

    def reopen(self, label: str, subject: str | None, by: str, reason: str, at: datetime) -> tuple[str, ...]:
        """Takes back the last closing of each subject; what it froze stays on record. Returns the subjects."""
        month = self._month(label)
        found = [one.subject for one in self.closed if one.period_label == label and subject in (None, one.subject)]
        if not found:
            raise UserError(f"{label} is not closed.", mend="`salesops status` shows which months are.")
        for one in found:
            if (last := self._last(one)) and last.period_label != label:
                raise UserError(
                    f"{last.period_label} has been closed after {label}, for {one}.",
                    mend=f"Reopen {last.period_label} first. A correction needs no reopening: it stands in the open month.",
                )
        self._record([self._act("reopen", one, month, by, at, reason) for one in found])
        return tuple(found)

    def _month(self, label: str) -> dict[str, Any]:
        sql = "select period_label, period_start, period_end from dim_period where period_type = 'month'"
        if month := self.marts.row(f"{sql} and has_begun and period_label = $label", label=label):
            return month
        raise UserError(
            f"`{label}` is no month of this publication.",
            where="--period",
            mend="Only months are closed, written as 2025-05; a quarter is closed when its months are.",
        )

    def _check_publication(self, month: dict[str, Any]) -> None:
        if "mart_period_result" not in self.marts.tables:
            raise UserError(
                "this publication is older than closings.", mend="Run `salesops run`, then close.", exit_code=1
            )
        last_day = month["period_end"] - timedelta(days=1)
        if self.marts.as_of < last_day:
            raise UserError(
                f"the publication counts up to {self.marts.as_of}, and {month['period_label']} ends on {last_day}.",
                mend=f"First `salesops run --as-of {last_day}`, or a later day.",
                exit_code=1,
            )
        usual = [run for run in runs.runs(self.workspace.state, last=RECENT) if not run.known_at]
        if usual and (usual[-1].status != "done" or usual[-1].snapshot != self.marts.snapshot):
            raise UserError(
                "the last run did not publish, so what is published is not what has been delivered.",
                mend="Mend what `salesops status` shows, then `salesops run`.",
                exit_code=1,
            )

    def _check_order(self, subject: str, month: dict[str, Any]) -> None:
        last = self._last(subject)
        if last and last.period_end != month["period_start"]:
            raise UserError(
                f"months are closed in order, and the last that is closed for {subject} is {last.period_label}.",
                mend=f"Close {last.next_label} next.",
            )

    def _last(self, subject: str) -> Act | None:
        of_subject = [one for one in self.closed if one.subject == subject]
        return of_subject[-1] if of_subject else None

    def _act(
        self, act: Literal["close", "reopen"], subject: str, month: dict[str, Any], by: str, at: datetime, reason: str
    ) -> Act:
        publication = self.marts.row("select * from publication")
        return Act(
            number=self.acts[-1].number + 1 if self.acts else 1,
            act=act,
            subject=subject,
            **month,
            next_label=_label_after(month["period_label"]),
            made_at=at,
            made_by=by,
            reason=reason,
            snapshot_id=publication["snapshot_id"],
            as_of=publication["as_of"],
            rulebook_version=publication["rulebook_version"],
        )

    def _record(self, acts: list[Act]) -> None:
        with locks.run_lock(self.workspace.state, runs.now()):
            record(self.workspace.closings, acts, self.workspace.published / self.marts.snapshot)


def _label_after(label: str) -> str:
    """2025-12 → 2026-01."""
    month = date.fromisoformat(f"{label}-01")
    return f"{month + timedelta(days=31):%Y-%m}"


def _reopening(label: str) -> str:
    return f"`salesops reopen --period {label} --reason TEXT --by NAME`."
