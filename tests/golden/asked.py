"""The cases of :mod:`tests.outputs`: all that is asked of the shipped case, in groups that are captured together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

DAYS: Final = (
    *("2022-01-31", "2022-02-23", "2022-02-24", "2022-02-25", "2022-02-26", "2022-02-27", "2022-02-28"),
    *("2022-03-31", "2022-04-10", "2022-04-13", "2022-04-14"),
)
"""The days with statements."""
TOLD: Final = ("2022-02-27", "2022-04-14")
"""The days that are asked about in every format."""
PAIRS: Final = ("RUS UKR", "RUS USA", "UKR USA")
ISSUES: Final = (
    *("talks", "neutrality", "venue", "preconditions", "ceasefire", "humanitarian", "military-aid", "sanctions"),
    *("occupation", "istanbul-framework"),
)
DOCUMENTS: Final = ("000", "001", "002", "003", "004")
LIMITS: Final = (
    *("--known-at 2026-11-21T23:30:00.000040Z", "--known-at 2026-11-21T23:30:00.000100Z"),
    *("--public-by 2022-02-25", "--public-by 2022-02-26"),
)
"""What only part of the record book answers: the log up to an entry, documents up to a day."""
PLANS: Final = ("docs/plan-istanbul.toml", "docs/plan-minsk-venue.toml")
CODINGS: Final = "data/coding/first.jsonl data/coding/second.jsonl"
COMMANDS: Final = (
    *("state", "compare", "movement", "demands", "common-ground", "conflicts", "panel", "plan", "review", "candidates"),
    *("candidates list", "candidates accept", "candidates reject", "candidates reopen", "extract", "evaluate"),
    *("reliability", "snapshot", "render", "dashboard", "add", "correct", "retract", "add-document", "show", "history"),
    *("log", "diff", "import", "load", "export", "verify", "backup", "validate", "init", "schema"),
)
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "overview": ("positions", "marks", "rows", "distances", "over_time"),
    "issue": ("statements", "held"),
    "venues": ("places", "statements"),
    "preconditions": ("demands", "links"),
    "movement": ("steps", "ledger"),
    "statements": ("statements", "counts", "documents"),
    "documents": ("documents", "statements"),
    "method": ("coverage", "levels"),
}
"""The dashboard's pages and the tables of each."""
VIEWS: Final = (
    *("compare=2022-02-24", "parties=RUS,UKR", "parties=UKR,USA,TUR", "issues=venue,talks", "axis=calendar", "embed=1"),
    *("public_by=2022-02-25", "known_at=2026-11-21T23:30:00.000040Z", "statement=003-22", "q=Minsk"),
)
"""What a reader may choose beside the day, on any page."""
WINDOWS: Final = ("from=2022-02-25&to=2022-02-28", "from=2022-02-24", "mode=day", "mode=day&parties=UKR,USA")


def _in(call: str, *forms: str) -> Iterator[str]:
    """Yield a call in some formats."""
    yield from (f"{call} --format {form}" for form in forms)


def _daily(call: str, *forms: str, table: str = "table") -> Iterator[str]:
    """Yield a call on each day as data, on the told days for people too."""
    for day in DAYS:
        yield from _in(f"{call} --as-of {day}", *forms, *((table,) if day in TOLD else ()))


def _limited(call: str, *forms: str) -> Iterator[str]:
    yield from (one for limit in LIMITS for one in _in(f"{call} {limit}", *forms))


def _help() -> Iterator[str]:
    yield from ("--help", "-h", "--version", *(f"{command} --help" for command in COMMANDS))


def _state() -> Iterator[str]:
    yield from _daily("state", "json", "csv")
    yield from _in("state --party RUS --party TUR", "json", "csv", "table")
    yield from _limited("state --as-of 2022-02-27", "json", "table")
    yield "state"


def _compare(pair: str) -> Iterator[str]:
    yield from _daily(f"compare {pair}", "json", "csv")
    yield from _limited(f"compare {pair} --as-of 2022-02-27", "json", "table")


