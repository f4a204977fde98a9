from __future__ import annotations

from pathlib import Path

import pytest

from positions.errors import QueryError
from positions.snapshot.render import PARTS, TEMPLATES, render_report
from tests.positions.snapshot.pages import check_html, golden

ROOT = Path(__file__).parents[3]


def test_every_part_is_a_template_of_its_own() -> None:
    assert {*PARTS, "front", "footer", "parts", "report", "index"} == {
        path.name.removesuffix(".html.j2") for path in TEMPLATES.glob("*.html.j2")
    }


def test_the_worked_example_stands_in_for_one_part_and_leaves_the_others() -> None:
    ours, theirs = (render_report(golden(), "html", template=folder) for folder in (None, ROOT / "docs" / "template"))
    check_html(theirs)
    assert "Prepared for the morning meeting" in theirs
    assert "<h1>Where the parties stand" not in theirs
    assert theirs.partition("</header>")[2] == ours.partition("</header>")[2]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("{{ report.nothing }}", "has no attribute 'nothing'"),
        ("{% if %}", r"method\.html\.j2:1: Expected an expression"),
        ("{% include 'none.html.j2' %}", "none.html.j2"),
    ],
)
def test_a_wrong_template_is_told_in_a_line(tmp_path: Path, part: str, told: str) -> None:
    (tmp_path / "method.html.j2").write_text(part)
    with pytest.raises(QueryError, match=told):
        render_report(golden(), "html", template=tmp_path)


@pytest.mark.parametrize(
    "part",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ report.__class__ }}{{ report.__class__.__init__ }}",
        "{{ report.model_dump_json() }}",
        "{{ report.model_construct() }}",
        "{{ report.model_copy(update={'title': 'x'}) }}",
        "{{ report | attr('__class__') | attr('mro') }}{{ (report | attr('__class__')).mro() }}",
        "{{ '{0.__class__.__init__.__globals__}'.format(report) }}",
        "{{ self._TemplateReference__context.environment.loader.searchpath.append('/') }}",
        "{{ report.as_of.__reduce__() }}",
        "{{ report.as_of.replace(year=1) }}",
        "{{ lipsum() }}",
        "{{ paths.update({'square': 'x'}) }}",
        "{% set all = [] %}{{ all.append(1) }}",
    ],
)
def test_a_template_runs_no_code(tmp_path: Path, part: str) -> None:
    (tmp_path / "method.html.j2").write_text(part)
    with pytest.raises(QueryError, match=r"^template: .*(unsafe|safely callable|undefined|has no attribute)"):
        render_report(golden(), "html", template=tmp_path)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("{% for i in range(10**9) %}{% endfor %}", "Range too big"),
        (
            "{% set text = namespace(x='x') %}{% for i in range(60) %}{% set text.x = text.x ~ text.x %}{% endfor %}",
            "memory",
        ),
        ("{{ 'x' * 10**10 }}", "memory"),
        ("{{ 'x' | center(10**10) }}", "memory"),
        ("{{ '%10000000000d' | format(1) }}", "memory"),
        ("{{ 'x' * 60000000 }}", r"writes 60,\d+,\d+ characters, allowed: up to 50,000,000"),
        ("{% include 'method.html.j2' %}", "RecursionError"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "RecursionError"),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
        ("{{ 10 ** 5000 }}", "ValueError"),
        ("{{ 1 + 'x' }}", "TypeError"),
    ],
)
def test_a_template_that_is_out_of_bounds_is_told_in_a_line(tmp_path: Path, part: str, told: str) -> None:
    (tmp_path / "method.html.j2").write_text(part)
    with pytest.raises(QueryError, match=told):
        render_report(golden(), "html", template=tmp_path)


@pytest.mark.parametrize(
    "part",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{{ (9 ** 9) ** (9 ** 9) }}",
    ],
)
def test_a_template_that_never_ends_is_stopped(tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("positions.snapshot.user_templates.SECONDS", 2)
    (tmp_path / "method.html.j2").write_text(part)
    with pytest.raises(QueryError, match="was stopped after 2 seconds"):
        render_report(golden(), "html", template=tmp_path)
    (tmp_path / "method.html.j2").write_text("fine again")
    monkeypatch.setattr("positions.snapshot.user_templates.SECONDS", 30)
    assert "fine again" in render_report(golden(), "html", template=tmp_path)


@pytest.mark.parametrize("target", ["../secret", "/etc/passwd", "nowhere", "method.html.j2"])
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "method.html.j2").symlink_to(target)
    with pytest.raises(QueryError, match=r"method\.html\.j2 is a link (out of its folder|that leads nowhere)"):
        render_report(golden(), "html", template=folder)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "..//secret"])
def test_nothing_outside_of_the_folder_is_included(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "method.html.j2").write_text(f"{{% include '{name}' %}}")
    with pytest.raises(QueryError, match=r"^template: "):
        render_report(golden(), "html", template=tmp_path / "own")


def test_a_link_to_a_folder_of_templates_and_one_within_it_are_followed(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine").write_text("my own words")
    (tmp_path / "own" / "method.html.j2").symlink_to("mine")
    (tmp_path / "link").symlink_to("own")
    assert "my own words" in render_report(golden(), "html", template=tmp_path / "link")


def test_a_pipe_or_a_folder_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "method.html.j2").mkdir()
    with pytest.raises(QueryError, match=r"method\.html\.j2 is not a file"):
        render_report(golden(), "html", template=tmp_path)


@pytest.mark.parametrize("template", [None, ROOT / "docs" / "template"])
def test_a_page_lets_no_script_run_and_asks_for_nothing(template: Path | None) -> None:
    page = render_report(golden(), "html", template=template)
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    assert page.index(f'<meta http-equiv="Content-Security-Policy" content="{policy}">') < page.index("<title>")


def test_names_are_escaped_in_a_template_of_the_users_too(tmp_path: Path) -> None:
    (tmp_path / "front.html.j2").write_text("<header><h1>{{ report.title }}</h1></header>")
    report = golden().model_copy(update={"title": "<script>alert(1)</script>"})
    check_html(render_report(report, "html", template=tmp_path))
