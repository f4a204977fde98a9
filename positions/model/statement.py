"""A statement: one quote-anchored claim about one holder's stance on one element of one issue."""

from __future__ import annotations

from typing import Annotated, Final, Literal, NamedTuple, TypeAlias, get_args

from pydantic import Field, field_validator, model_validator

from positions.errors import FieldError
from positions.files.characters import VISIBLE, VISIBLE_OR_BLANK
from positions.model.dates import PartialDate
from positions.model.document import DateBasis
from positions.model.field_use import FieldUse
from positions.model.words import Id, Word

Voice: TypeAlias = Literal["self", "ascribed", "framing"]
"""Whose word it is: the holder's own side, another party's about the holder, or the outlet's own."""
Directness: TypeAlias = Literal["direct", "paraphrase", "framing"]
"""How the words reach us: inside quotation marks, as reported speech, or with no speaker at all."""

VOICES: Final[tuple[Voice, ...]] = get_args(Voice)
DIRECTNESSES: Final[tuple[Directness, ...]] = get_args(Directness)

ConditionId: TypeAlias = Annotated[str, Field(pattern=r"^[^/\s]+(/[^/\s]+)?$")]
"""An issue, or an issue's element, that has to come first: ``issue`` or ``issue/element``."""
UNKNOWN_SPEAKER: Final = "unknown"
"""The speaker id of a source without a name or entry; each statement tells for which party it speaks, if for any."""


class Claim(Word):
    """What a statement and a candidate share, as the codebook's rules define it; impossible combinations are refused.

    ``quote`` is the document's own characters from ``start`` to ``end``, counted in Unicode code points from 0,
    ``end`` exclusive. ``speaker`` utters it for ``speaker_party``; ``holder`` is whose position it is. ``stance``
    is a level of the issue, ``None`` if it is unresolved; with ``stance_to`` (scales only) any level between is
    meant. ``condition_for`` names, as ``issue`` or ``issue/element``, what the holder says comes only after this.
    ``confidence`` is the coder's, in [0, 1]. ``translation`` is the quote in the readers' language, ``translated_by``
    who or what translated it; the quote itself stays in the document's own. Each field declares its use; see
    :mod:`positions.model.field_use`.
    """

    id: Annotated[Id, FieldUse("id", completed=True, by_hand=False)]
    document: Annotated[Id, FieldUse("document")]
    quote: Annotated[str, FieldUse("quote")] = Field(pattern=VISIBLE)
    start: Annotated[int, FieldUse("offset", completed=True, with_field="quote")] = Field(ge=0)
    end: Annotated[int, FieldUse("offset", completed=True, by_hand=False, with_field="quote")] = Field(gt=0)
    speaker: Annotated[Id | None, FieldUse("speaker")] = None
    speaker_party: Annotated[Id | None, FieldUse("party", completed=True, seldom=True)] = None
    relayed_by: Annotated[Id | None, FieldUse("speaker", seldom=True)] = None
    holder: Annotated[Id, FieldUse("party")]
    voice: Annotated[Voice, FieldUse("word", completed=True, seldom=True)]
    directness: Annotated[Directness, FieldUse("word", completed=True, seldom=True)]
    issue: Annotated[Id, FieldUse("issue")]
    element: Annotated[Id | None, FieldUse("element", with_field="issue")] = None
    stance: Annotated[int | None, FieldUse("level")] = None
    stance_to: Annotated[int | None, FieldUse("range", seldom=True, with_field="stance")] = None
    said_on: Annotated[PartialDate, FieldUse("date")]
    said_on_basis: Annotated[DateBasis, FieldUse("word", preset="explicit")]
    condition_for: Annotated[ConditionId | None, FieldUse("condition", seldom=True)] = None
    coder: Annotated[str, FieldUse("coder", completed=True, by_hand=False)] = Field(pattern=VISIBLE)
    confidence: Annotated[float, FieldUse("share", seldom=True)] = Field(default=1.0, ge=0, le=1)
    note: Annotated[str, FieldUse("text", seldom=True)] = Field(default="", pattern=VISIBLE_OR_BLANK)
    translation: Annotated[str, FieldUse("translation", seldom=True)] = Field(default="", pattern=VISIBLE_OR_BLANK)
    translated_by: Annotated[str, FieldUse("name", completed=True, seldom=True)] = Field(
        default="", pattern=VISIBLE_OR_BLANK
    )

    @field_validator("start", "end", "stance", "stance_to", "confidence", mode="before", check_fields=False)
    @classmethod
    def _no_truth_value(cls, number: object) -> object:
        if isinstance(number, bool):
            raise ValueError(f"found {number}, allowed: a number")
        return number

    @model_validator(mode="after")
    def _possible(self) -> Claim:
        if self.end - self.start != len(self.quote):
            end = self.start + len(self.quote)
            raise FieldError("end", f"found {self.end}, allowed: {end}, where the quote ends")
        if self.stance_to is not None and (self.stance is None or self.stance_to <= self.stance):
            raise FieldError("stance_to", f"found {self.stance_to}, allowed: above stance {self.stance}")
        if (self.voice == "framing") != (self.directness == "framing"):
            message = f"found {self.directness!r} with voice {self.voice!r}; framing goes with framing"
            raise FieldError("directness", message)
        if self.voice == "framing":
            for field in ("speaker", "speaker_party", "relayed_by"):
                if value := getattr(self, field):
                    raise FieldError(field, f"found {value!r}; the outlet's own framing has none")
            return self
        if self.speaker is None:
            raise FieldError("speaker", f"missing; only framing has none, an unnamed source is {UNKNOWN_SPEAKER!r}")
        if self.voice == "self" and self.speaker_party != self.holder:
            message = f"found 'self', but the speaker speaks for {self.speaker_party} and the holder is {self.holder}"
            raise FieldError("voice", message)
        if self.voice == "ascribed" and self.speaker_party == self.holder and self.relayed_by is None:
            message = f"found 'ascribed', but {self.holder} speaks about itself and nobody relays it"
            raise FieldError("voice", message)
        return self

    @model_validator(mode="after")
    def _translated_by_somebody(self) -> Claim:
        if bool(self.translation) != bool(self.translated_by):
            missing = "translated_by" if self.translation else "translation"
            raise FieldError(missing, "missing; a translation and who translated it go together")
        return self

    @property
    def anchor(self) -> Anchor:
        """Where and when it was said: what its document can be asked about."""
        return Anchor(self.document, self.quote, self.start, self.end, self.said_on)


class Statement(Claim):
    """A claim whose stance is settled: what positions are made of."""

    stance: Annotated[int, FieldUse("level")]

    @property
    def highest(self) -> int:
        """The upper end of the stance range; the stance itself where it is a point."""
        return self.stance if self.stance_to is None else self.stance_to


class Anchor(NamedTuple):
    """Where and when a claim was said: all of it that its document can tell; the names are :class:`Claim`'s."""

    document: str
    quote: str
    start: int
    end: int
    said_on: PartialDate
