"""Documents that mean harm, read and then written by every exporter: a clear error, or a whole and harmless file."""

import struct
import xml.etree.ElementTree as ET
import zlib
from datetime import UTC, datetime

import pytest

from klantreis.errors import KlantreisError, MissingPart
from klantreis.map.check import check_all
from klantreis.map.images import images_of
from klantreis.map.read import read_map
from klantreis.plugins import part, parts
from klantreis.report import Report

MADE = datetime(2026, 11, 21, 8, 14, tzinfo=UTC)
HEAD = "klantreis: 1\nid: x\ntitle: X\ntemplate: nl-5\n"
SCRIPT = "<script>alert(1)</script>"


def steps(count, more=""):
    return "".join(f"    s{n}: {{do: Stap {n}, feel: {n % 5 - 2}{more}}}\n" for n in range(count))


def labels(text):
    said = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return (
        f"owner: {said}\ntags: [{said}]\nversion: {said}\nscope: {{start: {said}}}\nx-a: {said}\n"
        f"personas: {{p: {{label: {said}, goal: {said}, quote: {said}, alt: {said}}}}}\n"
        f"evidence: {{e: {{source: {said}, person: {said}}}}}\nclaims: {{c: {{text: {said}}}}}\n"
        f"comments: {{c: {{at: s, text: {said}, author: {said}}}}}\n"
        f"kpis: {{k: {{at: s, label: {said}, metric: share, target: '>= 50%', owner: {said}}}}}\n"
        f"phases: {{aankoop: {{goal: {said}, steps: {{s: {{do: {said}, think: {said}, expect: {said}, word: {said}, "
        f"need: {said}, feel: -2, barrier: {{text: {said}}}}}}}}}}}\n"
    )


DOCUMENTS = {
    "nothing": "",
    "one empty phase": "phases: {aankoop: {}}\n",
    "no title": "phases: {aankoop: {s: {}}}\n",
    "two hundred phases": "phases:\n"
    + "".join(f"  f{n}: {{label: Fase {n}, s{n}: {{do: Stap}}}}\n" for n in range(200)),
    "ids that differ by case": "phases: {aankoop: {Kassa: {feel: 1}, kassa: {feel: -1}, KASSA: {}}}\n",
    "opens itself": "phases: {aankoop: {s: {do: Ik ga, opens: x}}}\n",
    "parent of itself": "parent: x\nphases: {aankoop: {s: {}}}\n",
    "goes back for ever": "scenarios: {s: {kind: ideal, path: [a, b, {back: a}, b, {back: a}]}}\n"
    "phases: {aankoop: {a: {feel: 1}, b: {feel: -1}}}\n",
    "nested choices": "scenarios: {s: {kind: ideal, path: " + "[" * 15 + "a, b" + "]" * 15 + "}}\n"
    "phases: {aankoop: {a: {}, b: {}}}\n",
    "three hundred personas": "personas:\n" + "".join(f"  p{n}: {{label: Persona {n}}}\n" for n in range(300)),
    "five hundred barriers": "phases: {aankoop: {s: {do: Ik zoek}}}\nbarriers:\n"
    + "".join(f"  b{n}: {{at: s, text: Barriere {n}, kind: doubt}}\n" for n in range(500)),
    "huge numbers": "opportunities: {o: {impact: 5, effort: 1, confidence: 5}}\n"
    "kpis: {k: {at: s, metric: count, target: '>= 99999999999999999999'}}\nphases: {aankoop: {s: {}}}\n",
    "a word without an end": f"phases: {{aankoop: {{s: {{do: {'bewustwordingsfase' * 300}, feel: 1}}}}}}\n",
    "a text without an end": f"phases: {{aankoop: {{s: {{do: kort, think: {'lang en ' * 4000}}}}}}}\n",
    "only emoji": "phases: {aankoop: {label: 🛒, s: {do: 👩‍👩‍👧‍👦🏴‍☠️, word: 🍦}}}\n",
    "right to left": 'phases: {aankoop: {s: {do: "עברית العربية", think: "\\u05d0\\u0301 abc"}}}\n',
    "direction overrides": 'phases: {aankoop: {s: {do: "a\\u202eb\\u2066c\\u200f"}}}\n',
    "names of YAML": "phases: {aankoop: {no: {do: no}, on: {do: on}, null_: {do: 'null'}, yes: {do: '~'}}}\n",
    "an asset that is not there": "assets: {a: weg.png}\nphases: {aankoop: {s: {image: a}}}\n",
    "an asset that is text": "assets: {a: tekst.png}\nphases: {aankoop: {s: {image: a}}}\n",
    "an asset that is a script": "assets: {a: kwaad.svg}\nphases: {aankoop: {s: {image: a}}}\n",
    "an asset that unpacks to gigabytes": "assets: {a: bom.png}\nphases: {aankoop: {s: {image: a}}}\n",
    "an asset cut off": "assets: {a: half.png}\nphases: {aankoop: {s: {image: a}}}\n",
    "a face that is a script": "personas: {p: {label: P, picture: kwaad.svg}}\nphases: {aankoop: {s: {}}}\n",
    "a link out of the folder": "assets: {a: uit/geheim.png}\nphases: {aankoop: {s: {image: a}}}\n",
}  # fmt: skip
TEXTS = {
    "script": SCRIPT, "svg": '<svg onload="alert(1)"/>', "entity": "&lt;b&gt;&#x3c;script>",
    "formula": '=HYPERLINK("x")',
    "command": "+1+cmd|' /C calc'!A0", "typst": '#read("/etc/passwd") ] #panic()',
    "mermaid": "section x: 5: y; %%{init}%%",
    "markdown": "![x](file:///etc/passwd) [k](javascript:alert(1))", "template": "{name} {0} %s ${y} {{7*7}}",
    "path": "../../etc/passwd", "jndi": "${jndi:ldap://x}", "quotes": "\"'><b>`", "drive": "C:\\Windows\\x",
    "json": '"}],"x":[{"', "cdata": "]]><x>", "comment": "--><x><!--", "style": "</style><script>alert(1)</script>",
    "css": "}*{background:url(//x)}", "pipes": "a | b | c", "null": "\\x00", "tex": "\\input{/etc/passwd}",
    "sql": "'; DROP TABLE x;--", "nbsp": "a\u00a0\u2007b", "soft": "be\u00adwust", "zero": "a\u200bb\u2060c\ufeff",
    "marks": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L", "han": "漢字かな交じり文", "private": "\ue000\uf8ff", "plane": "𝕏𝔸 \U0001f9d1",
    "case": "İıſK", "ligature": "ﬁﬂ°¶ß", "long": "a" * 3000, "spaces": " " * 50 + "x", "dash": "- a\n", "star": "* a",
    "hash": "# a", "number": "1e400", "boolean": "true", "date": "2026-02-30", "url": "javascript:alert(1)",
}  # fmt: skip


