"""The served deployments: every flow by hand, and each schedule by its clock.

``python -m flows.deployments`` is the process that `serve` starts beside the Prefect server: it
runs what is due, and takes up changes of the schedules' file.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flows.children import end_with_main_thread_of_parent
from flows.schedules import ScheduleEntry, load_schedules, schedules_path
from flows.settings import Settings
from pipeline.errors import ClusterloreError

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment
    from prefect.runner import Runner

LOOK_EVERY = 1.0
POLL_EVERY = 2
AT_ONCE = 2
"""Runs at once: more would wait for the warehouse anyway."""
BY_HAND = "by-hand"
RUN = "run"


async def deployment_of(entry: ScheduleEntry) -> RunnerDeployment:
    """Return a schedule as Prefect's deployment."""
    from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
    from prefect.types.entrypoint import EntrypointType

    from flows.prefect_flows import FLOWS

    clock: Any = (
        CronSchedule(cron=entry.cron, timezone=entry.tz)
        if entry.cron
        else IntervalSchedule(interval=timedelta(seconds=entry.seconds or 0), timezone=entry.tz)
    )
    return await FLOWS[entry.flow].ato_deployment(
        entry.name,
        parameters=entry.parameters,
        schedule=clock,
        paused=entry.paused,
        concurrency_limit=1,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


async def deployments_by_hand() -> list[RunnerDeployment]:
    """Return every flow without a clock, to be run from Prefect's page with parameters."""
    from prefect.types.entrypoint import EntrypointType

    from flows.prefect_flows import FLOWS

    return [
        await flow.ato_deployment(BY_HAND, entrypoint_type=EntrypointType.MODULE_PATH)
        for flow in FLOWS.values()
    ]


async def _serve(settings: Settings) -> None:
    from prefect.runner import Runner

    runner = Runner(
        name="clusterlore", query_seconds=POLL_EVERY, limit=AT_ONCE, pause_on_shutdown=False
    )
    for one in await deployments_by_hand():
        await runner.aadd_deployment(one)
    table = _Table(runner, settings)
    await table.take_up()
    watching = asyncio.create_task(table.watch())
    try:
        await runner.start()
    finally:
        watching.cancel()


class _Table:
    """Keeps Prefect's deployments as the schedules' file says."""

    def __init__(self, runner: Runner, settings: Settings) -> None:
        self._runner, self._settings = runner, settings
        self._now: dict[str, ScheduleEntry] = {}
        self._stamp: object = None

    async def watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.take_up()

    async def take_up(self) -> None:
        stamp = self._file_stamp()
        if stamp == self._stamp and self._stamp is not None:
            return
        try:
            wanted = load_schedules(self._settings)
        except ClusterloreError as error:
            sys.stderr.write(f"clusterlore: {error}\n")
            self._stamp = stamp
            return
        await self._forget(wanted)
        for name, entry in wanted.items():
            if self._now.get(name) != entry:
                await self._runner.aadd_deployment(await deployment_of(entry))
        self._now, self._stamp = wanted, stamp

    async def _forget(self, wanted: dict[str, ScheduleEntry]) -> None:
        """Delete deployments that no schedule stands behind, those of an earlier server too."""
        from prefect.client.orchestration import get_client

        keep = {(entry.flow, entry.name) for entry in wanted.values()}
        async with get_client() as client:
            flows = {flow.id: flow.name for flow in await client.read_flows()}
            for found in await client.read_deployments():
                flow = flows.get(found.flow_id, "")
                if found.name != BY_HAND and (flow, found.name) not in keep:
                    await client.delete_deployment(found.id)

    def _file_stamp(self) -> object:
        try:
            stat = schedules_path(self._settings).stat()
        except FileNotFoundError:
            return "none"
        return stat.st_mtime_ns, stat.st_size


def guard() -> int:
    """Run the runner in a group of its own, and end the whole group when the runner or whoever
    started this ends.

    Prefect starts a process for each flow run, which knows nothing of us until it has loaded our
    code; being in the group, it ends all the same.
    """
    parent = os.getppid()
    command = [sys.executable, "-m", "flows.deployments", RUN]
    child = subprocess.Popen(command)  # noqa: S603 - this very module
    while child.poll() is None and os.getppid() == parent:
        time.sleep(LOOK_EVERY / 2)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    return child.wait()


def main() -> None:
    """Serve until told to stop."""
    end_with_main_thread_of_parent()
    asyncio.run(_serve(Settings()))


if __name__ == "__main__":
    if sys.argv[1:] == [RUN]:
        main()
    else:
        sys.exit(guard())
