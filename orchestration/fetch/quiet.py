"""dlt without reports to its makers and without lines of its own between ours."""

import os


def quiet_dlt() -> None:
    """To be called before dlt is imported: it reads its settings from the environment."""
    os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "CRITICAL"}
