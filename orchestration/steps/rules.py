"""The rulebook, the corrections and the company's settings, as tables."""

from orchestration.checkpoints import checkpoint
from orchestration.load import Load


def compile_rulebook(load: Load) -> str:
    """Writes rulebook, corrections and the company's settings for the models; returns the rulebook's version."""
    from orchestration.corrections import compile_corrections
    from orchestration.ingest.sources import load_sources
    from rulebook import compile_rules, version

    with load.step("rulebook"):
        compile_rules(load.workspace.rulebook, load.workspace.lake / "rulebook")
        lake, sources = load.workspace.lake, load_sources(load.workspace.sources)
        compile_corrections(load.workspace.corrections, sources, lake / "corrections")
        checkpoint("rulebook.compiled")
        _write_company(load)
    return version(load.workspace.rulebook)


def _write_company(load: Load) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    company, calendar = load.workspace.settings.company, load.workspace.settings.calendar
    row = {
        "name_zh": company.name.zh,
        "name_en": company.name.en,
        "currency": company.currency,
        "time_zone": company.time_zone,
        "year_start_month": pa.scalar(calendar.year_start_month, pa.int32()),
        "year_named_by": calendar.year_named_by,
        "month_end_day": pa.scalar(calendar.month_end_day, pa.int32()),
        "week_starts": calendar.week_starts,
    }
    target = load.workspace.lake / "meta" / "company.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".tmp")
    pq.write_table(pa.table({name: pa.array([value]) for name, value in row.items()}), draft)
    draft.replace(target)
