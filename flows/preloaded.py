"""What every worker loads and none changes: loaded once, by the process that workers fork from.

Importing this module is what loads it. It holds nothing that settings decide (models in use,
limits) and starts no thread (importing onnxruntime would): a fork carries neither safely.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress


def load() -> None:
    """Load libraries, the codebook and its vocabularies, and what is made from them."""
    # One thread each: workers share the cores, and a fork leaves other threads behind.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    gc.disable()
    import tokenizers  # noqa: F401

    import models.judge  # noqa: F401
    import pipeline.readers.guard
    import pipeline.structure  # noqa: F401
    from flows.work import rules

    rules()
    gc.freeze()
    gc.enable()


with suppress(Exception):  # each worker meets it again, and tells its run
    load()
