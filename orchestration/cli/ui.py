"""`salesops ui`: Dagster's web page and daemon for this workspace, on this machine only."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.output import session
from salesops.errors import UserError

HOST = "127.0.0.1"
DEFINITIONS = ("-m", "orchestration.definitions")
SECONDS_TO_START = 90


def ui(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="The web page's port; a busy one is an error.", min=1, max=65535)] = 3000,
) -> None:
    """Show assets, checks, runs and schedules in the browser, and run the schedules.

    Example: `salesops ui`, then open the address that it prints; Ctrl-C ends it.
    """
    spoken = session(context)
    workspace = spoken.workspace
    _check_free(port)
    home = workspace.state / "dagster"
    _prepare(home)
    environment = {**os.environ, "SALESOPS_WORKSPACE": str(workspace.root), "DAGSTER_HOME": str(home)}
    log = workspace.state / "ui.log"
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager's stop ends both programs too
    with log.open("ab") as output:
        commands = (
            [_program("dagster-webserver"), *DEFINITIONS, "-h", HOST, "-p", str(port)],
            [_program("dagster-daemon"), "run", *DEFINITIONS],
        )
        children = [
            subprocess.Popen(command, env=environment, cwd=workspace.root, stdout=output, stderr=subprocess.STDOUT)
            for command in commands
        ]
        try:
            with spoken.working("Starting the web page …"):
                _wait_until_open(port, children, log)
            address = f"http://{HOST}:{port}"
            spoken.say("The web page is at {address}; Ctrl-C ends it.", style="green", address=address)
            spoken.result({"address": address, "log": str(log)})
            _watch(children, log)
        except KeyboardInterrupt:
            spoken.say("Stopped.")
        finally:
            _end(children)


def _prepare(home: Path) -> None:
    from orchestration.defs.instance import prepare_home

    prepare_home(home)


def _program(name: str) -> str:
    """The program of this environment, whatever the PATH says."""
    return str(Path(sys.executable).with_name(name))


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise UserError(f"port {port} is in use.", mend=f"Try `salesops ui --port {port + 1}`.")


def _wait_until_open(port: int, children: list[subprocess.Popen[bytes]], log: Path) -> None:
    for _ in range(SECONDS_TO_START * 4):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        _check_alive(children, log)
        time.sleep(0.25)
    raise UserError(f"the web page did not start within {SECONDS_TO_START} seconds.", where=str(log), exit_code=1)


def _watch(children: list[subprocess.Popen[bytes]], log: Path) -> None:
    while True:
        _check_alive(children, log)
        time.sleep(1)


def _check_alive(children: list[subprocess.Popen[bytes]], log: Path) -> None:
    if any(child.poll() is not None for child in children):
        raise UserError("the web page or its daemon ended.", where=str(log), mend="See the log.", exit_code=1)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
