"""Where things are and how much a run may take. Nothing is made on import."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings from the environment, each as ``CLUSTERLORE_<NAME>``.

    `home` holds the warehouse file, models trained here, the inbox and error pages. Limits on
    reading hold for each file: seconds, bytes of memory, bytes of input, pages.
    """

    model_config = SettingsConfigDict(env_prefix="CLUSTERLORE_", extra="ignore", frozen=True)

    home: Path = Path(".clusterlore")
    warehouse: Path | None = None
    workers: int = Field(default=0, ge=0, le=256, description="0: as many as there are cores")
    read_seconds: float = Field(default=120.0, gt=0)
    read_memory: int = Field(default=2 << 30, gt=0)
    read_bytes: int = Field(default=200 << 20, gt=0)
    read_pages: int = Field(default=3_000, gt=0)
    passwords: tuple[str, ...] = ()
    allow_private: bool = Field(
        default=False, description="fetch from private and loopback addresses, too"
    )
    webhook: str | None = Field(default=None, repr=False)

    @property
    def warehouse_path(self) -> Path:
        """The warehouse file that is written."""
        return self.warehouse or self.home / "clusterlore.duckdb"

    @property
    def models_path(self) -> Path:
        """Models trained here."""
        return self.home / "models"

    @property
    def inbox(self) -> Path:
        """Folder that downloaded papers land in."""
        return self.home / "inbox"

    @property
    def worker_count(self) -> int:
        """Workers to use where none are asked for."""
        return self.workers or len(os.sched_getaffinity(0))
