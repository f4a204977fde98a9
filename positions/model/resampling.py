"""Samples of documents for intervals: what one text says succeeds or fails together and is no independent trial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED: Final = 20220224
"""What the drawing of documents starts from, so that the same records give the same intervals."""
RESAMPLES: Final = 1000
"""How many samples are drawn by default."""
MIDDLE_95: Final = (0.025, 0.975)
"""The quantiles of the samples that an interval runs between (the percentile bootstrap)."""


def draw_documents(count: int, *, resamples: int) -> NDArray[np.int64]:
    """Return how often each of ``count`` documents is in each sample of as many, drawn with replacement.

    The shape is ``resamples`` by ``count``; the same numbers come each time.
    """
    import numpy as np  # only intervals need it

    return np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), size=resamples)
