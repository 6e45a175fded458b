"""Many visitors at once: websocket sessions that speak Streamlit's own protocol.

Fifty tabs of Chromium would need more than two cores for themselves and measure the browser. A
session here opens the same websocket as the page does, with the ``websockets`` and the protobuf
messages that Streamlit brings along, asks for addresses as a reader who clicks would, and reads
every answer to its end: the server does all its work. What it does not do is draw.
"""

import asyncio
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_LIMIT: Final = 64 * 1024 * 1024
#: How many claims there are, and how many each mechanism has.
Expected = tuple[int, Mapping[str, int]]


def read_memory(process: int) -> float:
    """Return the resident memory of a process in MiB."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


@dataclass
class Record:
    """What the visitors met: seconds and bytes of each answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def render(self) -> str:
        """Return the figures as one line."""
        if len(self.seconds) < 2:
            return f"no answers, {len(self.errors)} errors"
        cuts = statistics.quantiles(self.seconds, n=100, method="inclusive")
        return (
            f"{len(self.seconds)} answers, median {cuts[49] * 1000:.0f} ms, "
            f"p95 {cuts[94] * 1000:.0f} ms, max {max(self.seconds) * 1000:.0f} ms, "
            f"{statistics.mean(self.sizes) / 1024:.0f} KiB each, errors: {len(self.errors)}"
        )


class Session:
    """One visitor: a websocket, and a run of the script for each address asked for."""

    def __init__(self, socket: websockets.ClientConnection, record: Record) -> None:
        """Take a socket and where to note what is met."""
        self._socket = socket
        self._record = record

    async def ask(self, page: str, query: str, expected: str) -> None:
        """Ask for an address and check that the answer holds a text of this visitor's own."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        size, texts, failed = await self._read()
        self._record.seconds.append(time.perf_counter() - start)
        self._record.sizes.append(size)
        if failed:
            self._record.errors.append(f"{page}?{query}: exception")
        elif not any(expected in text for text in texts):
            self._record.errors.append(f"{page}?{query}: no {expected!r}")

    async def _read(self) -> tuple[int, list[str], bool]:
        """Read messages until the run has ended: their bytes, their texts, whether one failed."""
        size, texts, failed = 0, [], False
        while True:
            data = await self._socket.recv()
            size += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                failed |= element.WhichOneof("type") == "exception"
                texts.append(element.markdown.body)
            elif kind == "script_finished":
                stopped = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
                if not stopped:
                    return size, texts, failed


async def _visit(
    address: str, number: int, expected: Expected, pace: tuple[float, float], record: Record
) -> None:
    size, counts = expected
    until, think = pace
    dice = random.Random(number)
    url = address.replace("http", "ws") + "/_stcore/stream"
    await asyncio.sleep(dice.uniform(0, think))  # people do not all arrive in the same moment
    try:
        async with websockets.connect(
            url, subprotocols=["streamlit"], max_size=_LIMIT, open_timeout=60  # type: ignore[list-item]
        ) as socket:  # fmt: skip
            session = Session(socket, record)
            await session.ask("", "", "belegt")
            while time.monotonic() < until:
                await asyncio.sleep(dice.uniform(0.5, 1.5) * think)
                # A filter of this visitor's own, and pages of it: no two visitors in step.
                key = f"m{5 + dice.randrange(35)}"
                page = dice.randrange(1, 9)
                query = f"mechanism={key}" + (f"&page={page}" if page > 1 else "")
                await session.ask("claims", query, f"**{counts[key]} von {size} Aussagen**")
    except (OSError, websockets.WebSocketException, TimeoutError) as error:
        record.errors.append(f"visitor {number}: {type(error).__name__} {error}")


async def _visit_all(
    address: str, number: int, expected: Expected, seconds: float, think: float
) -> Record:
    record = Record()
    until = time.monotonic() + seconds
    await asyncio.gather(
        *(_visit(address, each, expected, (until, think), record) for each in range(number))
    )
    return record


async def _weigh(
    address: str, number: int, expected: Expected, memory: Callable[[], float]
) -> float:
    """Return how much memory each further visitor takes who looks at several pages and stays."""
    size, counts = expected
    before = 0.0
    url = address.replace("http", "ws") + "/_stcore/stream"
    open_sockets = []
    for each in range(number + 1):
        socket = await websockets.connect(url, subprotocols=["streamlit"], max_size=_LIMIT)  # type: ignore[list-item]
        open_sockets.append(socket)
        session = Session(socket, Record())
        await session.ask("", "", "belegt")
        for turn in range(6):
            key = f"m{5 + (each * 5 + turn) % 35}"
            await session.ask("claims", f"mechanism={key}", f"**{counts[key]} von {size}")
        await session.ask("mechanisms", "mechanism=m7", "M7")
        await session.ask("reading", "mechanism=m7", "")
        if each == 0:
            before = memory()
    grown = (memory() - before) / number
    for socket in open_sockets:
        await socket.close()
    return grown


def main() -> None:
    """Print what each visitor costs, and how many visitors at once fare."""
    asked = json.loads(sys.argv[1])
    address, process, number = asked["address"], asked["process"], asked["number"]
    expected = (asked["size"], asked["counts"])
    grown = asyncio.run(_weigh(address, 10, expected, lambda: read_memory(process)))
    print(f"  memory per further visitor: {grown:.1f} MiB (from 1 to 11, each looking at 9 pages)")
    for think in (5.0, 0.0):
        record = asyncio.run(_visit_all(address, number, expected, asked["seconds"], think))
        pace = f"a click every {think:.0f} s each" if think else "clicking without a pause"
        print(f"  {number} visitors, {pace}: {record.render()}")
        for error in record.errors[:3]:
            print(f"    {error}")
    print(f"  server afterwards: {read_memory(process):.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
