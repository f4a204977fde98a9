"""What a model may answer: text it copies and words from closed lists, so that no instruction can make it do more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, create_model

from positions.model.codebook import Codebook
from positions.model.coding_rules import ExampleClaim

UNRESOLVED: Final = "unresolved"
NOBODY: Final = ""
"""The speaker if the outlet speaks itself, and the relay if there is none."""
_MOST_CLAIMS: Final = 80
_LONGEST_QUOTE: Final = 1_500
_LONGEST_NAME: Final = 120


NO: Final = "no"
"""The answer to a closed question if nothing of the kind is stated."""
OUTLET: Final = "the outlet"
STRANGER: Final = "somebody else"
Told: TypeAlias = Literal["said", "outlet", "act"]
Sure: TypeAlias = Literal["certain", "likely", "doubtful"]


class ModelClaim(NamedTuple):
    """A claim as a model words it: nothing in it is trusted before it is checked.

    ``quote``, ``speaker``, ``relayed_by`` and ``said`` should be text of the document; the rest are ids of the
    codebook. ``stance`` is ``None`` if the model left it unresolved. ``told`` says whether somebody says it, the outlet
    does, or the outlet tells an act.
    """

    quote: str
    speaker: str
    relayed_by: str
    holder: str
    issue: str
    element: str | None
    stance: int | None
    said: str
    told: Told = "said"
    speaker_party: str | None = None
    stance_to: int | None = None
    condition_for: str | None = None


class ModelAnswer(NamedTuple):
    """A model's answer to a closed question: ``stated`` is false for *no*, ``stance`` ``None`` if it is unresolved.

    ``sure`` is how sure the model says that it is; ``quote`` and ``speaker`` are empty for *no*.
    """

    stated: bool
    stance: int | None
    sure: Sure
    quote: str
    speaker: str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


def claims_model(codebook: Codebook) -> type[BaseModel]:
    """Return the model of an answer that lists claims; all but quote, names and time words are closed lists."""
    parties, topics = [party.id for party in codebook.parties], _topic_words(codebook)
    claim = create_model(
        "Claim",
        __base__=_Strict,
        quote=(str, Field(min_length=1, max_length=_LONGEST_QUOTE, description="the document's own words, copied")),
        speaker=(str, Field(max_length=_LONGEST_NAME, description="who utters it, as named there; empty: the outlet")),
        relayed_by=(str, Field(default=NOBODY, max_length=_LONGEST_NAME, description="who passes it on, or empty")),
        speaker_party=(_closed_list([*parties, ""]), Field(default="", description="whom the speaker speaks for")),
        told=(_closed_list(list(get_args(Told))), Field(default="said", description="said, by the outlet, or an act")),
        holder=(_closed_list(parties), Field(description="whose position it is")),
        about=(_closed_list(topics), Field(description="issue, or issue/element")),
        stance=(_closed_list(_stance_words(codebook)), Field(description="a level of the issue, or unresolved")),
        stance_to=(_closed_list([*_level_words(codebook), ""]), Field(default="", description="upper end, or empty")),
        condition_for=(_closed_list([*topics, ""]), Field(default="", description="what has to come first, or empty")),
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


def answers_model(codebook: Codebook, count: int, speakers: Sequence[str]) -> type[BaseModel]:
    """Return the model of answers to closed questions numbered from 1; ``speakers`` are the names to choose from."""
    one = create_model(
        "Answer",
        __base__=_Strict,
        number=(_closed_list(list(range(1, count + 1))), Field(description="the question's number")),
        stance=(_closed_list([NO, *_stance_words(codebook)]), Field(description="no, a level, or unresolved")),
        sure=(_closed_list(list(get_args(Sure))), Field(description="how sure that is")),
        quote=(str, Field(default="", max_length=_LONGEST_QUOTE, description="the words that show it; empty for no")),
        speaker=(
            _closed_list([*dict.fromkeys([*speakers, OUTLET, STRANGER, ""])]),
            Field(default="", description="who utters it; empty for no"),
        ),
    )
    return create_model("Answers", __base__=_Strict, answers=(list[one], Field(max_length=count)))


def answers_in(answer: BaseModel) -> dict[int, ModelAnswer]:
    """Return the answers by the question's number; of two to one question the last."""
    return {row["number"]: _read_answer(row) for row in answer.model_dump()["answers"]}


def _read_answer(row: dict[str, Any]) -> ModelAnswer:
    stated = row["stance"] != NO
    return ModelAnswer(stated, _read_stance(row["stance"]), row["sure"], row["quote"], row["speaker"])


def _read_stance(word: str) -> int | None:
    return None if word in (NO, UNRESOLVED, "") else int(word)


def example_answer(claim: ExampleClaim, passage: str) -> dict[str, Any]:
    """Return a coding rule's example as the answer that lists it would hold it."""
    return {
        "quote": claim.quote or passage,
        "speaker": claim.speaker,
        "speaker_party": claim.speaker_party or "",
        "relayed_by": claim.relayed_by,
        "told": "said" if claim.speaker else "act" if claim.act else "outlet",
        "holder": claim.holder,
        "about": f"{claim.issue}/{claim.element}" if claim.element else claim.issue,
        "stance": stance_word(claim.stance),
        "stance_to": "" if claim.stance_to is None else stance_word(claim.stance_to),
        "condition_for": claim.condition_for or "",
        "said": claim.said,
    }


def claims_in(answer: BaseModel) -> list[ModelClaim]:
    """Return the claims of an answer, in its order."""
    return [_read_claim(claim) for claim in answer.model_dump()["claims"]]


def stances_in(answer: BaseModel) -> dict[int, int]:
    """Return the stances that an answer settles, by the claim's number."""
    rows = answer.model_dump()["stances"]
    return {row["number"]: int(row["stance"]) for row in rows if row["stance"] != UNRESOLVED}


def _read_claim(fields: dict[str, Any]) -> ModelClaim:
    issue, _, element = fields["about"].partition("/")
    return ModelClaim(
        quote=fields["quote"],
        speaker=fields["speaker"].strip(),
        relayed_by=fields["relayed_by"].strip(),
        holder=fields["holder"],
        issue=issue,
        element=element or None,
        stance=_read_stance(fields["stance"]),
        said=fields["said"].strip(),
        told=fields["told"],
        speaker_party=fields["speaker_party"] or None,
        stance_to=_read_stance(fields["stance_to"]),
        condition_for=fields["condition_for"] or None,
    )


def _topic_words(codebook: Codebook) -> list[str]:
    topics = []
    for issue in codebook.issues:
        topics += [f"{issue.id}/{element.id}" for element in issue.elements] or [issue.id]
    return topics


def _stance_words(codebook: Codebook) -> list[str]:
    return [*_level_words(codebook), UNRESOLVED]


def _level_words(codebook: Codebook) -> list[str]:
    return [*map(stance_word, sorted({stance for issue in codebook.issues for stance in issue.values}))]


def stance_word(stance: int) -> str:
    """Write a stance as the model reads and answers it: ``-2``, ``0``, ``+1``."""
    return f"{stance:+d}" if stance else "0"


def _closed_list(words: list[Any]) -> Any:
    return Literal[tuple(words)]
