"""What the rules hear in a text, and what a lexicon lacks, in words and as plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from positions.files.toml_spans import toml_value
from positions.model.lists import count_words, join_words
from positions.wording.positions import range_words
from positions.wording.speakers import speaker_name

if TYPE_CHECKING:
    from positions.extract.rules.lexicon_terms import TopicSuggestion
    from positions.extract.rules.lexicon_trial import HeardSentence, HeardTopic, TopicOutcome
    from positions.extract.rules.rule_claims import RuleClaim
    from positions.model.codebook import Codebook

_OUTCOMES: Final[dict[TopicOutcome, str]] = {
    "excluded": "not counted: no word of `near` is beside it, or one of `unless` is",
    "scene": "claims nothing: it is part of longer words, sets the scene, or names who speaks",
    "passing": "claims nothing: it is asked about, or no cue is near enough",
    "no holder": "claims nothing: no party is named whose stance it can be",
    "nobody says it": "claims nothing: nobody says it, and the words alone take no clear stance",
    "no stance": "claims nothing: no cue says how much it is wanted",
    "others": "claims nothing: it is about talks or places of others",
}


def heard_lines(sentences: tuple[HeardSentence, ...], codebook: Codebook) -> Iterator[str]:
    """Yield the lines that tell what is heard in each sentence and what becomes of it."""
    for sentence in sentences:
        yield f"“{' '.join(sentence.text.split())}”"
        named = [f"“{name.words}” ({_party_words(name.parties, codebook) or 'no party'})" for name in sentence.names]
        yield f"  names: {', '.join(named) or 'none'}"
        if not sentence.topics:
            yield "  topics: none; no term of the lexicon is in it"
        for topic in sentence.topics:
            yield from _topic_lines(topic, codebook)


def heard_rows(sentences: tuple[HeardSentence, ...]) -> list[dict[str, Any]]:
    """Return what is heard as plain rows: one for each sentence, with its names and topics."""
    return [
        {
            "sentence": sentence.text,
            "names": [name._asdict() for name in sentence.names],
            "topics": [_topic_row(topic) for topic in sentence.topics],
        }
        for sentence in sentences
    ]


def _topic_row(topic: HeardTopic) -> dict[str, Any]:
    fields = ("words", "issue", "element", "pole", "stance", "cue", "kind", "turn", "heard")
    more = ("speaker", "verb", "holders", "outcome")
    return {name: getattr(topic, name) for name in (*fields, *more)} | {
        "claims": [_claim_row(one) for one in topic.claims]
    }


def _claim_row(claim: RuleClaim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in ("holder", "issue", "element", "stance")}


def _topic_lines(topic: HeardTopic, codebook: Codebook) -> Iterator[str]:
    pole = "" if topic.pole > 0 else ", as its opposite"
    yield f"  topic: “{topic.words}” means {_topic_label(topic, codebook)}{pole}"
    speaker = speaker_name(topic.speaker, codebook) if topic.speaker else "nobody"
    said = f"{speaker} (“{topic.verb}”)" if topic.verb else speaker
    cue = f"“{topic.cue}” ({topic.kind})" if topic.cue else "the words themselves" if topic.kind else "none"
    holders = _party_words(topic.holders, codebook) or "nobody’s"
    turned = f", reversed by “{topic.turn}”" if topic.turn else ""
    heard = f" in “{topic.heard}”" if topic.heard != topic.words else ""
    yield f"    said by {said}; cue: {cue}{turned}{heard}; whose stance: {holders}"
    if topic.outcome in _OUTCOMES:
        yield f"    {_OUTCOMES[topic.outcome]}"
    for claim in topic.claims:
        yield f"    claim: {_claim_words(claim, codebook)}"


def _topic_label(topic: HeardTopic, codebook: Codebook) -> str:
    issue = codebook.issue(topic.issue)
    if topic.element in {element.id for element in issue.elements} or topic.element is None:
        return codebook.path_label(topic.issue, topic.element)
    return f"{issue.label}: the place of whoever would host"


def _claim_words(claim: RuleClaim, codebook: Codebook) -> str:
    key = claim.holder, claim.issue, claim.element
    level = "how much is left open" if claim.stance is None else range_words(codebook, key, (claim.stance,) * 2)
    return f"{codebook.party(claim.holder).name}, {codebook.path_label(claim.issue, claim.element)}: {level}"


def _party_words(parties: tuple[str, ...], codebook: Codebook) -> str:
    return join_words([codebook.party(party).name for party in parties])


def suggestion_text(suggestions: tuple[TopicSuggestion, ...], codebook: Codebook) -> str:
    """Write suggested topics as TOML to paste into ``lexicon.toml``, each under a comment that says why."""
    return "\n".join(_suggestion_table(suggestion, codebook) for suggestion in suggestions)


def _suggestion_table(suggestion: TopicSuggestion, codebook: Codebook) -> str:
    issue, element = suggestion.about
    coded = count_words(suggestion.coded, "statement")
    lines = [
        f"# {codebook.path_label(issue, element)}: no term is heard in {suggestion.unheard} of {coded}.",
        "[[topics]]",
        f"issue = {toml_value(issue)}",
        *([f"element = {toml_value(element)}"] if element else []),
        f"terms = [{', '.join(map(toml_value, suggestion.terms))}]",
        "yes = [",
        *(f"  {toml_value(words)}," for words in suggestion.yes),
        "]",
    ]
    return "\n".join(lines) + "\n"
