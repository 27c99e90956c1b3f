"""A company's workspace: its folders and settings. The only code that reads salesops.yml."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from salesops.errors import UserError
from salesops.secrets import Secret
from salesops.yamlfile import parse

SETTINGS_FILE = "salesops.yml"


class Strict(BaseModel):
    """A part of a settings file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Strict):
    """A text in both languages."""

    zh: str
    en: str


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"`{name}` is not a time zone; write one like Asia/Shanghai or Europe/Berlin") from None
    return name


class Company(Strict):
    """Who the company is, and how it writes money, time and language."""

    name: Bilingual
    language: Literal["zh", "en"] = "zh"
    currency: str = Field(default="CNY", pattern="^[A-Z]{3}$")
    show_money_in: Bilingual = Bilingual(zh="万元", en="thousand")
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"


class Calendar(Strict):
    """How the company cuts its years, months and weeks."""

    year_starts: str = Field(default="01-01", pattern=r"^(0[1-9]|1[0-2])-01$")
    year_named_by: Literal["start", "end"] = "start"
    month_ends_on: Literal["last"] | Annotated[int, Field(ge=1, le=28)] = "last"
    week_starts: Literal["monday", "sunday"] = "monday"

    @property
    def year_start_month(self) -> int:
        """The month with which the business year begins."""
        return int(self.year_starts[:2])

    @property
    def month_end_day(self) -> int:
        """The last day of a month; 31 for the calendar's."""
        return 31 if self.month_ends_on == "last" else self.month_ends_on


class Publish(Strict):
    """Where audited marts go."""

    files: Literal[True] = True
    postgres: Secret | None = None


class Mail(Strict):
    """How mails leave; `pilot`: all of them to `pilot_to`, `live`: to the readers. Without `smtp` they stay in outbox/."""

    mode: Literal["pilot", "live"] = "pilot"
    pilot_to: tuple[str, ...] = ()
    sender: str = Field(default="salesops <salesops@example.com>", alias="from")
    reply_to: str | None = None
    smtp: Secret | None = None
    per_minute: int = Field(default=30, ge=1)
    allow_domains: tuple[str, ...] = ()


class Settings(Strict):
    """salesops.yml."""

    company: Company
    calendar: Calendar = Calendar()
    landing: str = "landing/"
    warehouse: Literal["duckdb"] = "duckdb"
    publish: Publish = Publish()
    mail: Mail = Mail()
    nightly: str = Field(default="03:30", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


@dataclass(frozen=True)
class Workspace:
    """The folders of a workspace, every one an absolute path, and its settings."""

    root: Path
    settings: Settings

    @classmethod
    def open(cls, path: Path | None = None) -> "Workspace":
        """The workspace at `path`, else $SALESOPS_WORKSPACE, else the current folder; UserError where there is none."""
        root = Path(path or os.environ.get("SALESOPS_WORKSPACE") or Path.cwd()).expanduser().resolve()
        if not (root / SETTINGS_FILE).is_file():
            raise UserError(
                f"this folder is no workspace: it has no {SETTINGS_FILE}.",
                where=str(root),
                mend="Name one with --workspace, or make one with `salesops init PATH`.",
            )
        return cls(root, parse(root / SETTINGS_FILE, Settings))

    @cached_property
    def landing(self) -> Path:
        """Where exports arrive: the folder, or the copy of a remote one."""
        if self.remote_landing:
            return self.fetched / "_landing"
        return (self.root / Path(os.environ.get("SALESOPS_LANDING") or self.settings.landing).expanduser()).resolve()

    @property
    def remote_landing(self) -> str | None:
        """The address of the landing folder, if that lies on a server."""
        place = os.environ.get("SALESOPS_LANDING") or self.settings.landing
        return place if "://" in place or place.startswith("$") else None

    @property
    def sources(self) -> Path:
        """The mappings."""
        return self.root / "sources"

    @property
    def rulebook(self) -> Path:
        """The rules."""
        return self.root / "rulebook"

    @property
    def corrections(self) -> Path:
        """What people decided about single names and records."""
        return self.root / "corrections"

    @property
    def models(self) -> Path:
        """The company's own models."""
        return self.root / "models"

    @property
    def lake(self) -> Path:
        """Typed, immutable batches, the compiled rulebook, and the accounts of the loads."""
        return self.root / "lake"

    @property
    def closings(self) -> Path:
        """Who closed which month, and its figures as they were then; never rebuilt from anything else."""
        return self.lake / "closings"

    @property
    def fetched(self) -> Path:
        """What servers gave, as files that ingest reads."""
        return self.root / "fetched"

    @property
    def quarantine(self) -> Path:
        """Rows that were kept out, with their reasons."""
        return self.root / "quarantine"

    @property
    def warehouse(self) -> Path:
        """The build warehouse, a DuckDB file that only the running load opens."""
        return self.root / "warehouse" / "build.duckdb"

    @property
    def published(self) -> Path:
        """Publications: audited marts."""
        return self.root / "published"

    @property
    def archive(self) -> Path:
        """Reports as they were sent."""
        return self.root / "archive"

    @property
    def outbox(self) -> Path:
        """Mails as files."""
        return self.root / "outbox"

    @property
    def state(self) -> Path:
        """Ledger, locks, run records, Dagster's instance."""
        return self.root / "state"

    def at(self, moment: datetime) -> datetime:
        """A moment as date and time in the company's time zone."""
        return moment.astimezone(ZoneInfo(self.settings.company.time_zone)).replace(tzinfo=None)

    def now(self) -> datetime:
        """Date and time in the company's time zone: the only clock, for the command line alone."""
        return self.at(datetime.now(UTC))

    def today(self) -> date:
        """Today in the company's time zone."""
        return self.now().date()

    def default_as_of(self) -> date:
        """Yesterday in the company's time zone."""
        return self.today() - timedelta(days=1)
