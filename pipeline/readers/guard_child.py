"""The child process that reads one file after another under limits; started by `guard`.

Messages on both pipes: one letter, a length of eight bytes (big-endian), then that many bytes.
In: ``R`` a JSON header, then ``D`` the file. Out: ``O`` a document as JSON, ``E`` a rejection;
before it any number of ``B``, each empty: a page read by OCR, the next one begins.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from typing import BinaryIO

HEAD = struct.Struct(">cQ")
BEAT = b"B"


def send(pipe: BinaryIO, kind: bytes, body: bytes) -> None:
    """Write one message."""
    pipe.write(HEAD.pack(kind, len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[bytes, bytes] | None:
    """Read one message; None at the pipe's end."""
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, length = HEAD.unpack(head)
    body = pipe.read(length)
    return (kind, body) if len(body) == length else None


def confine(memory: int, cpu: int) -> None:
    """Give up what a reader does not need: memory beyond the limit, writing files, children.

    A parser that is taken over can then fill no disk and start no program. `cpu` seconds are
    counted over the child's life; the parent's clock ends a single file that takes too long.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


_REFUSED = frozenset({
    "socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system",
    "os.exec",
    "os.fork", "os.forkpty", "os.posix_spawn", "os.remove", "os.rename", "os.rmdir", "os.mkdir",
    "os.symlink", "os.link", "os.truncate", "shutil.rmtree",
})  # fmt: skip


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Stop what no reader does: the network, other programs, changes to files."""
    if event in _REFUSED:
        raise PermissionError(f"{event} is refused while reading a file")
    writes = event == "open" and len(arguments) > 1 and isinstance(arguments[1], str)
    if writes and set(str(arguments[1])) & set("wxa+"):
        raise PermissionError(f"writing {arguments[0]!r} is refused while reading a file")


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer requests until the parent closes the pipe."""
    from pipeline.errors import ReadError
    from pipeline.readers import read_bytes
    from pipeline.readers.pulse import on_beat
    from pipeline.readers.wire import error_to_json, to_json

    on_beat(lambda: send(sink, BEAT, b""))
    send(sink, b"H", b"")
    while (request := receive(source)) is not None:
        header = json.loads(request[1])
        content = receive(source)
        if content is None:
            return
        try:
            document = read_bytes(content[1], header["name"], passwords=header["passwords"])
            answer = (b"O", to_json(document))
        except ReadError as error:
            answer = (b"E", error_to_json(error))
        except MemoryError:
            answer = (
                b"E",
                error_to_json(
                    ReadError(
                        "too_large",
                        "Reading it needs more memory than the limit allows. Split the file.",
                    )
                ),
            )
        except Exception as error:  # noqa: BLE001 - any parser's bug must end as a rejection
            detail = (
                f"The reader failed on it ({type(error).__name__}: {str(error)[:200]})."
                f" Save it anew, or report it."
            )
            answer = (b"E", error_to_json(ReadError("damaged", detail)))
        del content
        limit = header["output"]
        if len(answer[1]) > limit:
            answer = (
                b"E",
                error_to_json(
                    ReadError(
                        "too_large", f"Its text is more than {limit >> 20} MB. Split the file."
                    )
                ),
            )
        send(sink, *answer)


def main() -> None:
    """Take over the pipes, so that a stray print can't break the messages, and serve."""
    sink = os.fdopen(os.dup(1), "wb")
    source = os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)
    memory, cpu = int(sys.argv[1]), int(sys.argv[2])
    confine(memory, cpu)
    serve(source, sink)


if __name__ == "__main__":
    main()
