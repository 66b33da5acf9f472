"""`verify` as a plain function that a flow can call."""

from __future__ import annotations

from flows.settings import Settings


def verify_all(settings: Settings, *, sources: bool = True) -> dict[str, int]:
    """Run every check over the published copy; return check to number of offenders."""
    import warehouse
    from flows.reread import Rereader
    from warehouse.verify import verify

    with warehouse.open(settings.warehouse_path) as reader, Rereader(settings) as rereader:
        return {
            one.name: int(one.offenders) for one in verify(reader, rereader if sources else None)
        }
