"""``belegt explore``."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Final
from urllib.error import URLError
from urllib.request import urlopen

import click

from belegt.cli.options import articles_option, check_folder, folder_argument

#: How the explorer's server is set: this machine only, nothing sent anywhere, no way to be asked
#: for an e-mail address; and no search for garbage after every click, which takes many times as
#: long as the click (Python's own collector still runs when there is something to collect).
#: ``.streamlit/config.toml`` says the same for ``streamlit run app.py``.
SERVER_OPTIONS: Final[Mapping[str, str]] = {
    "browser.gatherUsageStats": "false",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "runner.postScriptGC": "false",
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.headless": "true",
    "theme.headingFont": "serif",
    "theme.baseRadius": "0.5rem",
    "theme.light.primaryColor": "#0B6E69",
    "theme.light.backgroundColor": "#FFFFFF",
    "theme.light.secondaryBackgroundColor": "#F2F5F4",
    "theme.light.textColor": "#1D2A2E",
    "theme.light.borderColor": "#CBD5D3",
    "theme.light.linkColor": "#0B6E69",
    "theme.dark.primaryColor": "#5CC4BC",
    "theme.dark.backgroundColor": "#12191B",
    "theme.dark.secondaryBackgroundColor": "#1D282B",
    "theme.dark.textColor": "#E9EEEC",
    "theme.dark.borderColor": "#3B4A4D",
    "theme.dark.linkColor": "#7AD3CB",
}
_FIRST_PORT: Final = 8501
#: A million claims that nobody has read before take some minutes.
_START_SECONDS: Final = 1800
#: After so long a person wants to know what is going on, and so much later again.
_PATIENCE_SECONDS: Final = 3
_AGAIN_SECONDS: Final = 30


@click.command()
@folder_argument
@articles_option
@click.option("--port", type=click.IntRange(1, 65535), help="Fester Port. · Fixed port.")
@click.option("--no-browser", is_flag=True, help="Keinen Browser öffnen. · Open no browser.")
def explore(folder: Path, articles: Path | None, port: int | None, *, no_browser: bool) -> None:
    """Öffnet den Explorer. · Opens the explorer.

    Läuft nur auf diesem Rechner, ohne Netz; beenden mit Strg+C. · Runs on this machine only,
    without a network; stop it with Ctrl+C.

    Beispiel · Example: belegt explore meine-wissensbasis
    """
    check_folder(folder)
    chosen = port or _find_port()
    if port and not _is_free(port):
        message = f"Port {port} ist belegt. · Port {port} is taken."
        raise click.ClickException(message)
    address = f"http://localhost:{chosen}"
    # A file, not a pipe: a pipe nobody reads would in time stop the server.
    with tempfile.TemporaryFile() as errors:
        # Its own session: Ctrl+C reaches this command alone, which then ends the server in order.
        server = subprocess.Popen(
            build_command(folder, articles, chosen),
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        # Started in the background, a shell has Ctrl+C ignored: whoever sends it means it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, _raise_interrupt)
        try:
            _wait_until_ready(server, chosen, errors)
            click.echo(f"Der Explorer läuft · the explorer runs: {address}")
            click.echo("Beenden mit Strg+C · stop with Ctrl+C")
            if not no_browser and _has_screen():
                webbrowser.open(address)
            if server.wait():
                raise click.ClickException(_explain_end(errors))
        except KeyboardInterrupt:
            click.echo("\nBeendet. · Stopped.")
        finally:
            _stop(server)


def build_command(folder: Path, articles: Path | None, port: int) -> list[str]:
    """Return the command that starts the server.

    Args:
        folder: The knowledge base.
        articles: Folder with local copies of articles, or None.
        port: Where to listen.

    Returns:
        The program and its arguments, to be run without a shell.
    """
    options = [f"--{name}={value}" for name, value in SERVER_OPTIONS.items()]
    command = [sys.executable, "-m", "belegt.ui.start", *options]
    command += [f"--server.port={port}", "--", str(folder.resolve())]
    if articles is not None:
        command += ["--articles", str(articles.resolve())]
    return command


def _raise_interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _find_port() -> int:
    return next((port for port in range(_FIRST_PORT, _FIRST_PORT + 200) if _is_free(port)), 0) or (
        _ask_system()
    )


def _ask_system() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: "subprocess.Popen[bytes]", port: int, errors: IO[bytes]) -> None:
    """Wait until the server answers, which it does once it has read the knowledge base.

    Raises:
        click.ClickException: When it ends or does not answer in time.
    """
    start = time.monotonic()
    patience = _PATIENCE_SECONDS
    while (waited := time.monotonic() - start) < _START_SECONDS:
        if waited > patience:
            said = "Die Wissensbasis wird gelesen … · reading the knowledge base …"
            click.echo(f"{said} {waited:.0f} s", err=True)
            patience += _AGAIN_SECONDS
        if server.poll() is not None:
            raise click.ClickException(_explain_end(errors))
        with (
            suppress(URLError, OSError),
            urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1),
        ):
            return
        time.sleep(0.1)
    message = "Der Server antwortet nicht. · The server does not answer."
    raise click.ClickException(message)


def _explain_end(errors: IO[bytes]) -> str:
    errors.seek(0)
    said = errors.read().decode(errors="replace")
    return f"Der Server hat aufgehört. · The server has ended.\n{said[-2000:]}"


def _has_screen() -> bool:
    return sys.platform != "linux" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """End the server and wait for it; kill it when it does not listen."""
    if server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
