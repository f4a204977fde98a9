from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.codebook import Codebook
from positions.dates import PartialDate
from positions.distance import compare
from positions.documents import Document
from positions.errors import QueryError
from positions.revision import Known, Record
from positions.snapshot.build import build_report
from positions.snapshot.escaping import excerpt, markdown, web_address
from positions.snapshot.render import FORMATS, render_report
from positions.snapshot.report import Held, Report, Told
from positions.state import state_at
from positions.workspace import open_workspace
from tests.examples import golden_codebook, golden_records, said
from tests.strategies import books

ROOT = Path(__file__).parent.parent.parent
DAY = date(2022, 2, 27)
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> \" ' </title></style><!-- ]]> {{ 7*7 }} {% raw %}\n"
    "# heading\n| a | b |\n|---|---|\n[x](javascript:alert(1)) ![i](http://evil.example/i.png) <http://evil.example>\n"
    "https://evil.example www.evil.example *bold* _it_ `code` ~~no~~ &amp; $x$ me@evil.example [1] [1]: #x \\ "
    "\u202e\x07"
)


def known(records: Iterable[Record], **fields: Any) -> Known:
    document: dict[str, Any] = {
        "id": "doc",
        "title": "An example",
        "outlet": "The Example",
        "published_on": PartialDate.parse("2022-03-31"),
        "published_on_basis": "explicit",
    }
    return Known({"doc": Document.model_validate(document | fields)}, tuple(records))


def golden(*more: Record, day: str = "2022-03-15") -> Report:
    records = known([*golden_records(), *more])
    return build_report(records, golden_codebook(), as_of=date.fromisoformat(day), head="1:abc")


def one(*records: Record, codebook: Codebook | None = None, **fields: Any) -> Report:
    return build_report(known(records, **fields), codebook or golden_codebook(), as_of=DAY.replace(month=3), head="0:0")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("case")
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, base / name, ignore=shutil.ignore_patterns("positions.db*"))
    return base / "data"


@pytest.fixture(scope="module")
def shipped(folder: Path) -> Iterator[tuple[Report, Known, Codebook]]:
    with open_workspace(folder) as workspace:
        found = workspace.known()
        yield (
            build_report(found, workspace.codebook, as_of=DAY, head=workspace.head),
            found,
            workspace.codebook,
        )


class Page(HTMLParser):
    """Reads a page strictly: every tag closed in order, and what it holds collected."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert len({name for name, _ in attrs}) == len(attrs)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]


def check_html(text: str) -> Page:
    page = Page(text)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for address in page.values("href"):
        assert address[1:] in ids if address.startswith("#") else re.match("https?://", address), address
    assert not page.tags & {"script", "img", "iframe", "object", "link", "form", "base"}
    assert not page.values("src")
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert page.tags >= {"h1", "main", "header", "footer"}
    assert "@import" not in text
    assert "url(" not in text
    assert len(text.encode()) < 300_000
    return page


def check_markdown(report: Report, text: str) -> None:
    """What a quote brings along is escaped: without the escapes nothing of Markdown's is left in it."""
    quotes = [line for line in text.splitlines() if line.startswith("> “")]
    assert len(quotes) == len(report.notes)
    for line in quotes:
        left = re.sub(r"\\[!-/:-@\[-`{-~]", "", line[2:])
        assert not re.search(r"[\[\]<>|*_`~#]|https?://|www\.|@\w", left), left
    for number in {int(number) for number in re.findall(r"(?<!\\)\[(\d+)(?<!\\)\]", text)}:
        assert 1 <= number <= len(report.notes)
        assert f"\n[{number}]: #{number}-" in text


def check(report: Report) -> None:
    check_html(render_report(report, "html"))
    check_markdown(report, render_report(report, "md"))
    assert Report.model_validate_json(render_report(report, "json")) == report
    assert 3 <= len(report.headlines) <= 6
    assert [note.number for note in report.notes] == list(range(1, len(report.notes) + 1))


def positions(report: Report) -> list[Held | Told]:
    cells = [cell for view in report.options for row in view.rows for cell in row.cells if cell]
    answers = [answer.held for demand in report.demands for answer in demand.answers if answer.held]
    return [
        *(held for scale in report.scales for held in scale.held),
        *cells,
        *(demand.held for demand in report.demands),
        *answers,
        *report.conditions,
        *(told for view in report.options for told in view.told),
        *report.others,
    ]


def test_every_quote_stands_in_its_statement_and_every_number_leads_to_it(
    shipped: tuple[Report, Known, Codebook],
) -> None:
    report, found, _ = shipped
    statements = {record.statement.id: record.statement for record in found.records}
    for note in report.notes:
        for reading in note.readings:
            assert statements[reading.statement].quote == note.quote
            assert statements[reading.statement].holder == reading.party
    notes = {note.number: note for note in report.notes}
    for told in positions(report):
        assert notes[told.notes[0]].quote == told.quote
        assert {reading.party for reading in notes[told.notes[0]].readings} >= {told.party}
    for said_by in [*report.claims, *report.framings]:
        assert notes[said_by.note].quote == said_by.quote == statements[said_by.statement].quote
        assert statements[said_by.statement].voice != "self"
    for sentence in report.headlines:
        assert sentence.notes or sentence.see


