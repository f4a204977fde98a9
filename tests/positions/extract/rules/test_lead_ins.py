"""What introduces a list holds for its items, and whose words follow a label."""

import pytest

from tests.positions.extract.reading import short_claims

LISTS = {
    "bullets": (
        "Putin named two conditions for a ceasefire:\n\n"
        "- withdrawal of Ukrainian troops from Donetsk\n- Ukraine's neutrality\n",
        ["putin > RUS preconditions/withdrawal-ukraine +2 self", "putin > RUS neutrality +2 self"],
    ),
    "numbers": (
        "Zelensky ruled out several things:\n\n1. Neutrality for Ukraine\n2. Any talks with Putin\n",
        ["zelensky > UKR neutrality -2 self", "zelensky > UKR talks -2 self"],
    ),
    "semicolons": (
        "Russia's demands are these: neutrality for Ukraine; recognition of Crimea.",
        ["outlet > RUS neutrality +2 framing", "outlet > RUS preconditions/crimea-recognition +2 framing"],
    ),
    "a noun without a verb": (
        "Moscow's terms: neutral status for Ukraine and the lifting of sanctions.",
        ["outlet > RUS neutrality +2 framing", "outlet > RUS preconditions/sanctions-relief +2 framing"],
    ),
    "a colon before a clause lends it nothing": (
        "Peskov told reporters of his demands: there was nothing on neutrality for Ukraine.",
        [],
    ),
    "a list ends with its last item": (
        "Putin named a condition for a ceasefire:\n\n- Ukraine's neutrality\n\nNobody spoke of corridors.\n",
        ["putin > RUS neutrality +2 self"],
    ),
    "no list without a colon": ("Putin spoke.\n\n- Ukraine's neutrality\n", []),
    "the source of what follows": (
        "Source: Podolyak on Twitter\n\nQuote: “Ukraine is ready for talks with Russia.”\n",
        ["podolyak > UKR talks +2 self"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS.keys())
def test_an_item_is_taken_as_what_introduces_its_list_says(text: str, expected: list[str]) -> None:
    assert [one for one in short_claims(text) if " ceasefire " not in one] == expected
