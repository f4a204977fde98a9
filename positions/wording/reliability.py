"""The agreement of coders in sentences."""

from __future__ import annotations

from positions.analysis.reliability import Reliability, Score


def reliability_words(reliability: Reliability) -> str:
    """Say in a sentence who coded what together and how far they agree: on the stance and on what was coded."""
    whole = {row.subject: row for row in reliability.rows if row.issue is None}
    if not whole:
        return "There are no statements."
    count = len(reliability.coders)
    words = f"{count} coder{'' if count == 1 else 's'}"
    if reliability.documents:
        words += f" on {', '.join(reliability.documents)}"
    stance, coded = whole["stance"], whole["coded"]
    if not reliability.documents:
        return f"{words}: agreement cannot be computed, {stance.score.reason}."
    return (
        f"{words}: of {stance.coded} units coded by anybody {stance.score.units} were coded by two, with "
        f"{_alpha_words(stance.score)} on the stance there and {_alpha_words(coded.score)} on what was coded at all."
    )


def _alpha_words(score: Score) -> str:
    return f"no α ({score.reason})" if score.alpha is None else f"α = {score.alpha:.3f}"