def test_numbers_are_those_of_the_comparison(shipped: tuple[Report, Known, Codebook]) -> None:
    report, found, codebook = shipped
    state = state_at(found.records, codebook, as_of=DAY)
    assert [pair.parties for pair in report.pairs] == list(combinations([p.id for p in codebook.principals], 2))
    for pair in report.pairs:
        comparison = compare(state, codebook, *pair.parties)
        assert (pair.distance, pair.lo, pair.hi) == (comparison.distance, comparison.lo, comparison.hi)
        assert (pair.coverage, pair.thin) == (comparison.coverage, comparison.thin)
        for told, item in zip(pair.issues, comparison.issues, strict=True):
            assert (told.issue, told.distance, told.lo, told.hi) == (item.issue, item.distance, item.lo, item.hi)


def test_answers_agree_with_the_distance(shipped: tuple[Report, Known, Codebook]) -> None:
    report, found, codebook = shipped
    for source, told, day in ((known(golden_records()), golden(), date(2022, 3, 15)), (found, report, DAY)):
        words = golden_codebook() if source is not found else codebook
        state = state_at(source.records, words, as_of=day)
        answers = {(d.held.party, d.held.element, a.party): a.status for d in told.demands for a in d.answers}
        for one_party, other in combinations([party.id for party in words.principals], 2):
            item = compare(state, words, one_party, other).issue("preconditions")
            for part in item.parts if item else ():
                if part.demander:
                    addressee = other if part.demander == one_party else one_party
                    assert answers[part.demander, part.element, addressee] == part.standing


def test_the_shipped_day_tells_what_its_sources_say(shipped: tuple[Report, Known, Codebook]) -> None:
    report, _, _ = shipped
    check(report)
    page = " ".join("".join(check_html(render_report(report, "html")).text).split())
    assert "Where the parties stand on 27 February 2022" in page
    assert "At the moment, we're saying no to Minsk," in page
    assert "rejects (as part of Belarus)" in page
    assert "Every distance is thin" in page
    assert "Outlets' own words differ from the party's on Peace talks: “refuses”" in page
    assert {demand.status for demand in report.demands} == {"partly met", "unanswered"}
    assert [item.name for item in report.contested] == ["Ukraine"]
    assert {held.name for held in report.others} == {"Belarus"}
    silent = {item.name: [issue.label for issue in item.issues] for item in report.silence}
    assert "Venue" in silent["United States"]
    assert "Venue" not in silent["Ukraine"]


def test_no_id_is_shown_where_a_name_exists(shipped: tuple[Report, Known, Codebook]) -> None:
    report, found, codebook = shipped
    for form in ("html", "md"):
        text = render_report(report, form)
        shown = " ".join(Page(text).text) if form == "html" else text
        for party in codebook.principals:
            assert not re.search(rf"\b{party.id}\b", shown)
        assert not any(record.statement.id in shown for record in found.records)


def test_thin_distances_are_marked_and_sound_ones_told() -> None:
    early, late = golden(day="2022-03-05"), golden()
    assert "Russia – Ukraine 0.72 [0.70, 0.73]" in late.headlines[0].text
    for report in (early, late):
        text = render_report(report, "html")
        thin = sum(pair.thin and pair.distance is not None for pair in report.pairs)
        assert text.count('<span class="tag">thin</span>') == sum(pair.thin for pair in report.pairs)
        assert text.count('stroke-dasharray="3 2"') == thin
        for pair in report.pairs:
            if pair.thin and pair.distance is not None:
                assert f"{pair.distance:.2f} [" not in report.headlines[0].text
                assert f"{pair.distance:.2f} apart" not in report.headlines[0].text


def test_a_demand_on_a_scale_and_its_range_of_answers() -> None:
    words = golden_codebook().model_copy(
        update={
            "issues": tuple(
                issue.model_copy(update={"addressees": ("UKR",)}) if issue.id == "neutrality" else issue
                for issue in golden_codebook().issues
            )
        }
    )
    for stance, to, status in ((2, None, "met"), (1, 2, "partly met"), (-2, None, "refused"), (-2, 0, "partly met")):
        records = [
            said("2022-03-01", "RUS", "neutrality", 1, number=1),
            said("2022-03-02", "UKR", "neutrality", stance, to, number=2),
        ]
        [demand] = one(*records, codebook=words).demands
        assert (demand.status, demand.insistence, demand.words) == (status, 0.5, "asks for neutrality")


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
    assert [held.party for held in report.scales[0].held] == ["UKR"]
    assert [(claim.name, claim.by) for claim in report.claims] == [("United States", "Unnamed source")]
    assert [(framing.name, framing.by) for framing in report.framings] == [("Ukraine", "The Example")]
    silent = next(item for item in report.silence if item.party == "USA").issues
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