def png(wide, high, body):
    def piece(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = piece(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + piece(b"IDAT", zlib.compress(body)) + piece(b"IEND", b"")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tekst.png").write_text("geen beeld")
    (tmp_path / "kwaad.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>')
    (tmp_path / "bom.png").write_bytes(png(60_000, 60_000, b"\x00" * 1000))
    (tmp_path / "half.png").write_bytes(png(40, 40, b"\x00" * 4840)[:60])
    (tmp_path.parent / "geheim.png").write_bytes(png(2, 2, b"\x00" * 14))
    (tmp_path / "uit").symlink_to(tmp_path.parent)
    return tmp_path


def written_by_all(folder, text, scale=2):
    """Reads a document and lets every exporter write it: what it gave, or None for a clear error. `scale` of pixels."""
    file = folder / "x.reis.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    try:
        map_ = read_map(file)
    except KlantreisError as error:
        said_clearly(error)
        return None
    report = Report(map_, None, check_all([map_]), MADE, images=images_of(map_).known)
    made = {}
    for name in parts("exporter"):
        try:
            module = part("exporter", name)
            made[name] = module.export(report, *([module.Options(scale=scale)] if name == "png" else []))
        except MissingPart:
            continue
        except KlantreisError as error:
            said_clearly(error)
    return made


def said_clearly(error):
    assert all(error.parts(language)[0] for language in ("nl", "en"))


def harmless(made):
    root = ET.fromstring(made["svg"])
    assert not [one for one in root.iter() if one.tag.endswith(("script", "foreignObject"))]
    assert not [key for one in root.iter() for key in one.attrib if key.lower().startswith("on")]
    page = made["html"].decode("utf-8")
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert b"geheim" not in made["svg"]
    assert made.get("pdf", b"%PDF").startswith(b"%PDF")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_is_refused_or_written_whole_by_every_exporter(name, folder):
    made = written_by_all(folder, DOCUMENTS[name])
    if made is not None:
        assert {"svg", "html", "csv", "json", "markdown", "mermaid", "ojf"} <= set(made)
        harmless(made)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_means_harm_in_every_field_is_only_text(name, folder):
    made = written_by_all(folder, labels(TEXTS[name]), scale=0.25)
    if made is not None:
        harmless(made)


def test_a_map_of_more_steps_than_anybody_can_look_at_is_for_tables():
    from klantreis.map.read import map_of

    report = Report(map_of(HEAD + "phases:\n  aankoop:\n" + steps(1001)), None, (), MADE)
    for name in ("svg", "png", "pdf", "html", "pptx"):
        try:
            module = part("exporter", name)
        except MissingPart:
            continue
        with pytest.raises(KlantreisError, match="cannot be drawn") as refused:
            module.export(report)
        assert "xlsx" in refused.value.parts("nl")[2]
    for name in ("csv", "json", "markdown", "mermaid", "ojf"):
        assert b"Stap 1000" in part("exporter", name).export(report)
