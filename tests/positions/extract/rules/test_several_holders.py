"""Several who hold a position: lists, officials of two parties, "the two leaders"; and views of what others want."""

import pytest

from tests.positions.extract.reading import short_claims

SEVERAL = {
    "officials of two parties": (
        "The Russian and Ukrainian delegations agreed on a ceasefire.",
        ["moscow > RUS ceasefire +2 self", "kyiv > UKR ceasefire +2 self"],
    ),
    "officials of three": (
        "The Russian, US and Ukrainian delegations agreed on a ceasefire.",
        ["moscow > RUS ceasefire +2 self", "washington > USA ceasefire +2 self", "kyiv > UKR ceasefire +2 self"],
    ),
    "leaders from several countries": (
        "Leaders from France, the UK and Germany pressed Russia to agree to a ceasefire.",
        ["berlin > DEU ceasefire +2 self", "paris > FRA ceasefire +2 self", "london > GBR ceasefire +2 self"],
    ),
    "who backs those who ask": (
        "Germany, backed by US President Donald Trump, pressed Russia to agree to a ceasefire.",
        ["berlin > DEU ceasefire +2 self", "trump > USA ceasefire +2 ascribed"],
    ),
    "the two leaders are those named last": (
        "Putin and Erdogan spoke by phone. The two leaders agreed on a ceasefire.",
        ["moscow > RUS ceasefire +2 self", "ankara > TUR ceasefire +2 self"],
    ),
    "the two sides are those who are at war": (
        "Putin and Erdogan spoke by phone. The two sides agreed on a ceasefire.",
        ["moscow > RUS ceasefire +2 self", "kyiv > UKR ceasefire +2 self"],
    ),
    "one official stays one": (
        "In Russia, Ukrainian officials rejected a ceasefire.",
        ["ukrainian-officials > UKR ceasefire -2 self"],
    ),
    "an offer and how it is taken": (
        "Zelensky described Russia's proposal of direct negotiations as a “positive sign”.",
        ["zelensky > RUS talks +2 ascribed", "zelensky > UKR talks +1 self"],
    ),
    "a demand and how it is taken": (
        "Peskov called Kyiv's proposal for a ceasefire unacceptable.",
        ["peskov > UKR ceasefire +2 ascribed", "peskov > RUS ceasefire -2 self"],
    ),
    "a doubted will is refused": (
        "Kuleba doubted Moscow's willingness to agree to a ceasefire.",
        ["kuleba > RUS ceasefire -1 ascribed"],
    ),
    "questioned sincerity": (
        "Zelensky questioned Russia's commitment to a ceasefire.",
        ["zelensky > RUS ceasefire -1 ascribed"],
    ),
    "a refusal is no offer": (
        "Zelensky called Russia's refusal of a ceasefire a signal.",
        ["zelensky > RUS ceasefire -2 ascribed"],
    ),
    "who faces something does not want it": (
        "Russia faces new sanctions, the White House said.",
        ["white-house > USA sanctions +1 self"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SEVERAL.values(), ids=SEVERAL.keys())
def test_each_holder_has_a_claim(text: str, expected: list[str]) -> None:
    assert sorted(short_claims(text)) == sorted(expected)