def _movement(pair: str) -> Iterator[str]:
    windows = sorted({*pairwise(DAYS), *((DAYS[0], day) for day in DAYS[1:]), ("2022-02-25", "2022-02-28")})
    for start, end in windows:
        forms = ("json", "csv", "table") if end in TOLD else ("json", "csv")
        yield from _in(f"movement {pair} --from {start} --to {end}", *forms)
    yield from _limited(f"movement {pair} --from 2022-02-24 --to 2022-02-27", "json")


def _engine() -> Iterator[str]:
    yield from _daily("demands", "json", "csv")
    yield from _daily("common-ground", "json", "csv")
    yield from _daily("conflicts", "json")
    yield from _in("demands --over-time", "json", "csv", "table")
    yield from _in("common-ground --party RUS --party UKR", "json", "csv", "table")
    for command in ("demands", "demands --over-time", "common-ground", "conflicts"):
        yield from _limited(f"{command} --as-of 2022-02-27", "json", "table")


def _plan() -> Iterator[str]:
    for plans in (*PLANS, " ".join(PLANS)):
        yield from _daily(f"plan {plans}", "json", "csv")
        yield from _limited(f"plan {plans} --as-of 2022-02-27", "json")
        yield from _in(f"plan {plans} --party UKR --party TUR", "json", "csv", "table")


def _panel() -> Iterator[str]:
    for shape in ("", " --wide", " --distances", " --distances --by-issue", " --distances --every-day"):
        yield from _in(f"panel{shape}", "json", "csv")
    for shape in ("", " --wide", " --distances", " --distances --by-issue"):
        yield from _in(f"panel{shape} --from 2022-02-25 --to 2022-02-28", "json", "csv", "table")
    yield from _limited("panel --from 2022-02-25", "csv")
    yield from _limited("panel --distances", "csv")
    yield "panel --distances --format csv -o out/distances.csv"


def _report(form: str) -> Iterator[str]:
    call = f"snapshot --format {form}"
    yield from (f"{call} --as-of {day}" for day in DAYS)
    for day in TOLD:
        yield f"{call} --as-of {day} --since 2022-02-24"
        yield f"{call} --as-of {day} --party RUS --party UKR"
        yield f"{call} --as-of {day} --issue venue --issue talks"
        yield f"{call} --as-of {day} --party UKR --issue venue --since 2022-02-25"
    yield from (f"{call} --as-of 2022-02-27 {limit}" for limit in LIMITS)
    yield f"render report.json --format {form}"
    yield f"{call} --every week --from 2022-02-20 --to 2022-03-06 -o out/weeks"


def _reports_kept() -> Iterator[str]:
    yield "snapshot --check report.json"
    yield "snapshot --check docs/report-2022-02-27.html"
    yield "snapshot --as-of 2022-02-27 --template docs/template"
    yield "snapshot --every month -o out/months"
    yield "snapshot --as-of 2022-02-27 -o out/report.html"


def _looking_back() -> Iterator[str]:
    yield from (f"show {name}{form}" for name in DOCUMENTS for form in ("", " --format json"))
    for name in ("000-01", "001-05", "002-03", "003-08", "003-22", "003-39", "004-17"):
        yield from _in(f"show {name}", "text", "json")
        yield from _in(f"history {name}", "table", "json")
    yield from _in("history 003", "table", "json")
    yield from _in("log", "table", "json")
    yield from _in("log -n 500", "table", "json")
    yield from _in("log --since 2026-11-21T23:30:00.000100Z", "table", "json")
    for start, end in [*pairwise(DAYS), (DAYS[0], DAYS[-1]), ("2022-02-25", "2022-02-28")]:
        yield from _in(f"diff --from {start} --to {end}", "table", "json")
    yield from _limited("diff --from 2022-02-24 --to 2022-02-27", "table", "json")
    yield from _in("diff --known-from 2026-11-21T23:30:00.000140Z", "table", "json")
    yield from _in("diff --known-from 2026-11-21T23:30:00.000020Z --known-to 2026-11-21T23:30:00.000025Z", "json")


