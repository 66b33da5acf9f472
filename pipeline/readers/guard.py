"""Reading in a child process, so that no file can stop, fill or change the run."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pipeline.document import Document
from pipeline.errors import ReadError
from pipeline.readers.guard_child import BEAT, HEAD
from pipeline.readers.wire import error_from_json, from_json

if TYPE_CHECKING:
    from pipeline.records import Reading

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class GuardLimits:
    """What one file may cost.

    `seconds` of wall-clock time a file (plus one for every `bytes_per_second` bytes of it),
    counted anew for each page that OCR reads, `slow_seconds` in all;
    `memory` bytes of address space; `output` bytes of text as JSON; `input` bytes of file;
    `cpu_seconds` over the life of one child, which is replaced after `files` files.
    """

    seconds: float = 60.0
    slow_seconds: float = 2400.0
    bytes_per_second: int = 2 << 20
    memory: int = 2 << 30
    output: int = 64 << 20
    input: int = 600 << 20
    cpu_seconds: int = 3600
    files: int = 500


class GuardedReader:
    """Reads files one after another in a child that is started anew after a crash.

    Use as a context manager. Not for two threads at once: give each its own.
    """

    def __init__(self, limits: GuardLimits | None = None) -> None:
        self.limits = limits or GuardLimits()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._spent = 0.0

    def __enter__(self) -> GuardedReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # unsent bytes to a child that is gone

    def start(self) -> None:
        """Start the child, so that it is there when the first file comes.

        Raises
        ------
        ReadError
            It did not start.
        """
        self._running()

    def read(self, data: bytes, name: str, passwords: Sequence[str] = ()) -> Document:
        """Read one file.

        Raises
        ------
        ReadError
            What the reader says, or ``too_slow``, ``too_large`` or ``crashed`` where the child
            had to be stopped or fell over; ``killed`` where something else ended it, twice.
        """
        try:
            return self._read_once(data, name, passwords)
        except ReadError as error:
            if error.reason != "killed":
                raise
            return self._read_once(data, name, passwords)

    def _read_once(self, data: bytes, name: str, passwords: Sequence[str]) -> Document:
        limits = self.limits
        if len(data) > limits.input:
            raise ReadError(
                "too_large",
                f"{len(data) >> 20} MB; at most {limits.input >> 20} MB are read. Split it.",
            )
        if self._served >= limits.files or self._spent > 0.3 * limits.cpu_seconds:
            self.close()
        child = self._running()
        self._served += 1
        seconds = limits.seconds + len(data) / limits.bytes_per_second
        header = json.dumps(
            {"name": name, "passwords": list(passwords), "output": limits.output}
        ).encode()
        request = HEAD.pack(b"R", len(header)) + header + HEAD.pack(b"D", len(data))
        began = time.monotonic()
        try:
            kind, body = _exchange(
                child, (request, data), seconds, limits.output + 4096, limits.slow_seconds
            )
        except TimeoutError:
            self.close()
            raise ReadError(
                "too_slow",
                f"Reading took more than {seconds:.0f} seconds and was stopped. Save the file"
                f" anew or split it.",
            ) from None
        except (EOFError, BrokenPipeError, ConnectionError) as error:
            try:
                code = child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.close()
                raise ReadError(
                    "crashed", "The parser broke off its answer. Save the file anew."
                ) from error
            self.close()
            raise _fallen(code, self._spent + time.monotonic() - began, limits) from error
        self._spent += time.monotonic() - began
        if kind == b"E":
            raise error_from_json(body)
        return from_json(body)

    def read_paper(
        self, data: bytes, name: str, source: str, sha256: str, passwords: Sequence[str] = ()
    ) -> Reading:
        """Read one file and structure it: `pipeline.structure.structure` of `read`."""
        from pipeline.structure import structure

        return structure(self.read(data, name, passwords), source=source, sha256=sha256)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        self._served, self._spent = 0, 0.0
        limits = self.limits
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [
                sys.executable, "-E", "-s", "-c",
                "import sys; sys.path.insert(0, sys.argv.pop(1));"
                " from pipeline.readers.guard_child import main; main()",
                str(ROOT), str(limits.memory), str(limits.cpu_seconds),
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=ROOT, env=_environment(), close_fds=True, bufsize=0, start_new_session=True,
        )  # fmt: skip
        try:
            _exchange(self._child, (), _START_SECONDS, 64)
        except (TimeoutError, EOFError, BrokenPipeError) as error:
            self.close()
            raise ReadError(
                "not_started",
                "The reading process did not start; the next run tries again."
                " Run `clusterlore doctor`.",
            ) from error
        return self._child


def _environment() -> dict[str, str]:
    """Return what the child needs of the environment, and nothing that could hold a secret."""
    kept = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
    said = {name: os.environ[name] for name in kept if name in os.environ}
    return said | {"PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}


def _fallen(code: int, seconds: float, limits: GuardLimits) -> ReadError:
    """Say why a child ended; the system kills it too, by the time that it may use."""
    if code == -9 and seconds < limits.cpu_seconds:
        return ReadError(
            "killed",
            "The reading process was killed from outside (too little memory?); the next run"
            " tries again.",
        )
    if code in (-9, -24):
        return ReadError(
            "too_slow",
            "Reading used up the processor time allowed and was stopped. Split the file.",
        )
    what = f"signal {-code}" if code < 0 else f"exit code {code}"
    return ReadError(
        "crashed",
        f"The parser fell over on it ({what}, with {limits.memory >> 20} MB of memory"
        f" allowed). Save the file anew.",
    )


def _exchange(
    child: subprocess.Popen[bytes], parts: tuple[bytes, ...], seconds: float, most: int,
    longest: float = 0.0,
) -> tuple[bytes, bytes]:  # fmt: skip
    """Send the parts and return the answer's kind and body, all within `seconds`.

    Each sign of life of a slow reader gives it as long again, up to `longest` in all. Writing
    and reading take turns, so that a child that answers early can't block us.
    """
    if child.stdin is None or child.stdout is None:
        raise EOFError
    sink, source = child.stdin.fileno(), child.stdout.fileno()
    os.set_blocking(sink, False)
    os.set_blocking(source, False)
    waiting = [memoryview(part) for part in parts if part]
    got = bytearray()
    length: int | None = None
    began = time.monotonic()
    deadline = began + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        if waiting:
            selector.register(sink, selectors.EVENT_WRITE)
        while length is None or len(got) < HEAD.size + length:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            for key, _ in selector.select(min(left, 1.0)):
                if key.fd == sink:
                    sent = os.write(sink, waiting[0][: 1 << 18])
                    waiting[0] = waiting[0][sent:]
                    if not waiting[0]:
                        waiting.pop(0)
                    if not waiting:
                        selector.unregister(sink)
                    continue
                chunk = os.read(source, 1 << 18)
                if not chunk:
                    raise EOFError
                got += chunk
                while length is None and len(got) >= HEAD.size and got[:1] == BEAT:
                    del got[: HEAD.size]
                    deadline = max(deadline, min(time.monotonic() + seconds, began + longest))
                if length is None and len(got) >= HEAD.size:
                    length = HEAD.unpack(got[: HEAD.size])[1]
                    if length > most:
                        raise EOFError
    return bytes(got[:1]), bytes(got[HEAD.size : HEAD.size + length])