def hostile_codebook(text: str) -> Codebook:
    words = golden_codebook().model_dump(by_alias=True)
    words["title"] = text
    for group in ("parties", "speakers"):
        for word in words[group]:
            word["name"] = f"{word['id']} {text}"
    for issue in words["issues"]:
        issue |= {"label": text, "definition": text, "plus": text, "minus": text}
        for element in issue.get("elements", ()):
            element["label"] = f"{element['id']} {text}"
        for level in issue["levels"]:
            level["label"] = text
    return Codebook.model_validate(words)


def hostile_report(text: str) -> Report:
    records = [
        record.__class__(
            record.statement.model_copy(update={"quote": text, "end": len(text)}),
            record.published_on,
            text,
            record.recorded_at,
        )
        for record in golden_records()
    ]
    found = known(records, title=text, outlet=text, author=text, url="https://example.org/<\"'>)](x")
    return build_report(found, hostile_codebook(text), as_of=date(2022, 3, 15), head=text)


def test_hostile_text_in_any_field_is_harmless() -> None:
    report = hostile_report(HOSTILE)
    check(report)
    html = render_report(report, "html")
    page = Page(html)
    assert "<script>alert(1)</script>" in "".join(page.text)
    assert "https://example.org/%3C%22'%3E%29%5D%28x" in page.values("href")
    assert not {"\u202e", "\x07"} & set(html + render_report(report, "md"))
    assert report.notes[0].quote == HOSTILE
    tables = [line for line in render_report(report, "md").splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {5}


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_gives_a_sound_report(text: str) -> None:
    report = one(said("2022-03-01", "RUS", "neutrality", 2, quote=text, start=0, end=len(text)), title=text)
    check(report)
    assert report.notes[0].quote == text


@settings(max_examples=25)
@given(books(most=12), st.sampled_from(["2022-03-03", "2022-03-08"]))
def test_any_book_gives_a_sound_report(records: tuple[Record, ...], day: str) -> None:
    report = build_report(known(records), golden_codebook(), as_of=date.fromisoformat(day), head="0:0")
    check(report)
    for pair in report.pairs:
        if pair.distance is not None:
            assert 0 <= pair.lo <= pair.distance <= pair.hi <= 1  # type: ignore[operator]


@settings(max_examples=25)
@given(books(most=12), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records: tuple[Record, ...], chance: Any) -> None:
    shuffled = chance.sample(records, len(records))
    one_way, another = (
        build_report(known(given), golden_codebook(), as_of=date(2022, 3, 8), head="0:0")
        for given in (records, shuffled)
    )
    assert one_way == another


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("javascript:alert(1)", ""),
        ("JAVASCRIPT:alert(1)//https://a.example", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(url: str, expected: str) -> None:
    assert web_address(url) == expected


def test_markdown_text_stays_on_its_line() -> None:
    assert markdown("a\n# b\t| c") == r"a \# b \| c"
    assert markdown("see https://a.example") == r"see https\://a.example"


def test_what_was_known_and_public_is_said() -> None:
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    report = build_report(
        known(golden_records()),
        golden_codebook(),
        as_of=date(2022, 3, 15),
        head="9:ff",
        known_at=moment,
        public_by=date(2022, 3, 31),
    )
    assert report.known_at == "2026-01-02T03:04:00.000000Z"
    assert "Only documents published by 31 March 2022 are admitted." in report.basis
    assert "none of this was public then" in golden().basis[1]
    assert "9:ff" in render_report(report, "html")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(QueryError, match="format: found 'pdf', allowed: html, json, md"):
        render_report(golden(), "pdf")


SCRIPT = """
import hashlib, sys
from datetime import date
from positions.snapshot.build import build_report
from positions.snapshot.render import FORMATS, render_report
from positions.workspace import open_workspace
with open_workspace(sys.argv[1]) as workspace:
    report = build_report(workspace.known(), workspace.codebook, as_of=date(2022, 2, 27), head=workspace.head)
for form in FORMATS:
    print(form, hashlib.sha256(render_report(report, form).encode()).hexdigest())
"""


def test_the_same_bytes_whatever_the_machine(folder: Path, shipped: tuple[Report, Known, Codebook]) -> None:
    told = [f"{form} {hashlib.sha256(render_report(shipped[0], form).encode()).hexdigest()}" for form in FORMATS]
    for seed, zone, language in (("1", "Asia/Tokyo", "C"), ("2", "America/Los_Angeles", "tr_TR.UTF-8")):
        changed = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONPATH": str(ROOT)}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(folder)],
            env=os.environ | changed,
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.split("\n") == [*told, ""]


@pytest.mark.browser
def test_the_page_reads_well_and_breaks_no_rule_of_axe(
    shipped: tuple[Report, Known, Codebook], tmp_path: Path, browser: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page_file = tmp_path / "report.html"
    for report, width, scheme in ((golden(), 1280, "light"), (shipped[0], 390, "dark")):
        page_file.write_text(render_report(report, "html"), encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(page_file.as_uri())
        assert axe.run(page).violations_count == 0
        assert asked == [page_file.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
