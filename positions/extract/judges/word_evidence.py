"""The evidence for a proposal that names its words, issue and holder: what only a workspace's own judge learns from.

Whether "red lines" means a precondition, or a party's "ready" an offer, differs from one negotiation to another. The
shipped coefficients weigh none of this, so that they hold for all of them; what reviewers decide teaches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from positions.extract.rules.claims import TopicEvidence

NAMED: Final = "="
"""What the names of these features have, and no others."""


def topic_words(evidence: TopicEvidence) -> Iterator[str]:
    """Yield the features that name a topic: its issue, its words, and its cue's."""
    reading = evidence.reading
    topic, tokens = reading.topic, reading.line.tokens
    yield f"issue{NAMED}{topic.issue}"
    yield f"words{NAMED}{' '.join(token.low for token in tokens[topic.first : topic.end])}"
    if reading.stance.cue is not None:
        yield f"cue{NAMED}{tokens[reading.stance.cue].low}"


def holder_words(evidence: TopicEvidence, party: str) -> Iterator[str]:
    """Yield the features that name a holder, and a holder on a topic."""
    topic = evidence.reading.topic
    yield f"holder{NAMED}{party}"
    yield f"holding{NAMED}{party} {topic.issue}"
    if topic.element:
        yield f"element{NAMED}{topic.issue} {topic.element}"


def names_words(feature: str) -> bool:
    """Return whether a feature names words, an issue or a holder."""
    return NAMED in feature