def _files() -> Iterator[str]:
    yield from ("validate", "validate --data data", "verify", "schema", "init out/new", "backup out/copy.db")
    yield from (f"schema {word}" for word in ("codebook", "document", "statement", "candidate", "report"))
    yield "export out/data"
    yield from (f"export out/all.{form}" for form in ("csv", "jsonl", "parquet"))
    yield from (f"export out/all.csv {limit}" for limit in LIMITS)
    yield from _in(f"reliability {CODINGS}", "table", "json", "csv")
    yield from _in("reliability", "table", "json")
    yield from _in("candidates list", "table", "json", "csv", "jsonl")
    yield "review --coder anna"


def _extract() -> Iterator[str]:
    yield from _in("extract docs/article.txt --outlet 'The Example'", "table", "json", "jsonl", "csv")
    yield f"extract {' '.join(DOCUMENTS)} --format jsonl"
    yield "extract 003 nothing.txt --format csv"
    yield "extract docs/article.txt --published-on 2022-03-01 -o out/found.jsonl --manifest out/done.jsonl"
    yield "evaluate --core"
    yield from _in(
        "evaluate --by voice --by issue --by document --misses --wrong --resamples 0", "table", "json", "csv"
    )


def _refused() -> Iterator[str]:
    """Yield calls that end in a plain line."""
    yield from (
        "nothing",
        "state --as-of nonsense",
        "state --party XXX",
        "state --as-of 2021-01-01",
        "state --format x",
    )
    yield from ("compare RUS", "compare RUS XXX", "compare RUS RUS", "movement RUS UKR --from 2022-03-01")
    yield from ("movement RUS UKR --from 2022-03-01 --to 2022-02-24", "common-ground --party XXX", "plan docs/no.toml")
    yield from ("show 999-99", "history 999-99", "log -n 0", "log --since never", "diff", "diff --from 2022-02-24")
    yield from ("snapshot --issue nothing", "snapshot --since nonsense", "snapshot --every day", "render no.json")
    yield from ("panel --from 2021-01-01", "reliability no.jsonl", "extract no.txt", "evaluate --gold no.jsonl")
    yield from ("validate --data nowhere", "verify --head 3:abc", "export all.csv --known-at never", "schema nothing")
    yield from ("state --public-by 2020-01-01", "state --known-at 2020-01-01", "import no.csv", "load nowhere")


LAST: Final = "2026-11-21T23:30:00.000144Z"
"""When the last entry of the shipped log was recorded."""
QUOTE: Final = '"At the moment, we\'re saying no to Minsk,"'
SAID: Final = f"add --document 003 --quote {QUOTE} --speaker zelensky --holder UKR --said-on 2022-02-27"
RECORDING: Final = (
    f"{SAID} --issue venue --element border --stance -2 --said-on-basis inherited --coder anna --dry-run",
    f"{SAID} --issue talks --stance -1 --coder anna",
    f"{SAID} --issue talks --stance 7 --coder anna",
    f"{SAID} --issue venue --element nowhere --stance 1 --coder anna",
    "add --document 003 --quote 'words that nobody said' --holder UKR --issue talks --stance 1 --said-on 2022-02-27",
    "correct 003-39 --confidence 0.8 --reason 'read again' --coder ben",
    "correct 003-39 --stance nonsense --coder ben",
    "correct 003-39 --replaces 1 --note 'too late' --coder ben",
    "retract 003-39 --reason 'coded twice' --coder ben",
    *("history 003-39", "history 003-39 --format json", "show 003-39"),
    "add-document docs/article.txt --outlet 'The Example' --published-on 2022-03-01 --dry-run --coder anna",
    "extract docs/article.txt --outlet 'The Example' --record",
    "extract docs/article.txt --outlet 'The Example' --record --format jsonl",
    *_in("candidates list", "table", "json", "csv", "jsonl"),
    "candidates list --holder UKR --status open",
    *("EDIT /edit/", "EDIT /edit/review", "EDIT /edit/code/003", "EDIT /edit/statement/003-22", "EDIT /edit/nowhere"),
    *("EDIT /edit/statement/003-39", "EDIT /edit/code/article", "EDIT /edit/login"),
    "review --coder anna <<< ?;s;a;r not so;u;e stance=1;a;q",
    "candidates accept --where issue=ceasefire --coder anna",
    "candidates reject --where holder=RUS --reason 'not theirs' --coder anna",
    "candidates reopen --where status=rejected --coder anna",
    "candidates accept nothing --coder anna",
    *("candidates list", "log -n 40", "log -n 40 --format json", "EDIT /edit/review"),
    *(f"diff --known-from {LAST}", "state", f"state --known-at {LAST} --format json"),
    *("export out/data", "import out/no.csv", "load data --dry-run --coder anna", "verify", "validate"),
)
"""What changes a book of its own, in this order."""


