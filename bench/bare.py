"""The bare script: GB18030 by iconv, the one workbook by calamine, everything else by bare.sql; Parquet as salesops writes it."""

import subprocess
import sys
from pathlib import Path

GB18030 = ("销售订单_", "销售发票_", "收款单_", "红字发票_")
SQL = Path(__file__).with_name("bare.sql")


def run(landing: Path, out: Path, as_of: str) -> None:
    """Fill `out` with bare.duckdb and a Parquet file per table."""
    import duckdb

    text = out / "text"
    text.mkdir(parents=True)
    _decode(landing, text)
    with duckdb.connect(out / "bare.duckdb", config={"threads": 2}) as connection:
        connection.execute("set enable_progress_bar = false")
        _opening_balances(landing, out / "opening.parquet")
        for name, value in {"text": text, "opening": out / "opening.parquet", "as_of": as_of}.items():
            connection.execute(f"set variable {name} = '{value}'")
        connection.execute(SQL.read_text(encoding="utf-8"))
        tables = connection.execute("select table_name from duckdb_tables() where not temporary order by 1").fetchall()
        for (table,) in tables:
            options = "format parquet, compression zstd, parquet_version v2"
            connection.execute(f"copy {table} to '{out / table}.parquet' ({options})")


def _decode(landing: Path, text: Path) -> None:
    """Two files at a time, the largest first; what is UTF-8 is read where it lies."""
    pairs = []
    for file in sorted(landing.iterdir(), key=lambda file: -file.stat().st_size):
        if file.name.startswith(GB18030):
            pairs += [str(file), str(text / file.name)]
        elif file.suffix != ".xlsx":
            (text / file.name).symlink_to(file.resolve())
    command = ["xargs", "-0", "-n", "2", "-P", "2", "sh", "-c", 'iconv -f gb18030 -t utf-8 "$0" > "$1"']
    subprocess.run(command, input="\0".join(pairs).encode(), check=True)


def _opening_balances(landing: Path, target: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from python_calamine import CalamineWorkbook

    (book,) = landing.glob("期初应收_*.xlsx")
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("期初").to_python()[2:]
    names = ["invoice_id", "customer_id", "employee_id", "invoiced_on", "due_on", "open_amount"]
    columns = zip(*([cell if cell != "" else None for cell in row] for row in rows if row[0]), strict=True)
    pq.write_table(pa.table(dict(zip(names, map(list, columns), strict=True))), target)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
