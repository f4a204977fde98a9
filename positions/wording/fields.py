"""The words for a statement's fields: their labels in forms and histories, and their help texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class FieldWords(NamedTuple):
    """A field in words: its ``label`` and ``hint`` in a form, ``short`` in a history, ``help`` of its option.

    ``unset`` is the empty choice in a list of choices.
    """

    label: str
    short: str
    help: str = ""
    hint: str = ""
    unset: str = "choose"


FIELD_WORDS: Final[dict[str, FieldWords]] = {
    "document": FieldWords("Document", "document", "The document's id."),
    "quote": FieldWords(
        "Quote",
        "quote",
        "Its own words, at least a clause; found in it, offsets are filled in.",
        "Select it in the document, with Shift and arrow keys too, or paste it.",
    ),
    "start": FieldWords(
        "Begins at character",
        "start",
        "Where the quote stands, when it stands several times.",
        "Needed only where the quote stands several times.",
    ),
    "speaker": FieldWords(
        "Speaker",
        "speaker",
        "Who utters it; left out for the outlet's own framing.",
        "By name; empty for the outlet’s own words.",
    ),
    "speaker_party": FieldWords(
        "Speaks for",
        "speaks for",
        "Default: the party that the speaker speaks for on the day.",
        unset="follows from the speaker’s role",
    ),
    "relayed_by": FieldWords(
        "Relayed by", "relayed by", "Who passes the words on.", "Who passes the words on, if somebody does."
    ),
    "holder": FieldWords("Whose position", "holder", "Whose position it is."),
    "voice": FieldWords(
        "Whose word it is", "voice", "Default: from speaker and holder.", unset="follows from speaker and holder"
    ),
    "directness": FieldWords(
        "How the words reach us",
        "directness",
        "Default: from the marks.",
        unset="follows from the quotation marks",
    ),
    "issue": FieldWords("Issue", "about"),
    "element": FieldWords("Element", "element", "An element of the issue; several make one record each.", unset="none"),
    "stance": FieldWords("Stance", "position"),
    "stance_to": FieldWords(
        "Up to stance",
        "up to",
        "The upper end of a range.",
        "The upper end of a range; scales only.",
        "no range",
    ),
    "said_on": FieldWords(
        "Said on",
        "said on",
        "YYYY-MM-DD, YYYY-MM, YYYY, FIRST/LAST or ../LAST.",
        "2022-02-27, 2022-02, 2022, 2022-02-25/2022-02-27 or ../2022-02-27",
    ),
    "said_on_basis": FieldWords("How the date is known", "date known", "How the date is known."),
    "condition_for": FieldWords(
        "Only after",
        "condition for",
        "What comes only after this: issue or issue/element.",
        "What has to come first.",
        "nothing",
    ),
    "coder": FieldWords("Coder", "coder"),
    "confidence": FieldWords("Confidence", "confidence", hint="From 0 to 1."),
    "note": FieldWords("Note", "note"),
    "translation": FieldWords(
        "Translation",
        "translation",
        "The quote in your readers' language; the quote itself stays as the document has it.",
        "For your readers; the quote stays in the document’s own language.",
    ),
    "translated_by": FieldWords(
        "Translated by",
        "translated by",
        "Who or what translated it. Default: the coder.",
        "Who or what translated it; empty for the coder.",
    ),
}
"""The words of each field that is given by hand or shown in a history; a new field needs its own here."""
OTHER_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("Statement", "statement id", "number", "no"),
    "document": ("source", "document id", "text"),
    "quote": ("words", "quotation", "what was said", "text of the quote", "passage"),
    "start": ("offset", "from character"),
    "end": ("Ends at character", "to character"),
    "speaker": ("who said it", "said by", "who", "who speaks", "who said this"),
    "speaker_party": ("speaker's party", "on behalf of"),
    "relayed_by": ("passed on by", "according to"),
    "holder": ("party", "position of", "position holder", "whose", "country"),
    "voice": ("whose words",),
    "issue": ("topic", "on what", "subject", "about what"),
    "element": ("option", "condition", "item", "sub issue"),
    "stance": ("level", "score", "value"),
    "stance_to": ("to level", "position up to"),
    "said_on": ("date", "day", "when", "when said", "when was it said", "date said"),
    "said_on_basis": ("basis", "date basis", "basis of the date"),
    "condition_for": ("comes before", "depends on"),
    "coder": ("coded by", "who coded it"),
    "confidence": ("certainty", "how certain"),
    "note": ("notes", "comment", "comments", "remark", "remarks"),
    "translated_by": ("translator",),
}
"""What else people write above a column of a table of statements."""
DOCUMENT_WORDS: Final[Mapping[str, str]] = {
    "id": "Document",
    "title": "Title",
    "outlet": "Outlet",
    "origin": "Origin",
    "published_on": "Published on",
    "published_on_basis": "How the date is known",
    "author": "Author",
    "url": "Address",
    "language": "Language",
    "note": "Note",
}
"""The labels of the fields of a document that people read and edit; its text and where it is from stay in the book."""
VOICE_WORDS: Final[Mapping[str, str]] = {
    "self": "its own word",
    "ascribed": "another's account of it, which moves nobody",
    "framing": "the outlet's own words",
}
DIRECTNESS_WORDS: Final[Mapping[str, str]] = {
    "direct": "inside quotation marks",
    "paraphrase": "reported speech",
    "framing": "heading or background without a speaker",
}
BASIS_WORDS: Final[Mapping[str, str]] = {
    "explicit": "the date is written in full",
    "relative": "from a weekday or a span of time in the text",
    "anaphoric": "from a day named before in the text",
    "inherited": "from the neighbouring statement",
    "document": "the date of the document",
    "inferred": "reasoned from other evidence",
}
"""What the words mean that a field can take: whose word it is, how it reaches us, how its date is known."""
