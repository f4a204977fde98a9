from __future__ import annotations

import re
from datetime import date
from itertools import combinations

from positions.analysis.distance import compare
from positions.analysis.state import state_at
from positions.model.codebook import Codebook
from positions.model.revision import InForce
from positions.snapshot.escape import excerpt
from positions.snapshot.render import render_report
from positions.snapshot.report import Report
from tests.examples import golden_codebook, golden_records, said
from tests.positions.snapshot.pages import Page, check, check_html, golden, known, one, positions

DAY = date(2022, 2, 27)


def test_every_quote_stands_in_its_statement_and_every_number_leads_to_it(
    shipped: tuple[Report, InForce, Codebook],
) -> None:
    report, found, _ = shipped
    statements = {record.statement.id: record.statement for record in found.records}
    for note in report.notes:
        for reading in note.readings:
            assert statements[reading.statement].quote == note.quote
            assert statements[reading.statement].holder == reading.holder
    notes = {note.number: note for note in report.notes}
    for told in positions(report):
        assert notes[told.notes[0]].quote == told.quote
        assert {reading.holder for reading in notes[told.notes[0]].readings} >= {told.holder}
    for said_by in [*report.claims, *report.framings]:
        assert notes[said_by.note].quote == said_by.quote == statements[said_by.statement].quote
        assert statements[said_by.statement].voice != "self"
    for sentence in report.headlines:
        assert sentence.notes or sentence.see


def test_numbers_are_those_of_the_comparison(shipped: tuple[Report, InForce, Codebook]) -> None:
    report, found, codebook = shipped
    state = state_at(found.records, codebook, as_of=DAY)
    assert [pair.parties for pair in report.pairs] == list(combinations([p.id for p in codebook.principals], 2))
    for pair in report.pairs:
        comparison = compare(state, codebook, *pair.parties)
        assert (pair.distance, pair.lo, pair.hi) == (comparison.distance, comparison.lo, comparison.hi)
        assert (pair.coverage, pair.thin) == (comparison.coverage, comparison.thin)
        for told, item in zip(pair.issues, comparison.issues, strict=True):
            assert (told.issue, told.distance, told.lo, told.hi) == (item.issue, item.distance, item.lo, item.hi)


def test_answers_agree_with_the_distance(shipped: tuple[Report, InForce, Codebook]) -> None:
    report, found, codebook = shipped
    for source, told, day in ((known(golden_records()), golden(), date(2022, 3, 15)), (found, report, DAY)):
        words = golden_codebook() if source is not found else codebook
        state = state_at(source.records, words, as_of=day)
        answers = {(d.held.holder, d.held.element, a.addressee): a.status for d in told.demands for a in d.answers}
        for one_party, other in combinations([party.id for party in words.principals], 2):
            item = compare(state, words, one_party, other).issue("preconditions")
            for part in item.parts if item else ():
                if part.demander:
                    addressee = other if part.demander == one_party else one_party
                    assert answers[part.demander, part.element, addressee] == part.standing


def test_the_shipped_day_tells_what_its_sources_say(shipped: tuple[Report, InForce, Codebook]) -> None:
    report, _, _ = shipped
    check(report)
    page = " ".join("".join(check_html(render_report(report, "html")).text).split())
    assert "Where the parties stand on 27 February 2022" in page
    assert "At the moment, we're saying no to Minsk," in page
    assert "rejects (as part of Belarus)" in page
    silent = {item.name: [issue.label for issue in item.issues] for item in report.silence}
    assert "Venue" in silent["United States"]
    assert "Venue" not in silent["Ukraine"]


def test_a_report_leads_with_the_finding_then_its_caveat(shipped: tuple[Report, InForce, Codebook]) -> None:
    report, _, _ = shipped
    moved, shared, verdict = report.headlines[:3]
    assert moved.text.startswith("Moved since 20 February 2022: Ukraine on Venue: Belarus and Minsk from ")
    assert "(Volodymyr Zelensky, President of Ukraine, 27 February 2022)" in moved.text
    assert "Ended since 20 February 2022: Russia and Ukraine no longer both accept Belarus (Venue; " in shared.text
    assert verdict.text.startswith("Since 25 February 2022 Russia and Ukraine: further apart on Venue (0.00 → 1.00)")
    finding, caveat = verdict.text.index("resting on reports of"), verdict.text.index("the finding would not stand")
    assert finding < verdict.text.index("Ukraine moved on Venue") < caveat
    assert "(thin: 43\u00a0% of the agenda)" in verdict.text[:finding]
    assert all(headline.notes for headline in report.headlines[:3])