def _page(page: str) -> Iterator[str]:
    yield f"GET /{page}"
    asked = [f"as_of={day}" for day in DAYS]
    chosen = [f"as_of={TOLD[0]}&{view}" for view in _choices(page)]
    yield from (f"GET /{page}.json?{query}" for query in (*asked, *chosen))
    days = TOLD if page == "method" else DAYS  # that page takes long, and its JSON has both tables
    yield from (f"GET /{page}.csv?as_of={day}&table={table}" for day in days for table in TABLES[page])
    yield from (f"LIGHT /{page}?{query}" for query in (*asked, *chosen))
    yield from (f"DARK /{page}?as_of={day}" for day in TOLD)


def _choices(page: str) -> Iterable[str]:
    """Return what may be chosen on a page; the page on the method tells only of what is known."""
    own: Mapping[str, Iterable[str]] = {
        "issue": [f"issue={issue}" for issue in ISSUES],
        "documents": [*(f"document={name}" for name in DOCUMENTS), "document=003&statement=003-22", "n=2"],
        "movement": WINDOWS,
        "statements": ["q=saying+no", "speaker=zelensky", "voice=framing&confidence=0.5", "since=2022-02-27", "n=2"],
    }
    return [view for view in VIEWS if page != "method" or "_" in view] + [*own.get(page, ())]


def _site() -> Iterator[str]:
    yield from ("GET /", "GET /nowhere", "GET /_dash-layout", "GET /healthz", "GET /edit/", "GET /overview.csv")
    yield from ("LIGHT /", "LIGHT /?as_of=nonsense&statement=nobody&issue=none", "LIGHT /?public_by=2020-01-01")
    yield from (f"LIGHT /?as_of=2022-02-27&statement={name}" for name in ("000-01", "001-05", "004-17"))


GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "help": tuple(_help()),
    "state": tuple(_state()),
    **{f"compare {pair}": tuple(_compare(pair)) for pair in PAIRS},
    **{f"movement {pair}": tuple(_movement(pair)) for pair in PAIRS},
    "engine": tuple(_engine()),
    "plan": tuple(_plan()),
    "panel": tuple(_panel()),
    **{f"snapshot {form}": tuple(_report(form)) for form in ("html", "md", "json", "csv")},
    "reports kept": tuple(_reports_kept()),
    "looking back": tuple(_looking_back()),
    "files": tuple(_files()),
    "extract": tuple(_extract()),
    "refused": tuple(_refused()),
    **{page: tuple(_page(page)) for page in TABLES},
    "site": tuple(_site()),
    "recording": tuple(f"{place:02} {words}" for place, words in enumerate(RECORDING)),
}
"""All cases by group; those of the last one change a book of their own and are numbered in their order."""


def kept(name: str) -> bool:
    """Tell whether a case's text is kept whole: plain questions about the told days, pages on the first of them.

    Left out is what lies in the repository anyhow, and tables of all days but as CSV.
    """
    days = re.findall(r"2022-\d\d-\d\d", name)
    if days and days[-1] not in TOLD:
        return False
    if name.startswith(("GET", "LIGHT", "DARK")):
        return bool(re.fullmatch(rf"(GET /\w+\.csv|LIGHT /\w+)\?as_of={TOLD[0]}(&table=\w+)?|GET /[\w/-]*", name))
    return not re.search(_AGAIN, name)


_AGAIN: Final = (
    r"--(known-at|public-by|since|every|every-day|template)\b|snapshot .*--(party|issue|check)\b|-o out/report|render"
    r"|^panel .*--format json|log -n 500|export out|^schema( report)?$|--format html .*2022-04-14"
)
"""What marks calls whose answers are much like others."""
