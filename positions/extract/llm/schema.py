"""What a model may answer: text it copies and words from closed lists, so that no instruction can make it do more."""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, create_model

from positions.model.codebook import Codebook

UNRESOLVED: Final = "unresolved"
NOBODY: Final = ""
"""The speaker if the outlet speaks itself, and the relay if there is none."""
_MOST_CLAIMS: Final = 80
_LONGEST_QUOTE: Final = 1_500
_LONGEST_NAME: Final = 120


class ModelClaim(NamedTuple):
    """A claim as a model words it: nothing in it is trusted before it is checked.

    ``quote``, ``speaker``, ``relayed_by`` and ``said`` should be text of the document; the rest are ids of the
    codebook. ``stance`` is ``None`` if the model left it unresolved.
    """

    quote: str
    speaker: str
    relayed_by: str
    holder: str
    issue: str
    element: str | None
    stance: int | None
    said: str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


def claims_model(codebook: Codebook) -> type[BaseModel]:
    """Return the model of an answer that lists claims; holder, issue with element, and stance are closed lists."""
    claim = create_model(
        "Claim",
        __base__=_Strict,
        quote=(str, Field(min_length=1, max_length=_LONGEST_QUOTE, description="the document's own words, copied")),
        speaker=(str, Field(max_length=_LONGEST_NAME, description="who utters it, as named there; empty: the outlet")),
        relayed_by=(str, Field(default=NOBODY, max_length=_LONGEST_NAME, description="who passes it on, or empty")),
        holder=(_closed_list([party.id for party in codebook.parties]), Field(description="whose position it is")),
        about=(_closed_list(_topic_words(codebook)), Field(description="issue, or issue/element")),
        stance=(_closed_list(_stance_words(codebook)), Field(description="a level of the issue, or unresolved")),
        said=(str, Field(default="", max_length=_LONGEST_NAME, description="the words that date it, or empty")),
    )
    return create_model("Claims", __base__=_Strict, claims=(list[claim], Field(max_length=_MOST_CLAIMS)))


def stances_model(codebook: Codebook, count: int) -> type[BaseModel]:
    """Return the model of an answer that settles the stances of claims numbered from 1."""
    stance = create_model(
        "Settled",
        __base__=_Strict,
        number=(_closed_list(list(range(1, count + 1))), Field(description="the claim's number")),
        stance=(_closed_list(_stance_words(codebook)), Field(description="a level of the issue, or unresolved")),
    )
    return create_model("Stances", __base__=_Strict, stances=(list[stance], Field(max_length=count)))


def claims_in(answer: BaseModel) -> list[ModelClaim]:
    """Return the claims of an answer, in its order."""
    return [_read_claim(claim) for claim in answer.model_dump()["claims"]]


def stances_in(answer: BaseModel) -> dict[int, int]:
    """Return the stances that an answer settles, by the claim's number."""
    rows = answer.model_dump()["stances"]
    return {row["number"]: int(row["stance"]) for row in rows if row["stance"] != UNRESOLVED}


def _read_claim(fields: dict[str, Any]) -> ModelClaim:
    issue, _, element = fields["about"].partition("/")
    stance = None if fields["stance"] == UNRESOLVED else int(fields["stance"])
    names = (fields["speaker"].strip(), fields["relayed_by"].strip())
    return ModelClaim(fields["quote"], *names, fields["holder"], issue, element or None, stance, fields["said"].strip())


def _topic_words(codebook: Codebook) -> list[str]:
    topics = []
    for issue in codebook.issues:
        topics += [f"{issue.id}/{element.id}" for element in issue.elements] or [issue.id]
    return topics


def _stance_words(codebook: Codebook) -> list[str]:
    values = sorted({stance for issue in codebook.issues for stance in issue.values})
    return [*map(stance_word, values), UNRESOLVED]


def stance_word(stance: int) -> str:
    """Write a stance as the model reads and answers it: ``-2``, ``0``, ``+1``."""
    return f"{stance:+d}" if stance else "0"


def _closed_list(words: list[Any]) -> Any:
    return Literal[tuple(words)]