def test_without_a_finding_the_report_says_so_first() -> None:
    records = [
        *(said("2022-03-01", party, "neutrality", 2, number=n) for n, party in enumerate(("RUS", "UKR"))),
        said("2022-03-20", "UKR", "neutrality", 1, number=3),
    ]
    lines = [line.text for line in one(*records).headlines]
    nobody = "Since 1 March 2022 no two parties came measurably closer or moved measurably apart by their own word."
    assert lines[0].startswith("Moved since 1 March 2022: Ukraine on Neutrality from “for it” to “open to it” ")
    assert nobody in lines
    assert one(*records[:2], said("2022-03-20", "UKR", "neutrality", 2, number=3)).headlines[0].text == nobody
    assert one().headlines[0].text.endswith("no two parties can be compared on both days by their own word.")


def test_no_headline_rests_on_a_stale_position_without_its_age() -> None:
    records = [
        *(said("2022-01-20", party, "neutrality", 2, number=n) for n, party in enumerate(("RUS", "UKR"))),
        *(said("2022-03-26", party, "military-aid", n, number=3 + n) for n, party in enumerate(("RUS", "UKR"))),
    ]
    lines = [line.text for line in one(*records).headlines]
    [closest] = [line for line in lines if line.startswith("Closest")]
    assert "last said 66 days before by Russia and 66 days before by Ukraine (distance 0.00)" in closest


def test_a_quote_is_shown_without_the_tags_of_its_document() -> None:
    quote = "the Kremlin <u>said</u> Friday"
    report = one(said("2022-03-01", "RUS", "neutrality", 2, quote=quote, start=0, end=len(quote)))
    for form in ("html", "md"):
        text = render_report(report, form)
        assert "the Kremlin said Friday" in text
        assert "<u>" not in text
        assert "&lt;u&gt;" not in text
    assert report.notes[0].quote == quote


def test_a_vague_date_is_no_since_and_nothing_is_called_never_said() -> None:
    report = one(said("../2022-02-20", "RUS", "neutrality", 2))
    assert report.scales[0].held[0].since_words == "said by 20 February 2022, at least 35 days before"
    for form in ("html", "md"):
        text = render_report(report, form)
        assert "since by" not in text
        assert "ever spoke on" not in text
        assert "othing recorded on" in text


def test_no_id_is_shown_where_a_name_exists(shipped: tuple[Report, InForce, Codebook]) -> None:
    report, found, codebook = shipped
    for form in ("html", "md"):
        text = render_report(report, form)
        shown = " ".join(Page(text).text) if form == "html" else text
        for party in codebook.principals:
            assert not re.search(rf"\b{party.id}\b", shown)
        assert not any(record.statement.id in shown for record in found.records)


def test_thin_distances_are_marked_and_sound_ones_told() -> None:
    early, late = golden(day="2022-03-05"), golden()
    assert any("Russia – Ukraine 0.70 [0.69, 0.73]" in line.text for line in late.headlines)
    for report in (early, late):
        text = render_report(report, "html")
        thin = sum(pair.thin and pair.distance is not None for pair in report.pairs)
        assert text.count('<span class="tag">thin</span>') == sum(pair.thin for pair in report.pairs)
        assert text.count('stroke-dasharray="3 2"') == thin
        for pair in report.pairs:
            if pair.thin and pair.distance is not None:
                assert not any(f"{pair.distance:.2f} [" in line.text for line in report.headlines)
                assert not any(f"{pair.distance:.2f} apart" in line.text for line in report.headlines)


