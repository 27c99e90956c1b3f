"""The ways to load one export of order lines that `bench.ingest` compares, each run as `python -m bench.loaders WAY FILE FOLDER`."""

import subprocess
import sys
from pathlib import Path

COLUMNS = [
    "order_id",
    "line",
    "customer",
    "channel",
    "product",
    "name",
    "quantity",
    "net",
    "cost",
    "promised",
    "shipped",
    "changed",
]


def ours(file: Path, folder: Path) -> str:
    """The ingest of the workspace `folder`, whose landing holds the file already; says what was loaded."""
    from orchestration.ingest.run import ingest
    from orchestration.workspace import Workspace

    account = ingest(Workspace.open(folder)).accounts[0].account
    return f"{account.rows_read} {account.rows_loaded} {account.rows_quarantined} {account.control_total}"


def bare(file: Path, folder: Path) -> str:
    """All-text read, cast, Parquet; GB18030 by iconv before."""
    import duckdb

    if "gb18030" in file.name:
        text = folder / "text.csv"
        with text.open("wb") as out:
            subprocess.run(["iconv", "-f", "gb18030", "-t", "utf-8", file], stdout=out, check=True)
        file = text
    columns = ", ".join(f"'{name}': 'varchar'" for name in COLUMNS)
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"""
            copy (select order_id, try_cast(line as bigint) as line, product,
                    try_cast(replace(quantity, ',', '') as decimal(18, 4)) as quantity,
                    try_cast(replace(net, ',', '') as decimal(18, 6)) as net,
                    try_cast(replace(cost, ',', '') as decimal(18, 4)) as cost, try_cast(promised as date) as promised,
                    try_cast(shipped as date) as shipped, try_cast(changed as timestamp) as changed
                from read_csv('{file}', columns = {{{columns}}}, auto_detect = false, header = true, delim = ',',
                    quote = '"', escape = '"', ignore_errors = true))
            to '{folder / "bare.parquet"}' (format parquet, compression zstd)""")
    return ""


def dlt(file: Path, folder: Path) -> str:
    """dlt's filesystem source into a DuckDB file; it reads UTF-8 only and leaves the text as it is."""
    import dlt as tool
    from dlt.sources.filesystem import filesystem, read_csv_duckdb

    pipeline = tool.pipeline(
        "order_lines",
        pipelines_dir=str(folder / "dlt"),
        destination=tool.destinations.duckdb(str(folder / "dlt.duckdb")),
    )
    lines = filesystem(bucket_url=file.parent.as_uri(), file_glob=file.name) | read_csv_duckdb(
        use_pyarrow=True, all_varchar=True
    )
    pipeline.run(lines.with_name("order_lines"))
    return ""


def pandas(file: Path, folder: Path) -> str:
    """As text, then numbers and dates, then Parquet."""
    import pandas as tool

    encoding = "gb18030" if "gb18030" in file.name else "utf-8"
    frame = tool.read_csv(file, dtype=str, encoding=encoding, on_bad_lines="skip")
    for name in ("line", "quantity", "net", "cost"):
        frame[name] = tool.to_numeric(frame[name].str.replace(",", ""), errors="coerce")
    for name in ("promised", "shipped", "changed"):
        frame[name] = tool.to_datetime(frame[name], format="%Y-%m-%d", errors="coerce")
    frame.to_parquet(folder / "pandas.parquet")
    return ""


WAYS = {"ours": ours, "bare": bare, "dlt": dlt, "pandas": pandas}

if __name__ == "__main__":
    print(WAYS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3])))
