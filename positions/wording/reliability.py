"""The agreement of coders in sentences."""

from __future__ import annotations

from positions.analysis.reliability import AgreementRow, CodingDifference, Reliability
from positions.model.codebook import Codebook
from positions.model.lists import count_words, join_words
from positions.model.statement import Statement
from positions.wording.positions import claim_words


def reliability_words(reliability: Reliability) -> str:
    """Say in a sentence who coded what together and how far they agree: on the stance and on what was coded."""
    whole = {row.subject: row for row in reliability.rows if row.issue is None}
    if not whole:
        return "There are no statements."
    words = count_words(len(reliability.coders), "coder")
    if reliability.documents:
        words += f" on {', '.join(reliability.documents)}"
    stance, coded = whole["stance"], whole["coded"]
    if not reliability.documents:
        return f"{words}: agreement cannot be computed, {stance.score.reason}."
    return (
        f"{words}: of {stance.coded} units coded by anybody {stance.score.units} were coded by two, with "
        f"{_alpha_words(stance)} on the stance there and {_alpha_words(coded)} on what was coded at all."
    )


def _alpha_words(row: AgreementRow) -> str:
    if row.score.alpha is None:
        return f"no α ({row.score.reason})"
    return f"α = {row.score.alpha:.3f} ({_interval_words(row)})"


def _interval_words(row: AgreementRow) -> str:
    interval = row.interval
    if interval.low is None or interval.high is None:
        return f"no interval: {interval.reason}"
    ends = f"95 % interval {interval.low:.3f} to {interval.high:.3f}, resampling {interval.documents} documents"
    never_apart = row.score.agreement == 1
    return f"{ends}; nobody differs here, so it cannot show how sure that is" if never_apart else ends


def difference_words(difference: CodingDifference, codebook: Codebook) -> str:
    """Say what coders made of one passage: ``coder-1: refuses talks, framing (000-01); coder-2: not coded``."""
    unit = difference.unit
    about = f"{codebook.party(unit.holder).name}, {codebook.path_label(unit.issue, unit.element)}"
    codings = zip(difference.coders, difference.codings, strict=True)
    readings = "; ".join(f"{coder}: {_coding_words(coding, codebook)}" for coder, coding in codings)
    return f"{unit.document}, {about}: {readings}"


def _coding_words(coding: Statement | None, codebook: Codebook) -> str:
    return f"{claim_words(coding, codebook)}, {coding.voice} ({coding.id})" if coding else "not coded"


def difference_counts(reliability: Reliability) -> str:
    """Say how many units the coders differ on and in what: ``They differ on 7 units: …``; empty for none."""
    differences = reliability.differences
    if not differences:
        return ""
    words = {"coded": "passed over by somebody", "stance": "of another stance", "voice": "of another voice"}
    counts = {subject: sum(subject in one.subjects for one in differences) for subject in words}
    parts = join_words(f"{count} {words[subject]}" for subject, count in counts.items() if count)
    return f"They differ on {count_words(len(differences), 'unit')}: {parts}."