def test_a_demand_on_a_scale_and_its_range_of_answers() -> None:
    words = golden_codebook().model_copy(
        update={
            "issues": tuple(
                issue.model_copy(update={"addressees": ("UKR",)}) if issue.id == "neutrality" else issue
                for issue in golden_codebook().issues
            )
        }
    )
    for stance, to, status in ((2, None, "met"), (1, 2, "leaning"), (-2, None, "refused"), (-2, 0, "resisted")):
        records = [
            said("2022-03-01", "RUS", "neutrality", 1, number=1),
            said("2022-03-02", "UKR", "neutrality", stance, to, number=2),
        ]
        [demand] = one(*records, codebook=words).demands
        [answer] = demand.answers
        assert (answer.status, demand.insistence, demand.words) == (status, 0.5, "asks for neutrality")


def test_inherited_places_and_common_ground() -> None:
    [venue] = golden().options
    cells = {row.element: row.cells for row in venue.rows}
    assert list(cells) == ["any", "istanbul", "belarus", "geneva"]
    assert (cells["istanbul"][1], cells["istanbul"][2]) != (None, None)
    assert cells["istanbul"][1].part_of == "any place"  # type: ignore[union-attr]
    assert venue.ground[0].common == ("Istanbul",)
    assert venue.ground[2].common == ("Geneva",)
    assert "accepts" not in cells["belarus"][1].words  # type: ignore[union-attr]


def test_reported_and_contested_positions_are_marked() -> None:
    report = one(
        said("2022-03-01", "RUS", "neutrality", 2, number=1, voice="framing"),
        said("2022-03-02", "UKR", "neutrality", -2, number=2, quote="No.", start=0, end=3),
        said("2022-03-02", "UKR", "neutrality", 1, number=3, quote="Perhaps.", start=10, end=18),
    )
    russia, ukraine = report.scales[0].held
    assert russia.reported
    assert ukraine.contested
    assert ukraine.span == (0.0, 0.75)
    assert {utterance.quote for utterance in report.contested[0].utterances} == {"No.", "Perhaps."}
    text = render_report(report, "html")
    assert "reported, not stated" in text
    assert 'class="hollow"' in text
    assert "(contested)" in render_report(report, "md")


def test_claims_and_framing_decide_nothing_and_stay_apart() -> None:
    report = one(
        said("2022-03-02", "USA", "neutrality", 2, number=1, voice="ascribed", speaker="unknown"),
        said("2022-03-01", "UKR", "neutrality", 1, number=2),
        said("2022-03-03", "UKR", "neutrality", -2, number=3, voice="framing"),
    )
    assert [held.holder for held in report.scales[0].held] == ["UKR"]
    assert [(claim.name, claim.by) for claim in report.claims] == [("United States", "Unnamed source")]
    assert [(framing.name, framing.by) for framing in report.framings] == [("Ukraine", "The Example")]
    silent = next(item for item in report.silence if item.holder == "USA").issues
    assert next(issue for issue in silent if issue.issue == "neutrality").claimed == (report.claims[0].note,)
    check(report)


def test_a_report_of_nothing_and_of_one_statement_are_sound() -> None:
    nothing = one()
    check(nothing)
    assert nothing.notes == ()
    assert all(len(item.issues) == 4 for item in nothing.silence)
    check(one(said("2022-03-01", "RUS", "venue/istanbul", 2)))
    check(one(said("2022-03-01", "RUS", "preconditions/demilitarisation", 2)))


def test_a_long_quote_is_shortened_where_told_and_whole_in_its_note() -> None:
    quote = "word " * 1000
    report = one(said("2022-03-01", "RUS", "neutrality", 2, quote=quote, start=0, end=len(quote)))
    text = render_report(report, "html")
    assert text.count(quote) == 1
    assert excerpt(quote).endswith("word …")
    assert len(excerpt(quote)) < 330
    check(report)


def test_words_written_from_right_to_left_are_kept_apart() -> None:
    quote = "نحن مستعدون للمفاوضات"
    report = one(said("2022-03-01", "RUS", "neutrality", 2, quote=quote, start=0, end=len(quote)))
    assert f'<bdi dir="auto">{quote}</bdi>' in render_report(report, "html")
    assert quote in render_report(report, "md")
    check(report)
