"""Hostile documents: a clear mistake at its line, or a value that is only text; never a crash, never a long wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict

import pytest

from klantreis.documents import read_document_text
from klantreis.errors import DocumentError
from klantreis.map.check import check, check_all
from klantreis.map.crosswalk import shown_as
from klantreis.map.diff import differences
from klantreis.map.guide import guide
from klantreis.map.model import JourneyMap
from klantreis.map.read import map_of

HEAD = "klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\n"
SCRIPT = "<script>alert(1)</script>"
SVG = '<svg onload="alert(1)"/>'
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"k{n}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
)
RTL = "\u202eabc\u2066"


def refused(text: str) -> list[str]:
    began = time.monotonic()
    with pytest.raises(DocumentError) as caught:
        map_of(text, file="x.reis.yaml")
    assert time.monotonic() - began < 10
    for found in caught.value.findings:
        assert found.place.line
        assert found.place.column
        assert found.title.nl
        assert found.title.en
    return [found.title.text("en") for found in caught.value.findings]


def used(text: str) -> JourneyMap:
    """Reads a map and lets everything that looks at a map look at it."""
    map_ = map_of(text, file="x.reis.yaml")
    assert check_all([map_])
    assert guide(map_)
    assert differences(map_, map_) == ()
    shown_as(map_, "journey-7")
    return map_


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # bombs, anchors and nesting
        (BOMB, "values"),
        ("a: &a [*a]\n", "itself"),
        ("a: *nergens\n", "nergens"),
        ("a: " + "[" * 60 + "]" * 60 + "\n", "deep"),
        ("tags: " + "{a: " * 60 + "1" + "}" * 60 + "\n", "deep"),
        ("---\nklantreis: 1\n---\nklantreis: 1\n", ""),
        ("personas: {lisa: !!python/object/apply:os.system [ls]}\n", ""),
        ("owner: !!binary aGFja2Vk\n", ""),
        ("{a: {b: 1}}: c\n", ""),
        ("? [a, b]\n: c\n", ""),
        ("owner: a\nowner: b\n", "twice"),
        ("personas: {lisa: {}, lisa: {}}\n", "twice"),
        ("owner: \x00\n", ""),
        ("owner: \ud800\n", ""),
        ("owner: \x1b[31m\n", ""),
        ("owner: [\n", ""),
        ("\towner: a\n", ""),
        # ids
        ('personas: {"../../etc/passwd": {}}\n', "id"),
        ('personas: {"<script>": {}}\n', "id"),
        ('personas: {"": {}}\n', "id"),
        (f'personas: {{"{"a" * 81}": {{}}}}\n', "id"),
        ('personas: {"a b": {}}\n', "id"),
        ('personas: {"\u202elisa": {}}\n', "id"),
        ('touchpoints: {"a/b": {}}\n', "id"),
        ("phases: {aankoop: {a: {}, b: {}}, gebruik: {a: {}}}\n", "twice"),
        ("phases: {aankoop: {a: {}, b: {need: [{id: n, text: t}, {id: n, text: t}]}}}\n", "twice"),
        ("parent: ../../x\n", "id"),
        ("phases: {aankoop: {s: {opens: ../klacht}}}\n", "id"),
        # paths and addresses
        ("assets: {a: /etc/passwd}\n", "file"),
        ("assets: {a: ../geheim.jpg}\n", "file"),
        ("assets: {a: beeld/../../geheim.jpg}\n", "file"),
        ('assets: {a: "C:\\\\geheim.jpg"}\n', "file"),
        ('assets: {a: "C:/geheim.jpg"}\n', "file"),
        ('assets: {a: "..\\\\geheim.jpg"}\n', "file"),
        ("assets: {a: ~/geheim.jpg}\n", "file"),
        ("assets: {a: //server/deel/x.jpg}\n", "file"),
        ("assets: {a: ./x.jpg}\n", "file"),
        ("assets: {a: beeld//x.jpg}\n", "file"),
        ('assets: {a: "file:///etc/passwd"}\n', "file"),
        ('assets: {a: "javascript:alert(1)"}\n', "file"),
        ('assets: {a: "data:image/svg+xml;base64,PHN2Zz4="}\n', "file"),
        ('assets: {a: "http://example.org/x.jpg"}\n', "file"),
        ('assets: {a: "x.jpg\u202egpj.exe"}\n', "file"),
        ('assets: {a: "x.jpg\\0.png"}\n', "file"),
        ('assets: {a: "con. "}\n', "file"),
        (f"assets: {{a: {'b' * 400}.jpg}}\n", "file"),
        ('assets: {a: {url: "http://example.org"}}\n', "https"),
        ('assets: {a: {url: "https://ik:geheim@example.org"}}\n', "https"),
        ('assets: {a: {url: "https://exa mple.org"}}\n', "https"),
        ("assets: {a: {url: 'https://example.org/\"onload=x'}}\n", "https"),
        ('assets: {a: {url: "https://"}}\n', "https"),
        ('assets: {a: {url: "https://[::1"}}\n', "https"),
        ('evidence: {e: {url: "javascript:alert(1)"}}\n', "https"),
        ('needs: {n: {at: s, text: t, content: "javascript:alert(1)"}}\nphases: {aankoop: {s: {}}}\n', "https"),
        ("personas: {p: {picture: ../x.jpg}}\n", "file"),
        ('phases: {aankoop: {s: {image: "https://ik@x.org/a.jpg"}}}\n', "https"),
        ("phases: {aankoop: {s: {image: {file: /x.jpg}}}}\n", "file"),
        # numbers, dates, spans
        ("phases: {aankoop: {s: {feel: .inf}}}\n", "number"),
        ("phases: {aankoop: {s: {feel: .nan}}}\n", "number"),
        ("phases: {aankoop: {s: {feel: 3}}}\n", "number"),
        ("phases: {aankoop: {s: {feel: {all: 99}}}}\n", "number"),
        ("phases: {aankoop: {s: {feel: {niemand: 1}}}}\n", "persona"),
        ("price_bands: {b: {times: 0}}\n", "number"),
        ("price_bands: {b: {from: 9, to: 1}}\n", "nothing"),
        ("reviewed: 2026-02-30\n", "date"),
        ("reviewed: 9999-12-31\n", "date"),
        ("reviewed: 99999999999999\n", "date"),
        ("review_every: 99999 years\n", "span"),
        ("touchpoints: {t: {cap: 0 per month}}\n", "often"),
        ("touchpoints: {t: {cap: 1 per eeuw}}\n", ""),
        ("opportunities: {o: {impact: 1e400}}\n", "number"),
        # patterns, references, shapes
        ("touchpoints: {t: {match: {event: e, where: {q: ~ (a+)+\\1}}}}\n", "pattern"),
        ("scenarios: {s: {kind: ideal, path: [nergens]}}\n", "nergens"),
        ("scenarios: {s: {kind: ideal, path: [{back: a}]}}\nphases: {aankoop: {a: {}}}\n", "come before"),
        ("lanes: {l: {cells: {a..nergens: t}}}\nphases: {aankoop: {a: {}}}\n", "nergens"),
        ("lanes: {think: {cells: {a: t}}}\nphases: {aankoop: {a: {}}}\n", "fills itself"),
        ("comments: {c: {at: nergens, text: t}}\n", "nergens"),
        ("proof: {p: {primary: nergens}}\n", "nergens"),
        ("personas: 7\n", "block"),
        ("phases: [a, b]\n", "block"),
        ("geheim: 1\n", "Unknown key"),
        ("__proto__: {a: 1}\n", "Unknown key"),
    ],
)  # fmt: skip
def test_a_hostile_document_is_refused_with_its_line(text: str, said: str) -> None:
    text = text if text.startswith("---") else HEAD + text
    assert any(said in title for title in refused(text))


@pytest.mark.parametrize(
    "sign", [SCRIPT, SVG, RTL, "\"'><b>", "=1+1", "{{7*7}}", "${jndi:ldap://x}", "%s%n", "🧑‍🚀" * 50]
)
@pytest.mark.parametrize(
    "write",
    [
        lambda text: f"owner: {text}\n",
        lambda text: f"personas: {{p: {{label: {text}, goal: {text}, quote: {text}}}}}\n",
        lambda text: (
            f"phases: {{aankoop: {{s: {{do: {text}, think: {text}, need: {text}, barrier: {{text: {text}}}}}}}}}\n"
        ),
        lambda text: f"evidence: {{e: {{source: {text}, person: {text}}}}}\nclaims: {{c: {{text: {text}}}}}\n",
        lambda text: f"tags: [{text}]\nversion: {text}\nscope: {{start: {text}}}\nx-a: {text}\n",
        lambda text: f"comments: {{c: {{at: x, text: {text}, author: {text}}}}}\n",
    ],
)
def test_text_stays_text_whatever_it_looks_like(write: Callable[[str], str], sign: str) -> None:
    quoted = '"' + sign.replace("\\", "\\\\").replace('"', '\\"') + '"'
    whole = str(asdict(used(HEAD + write(quoted))))
    assert sign in whole or repr(sign)[1:-1] in whole


def test_ids_that_differ_only_by_capitals_are_told_apart_and_warned_of() -> None:
    map_ = used(HEAD + "phases: {aankoop: {Kassa: {}, kassa: {}}}\n")
    assert [step.id for _, step in map_.steps()] == ["Kassa", "kassa"]
    assert [one.place.id for one in check(map_) if one.rule == "one-id-for-two"] == ["kassa"]


def test_ten_thousand_steps_are_read_and_looked_at_in_seconds() -> None:
    steps = "".join(f"    s{number}: {{do: Stap {number}, feel: {number % 5 - 2}}}\n" for number in range(10_000))
    began = time.monotonic()
    map_ = map_of(HEAD + "phases:\n  aankoop:\n" + steps)
    read = time.monotonic() - began
    assert len(map_.steps()) == 10_000
    began = time.monotonic()
    assert check(map_)
    assert differences(map_, map_) == ()
    assert len(shown_as(map_, "journey-7").steps()) == 10_000
    assert read < 60
    assert time.monotonic() - began < 20


def test_a_thousand_mistakes_are_all_told_and_quickly() -> None:
    text = HEAD + "scenarios:\n" + "".join(f"  s{n}: {{kind: ideal, path: [weg{n}]}}\n" for n in range(1000))
    assert len(refused(text)) == 1000


def test_the_settings_of_checks_refuse_what_they_do_not_know() -> None:
    from klantreis.map.checks.settings import OPTIONS

    for text in ("{alles: off}", "{phase-without-kpi: heel-erg}", "{most_steps: -1}", "{most_steps: [1]}"):
        with pytest.raises(DocumentError):
            read_document_text(text, OPTIONS)
