"""Where the work of a flow runs: processes here, or Dask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flows.prefect_home import LOOPBACK
from pipeline.errors import UsageError


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine; `address` is that of a running Dask scheduler, None for a cluster of our own."""

    name: str
    address: str | None = None

    @property
    def remote(self) -> bool:
        """Whether the work leaves this process by the engine's own ways."""
        return self.name == "dask"


def resolve_engine(on: str | None) -> Engine:
    """Return the engine that ``--on`` means.

    Raises
    ------
    UsageError
        An unknown engine, or Dask workers off this machine without TLS.
    """
    if on is None or on == "processes":
        return Engine("processes")
    if on == "dask":
        return Engine("dask")
    parts = urlsplit(on)
    if parts.scheme not in ("dask", "dask+tls") or not parts.hostname:
        raise UsageError(
            f"--on {on!r}; expected dask, dask://127.0.0.1:PORT or dask+tls://HOST:PORT"
        )
    if parts.scheme == "dask" and parts.hostname not in LOOPBACK:
        raise UsageError(
            f"Dask workers at {parts.hostname} are not on this machine: papers and code would"
            " travel in the open; use dask+tls://HOST:PORT (docs/scale.md says how)"
        )
    transport = "tcp" if parts.scheme == "dask" else "tls"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Engine("dask", f"{transport}://{host}:{parts.port or 8786}")


def task_runner(engine: Engine, workers: int) -> Any:
    """Return Prefect's task runner for an engine."""
    if not engine.remote:
        from prefect.task_runners import ThreadPoolTaskRunner

        return ThreadPoolTaskRunner(max_workers=workers)
    import dask
    from prefect_dask import DaskTaskRunner

    # No page that anyone can open, and nothing spilled: what was spilled would be unpickled.
    dask.config.set(
        {
            "distributed.worker.memory.target": False,
            "distributed.worker.memory.spill": False,
            "distributed.worker.memory.pause": False,
            "distributed.scheduler.dashboard.status.task-stream-length": 10,
        }
    )
    if engine.address is not None:
        kwargs: dict[str, Any] = {}
        if engine.address.startswith("tls://"):
            from distributed.security import Security

            kwargs["security"] = Security(require_encryption=True)
        return DaskTaskRunner(address=engine.address, client_kwargs=kwargs)
    return DaskTaskRunner(
        cluster_class="distributed.LocalCluster",
        cluster_kwargs={
            "n_workers": workers,
            "threads_per_worker": 1,
            "processes": True,
            "host": "127.0.0.1",
            "dashboard_address": None,
            "worker_dashboard_address": None,
            "memory_limit": 0,
        },
    )
