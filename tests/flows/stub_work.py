"""A stand-in for reading: a paper of one passage from a text file, without models."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from flows.work import Outcome, Task
from pipeline.ids import content_id, sha256_text
from pipeline.records import Evidence, Paper, PaperBundle, Passage, Reading, Section


def made(task: Task) -> Outcome:
    """Return a paper whose text is the file's; one that says BAD is rejected."""
    text = task.data.decode()
    if "BAD" in text:
        return Outcome(task.label, task.sha256, None, "read", "bad", "It says so.")
    paper_id = content_id("paper", sha256_text(text))
    section_id = content_id("section", paper_id, 0)
    paper = Paper(
        paper_id, text.splitlines()[0], ("A. Author",), 2020, None, "en", None, (), task.label,
        task.sha256, "text/plain", None, len(text.split()), "stub",
    )  # fmt: skip
    reading = Reading(
        paper,
        text,
        (Section(section_id, paper_id, 0, 1, None, "body"),),
        (
            Passage(
                content_id("passage", paper_id, 0), paper_id, section_id, 0, None, None, 0,
                len(text), text,
            ),
        ),
    )  # fmt: skip
    return Outcome(
        task.label, task.sha256, PaperBundle(reading, Evidence()), seconds={"read": 0.001}
    )


def work(tasks: Iterable[Task]) -> Iterator[Outcome]:
    """Do the work here."""
    return (made(task) for task in tasks)


class Slowly:
    """Work that takes its time, and counts what it did."""

    def __init__(self, seconds: float = 0.0, stop_after: int | None = None) -> None:
        self.seconds, self.stop_after, self.done = seconds, stop_after, 0

    def __call__(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for task in tasks:
            if self.done == self.stop_after:
                raise KeyboardInterrupt
            time.sleep(self.seconds)
            self.done += 1
            yield made(task)
