"""The project as a whole keeps its own rules: sizes, locks, lists that must agree, links, no fixed registries."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "klantreis"
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")

# Where the parts of each kind live. A module there with a `name` of its own is a part; the others are shared by parts.
FOLDERS = {
    "engine": "engines",
    "reader": "log/readers",
    "analysis": "analyses",
    "rule": "rules",
    "exporter": "exporters",
    "channel": "flows/channels",
    "template": "map/importers",
}

# Put together here, so that this file does not hold what it looks for.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("deb", "debian", "org"),
        ("crates", "io"),
        ("conda", "anaconda", "org"),
    )
)


def tracked_files() -> list[Path]:
    """The files of the project as its readers get them."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Addresses


def test_no_file_names_a_registry() -> None:
    named = []
    for path in tracked_files():
        text = path.read_bytes().decode("utf-8", "ignore")
        named += [f"{shown(path)}: {address}" for address in REGISTRIES if address in text]
        if re.search(r"(?<!emit-)(?:index-url|find-links)", text) and path != Path(__file__):
            named.append(f"{shown(path)}: an index option")
    assert named == []


# Sizes


def test_no_source_file_is_over_500_lines() -> None:
    sizes = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name: size for name, size in sizes.items() if size > 500} == {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_over_80_lines() -> None:
    long = {
        f"{shown(path)}: {name}": size
        for path in [*python_files(), ROOT / "klantreis"]
        for name, size in functions(path)
        if size > 80
    }
    assert long == {}


# Locks


def locked(name: str) -> dict[str, list[str]]:
    """The requirements of a lock with their hashes; the marker belongs to the requirement."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    parts = [line.split() for line in lines if line and not line.startswith("#")]
    return {
        " ".join(word for word in words if not word.startswith("--hash=")): [
            word for word in words if word.startswith("--hash=")
        ]
        for words in parts
    }


@pytest.mark.parametrize("name", [*LOCKS, "requirements-spark.lock", "requirements-mariadb.lock"])
def test_each_line_of_a_lock_is_exact_and_hashed(name: str) -> None:
    requirements = locked(name)
    assert len(requirements) > 2
    loose = [line for line in requirements if not re.match(r"[A-Za-z0-9._-]+==[^\s;]+( ;|$)", line)]
    assert loose == []
    unhashed = [line for line, hashes in requirements.items() if not hashes]
    assert unhashed == []
    assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for hashes in requirements.values() for one in hashes)


def test_the_dev_lock_holds_the_run_lock() -> None:
    # The launcher runs the program in a dev environment too, so the versions must be the same ones.
    run, dev = (locked(name) for name in LOCKS)
    assert sorted(run.keys() - dev.keys()) == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    names = {re.split(r"[=\s]", line)[0].lower() for line in locked("requirements.lock")}
    asked = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["build-system"]["requires"]]
    assert {package_name(one) for one in asked} - names == set()


def package_name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found.group()).lower()


# Dependencies


# The package that a module comes from, where the names differ.
PACKAGES = {"ruamel": "ruamel-yaml", "pptx": "python-pptx", "resvg_py": "resvg-py"}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"klantreis"}


def test_each_import_is_a_dependency_or_an_extra() -> None:
    extras = [one for extra in PYPROJECT["project"]["optional-dependencies"].values() for one in extra]
    declared = {package_name(one) for one in [*PYPROJECT["project"]["dependencies"], *extras]}
    # What only our tests and their tools use.
    declared |= {"pytest"}
    missing = {
        f"{shown(path)}: {name}"
        for path in python_files()
        for name in imported(path)
        if PACKAGES.get(name, name) not in declared
    }
    assert missing == set()


def test_every_format_works_from_the_first_run() -> None:
    # Decision 28: who types ./klantreis has no environment of their own to install an extra in.
    held = {re.split(r"[=\s]", line)[0].lower() for line in locked("requirements.lock")}
    asked = {
        f"{shown(path)}: {name}"
        for folder in ("exporters", "map/importers")
        for path in (SOURCE / folder).rglob("*.py")
        for name in imported(path)
        if PACKAGES.get(name, name) not in held
    }
    assert asked == set()


# Parts


INSIDE = {"klantreis.analyses.worth"}
"""Folded like a measure, but no part: it answers no question of its own."""


def parts_in(folder: Path) -> dict[str, str]:
    """The parts in a folder: the `name` that each module gives itself, and the module."""
    found = {}
    for path in sorted(folder.glob("*.py")) + sorted(folder.glob("*/__init__.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            name = literal_name(node)
            if name is not None:
                found[name] = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
    return {name: module for name, module in found.items() if module not in INSIDE}


def literal_name(node: ast.stmt) -> str | None:
    """The text in `name = "..."` or `name: Final = "..."`."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    value = getattr(node, "value", None)
    is_name = any(isinstance(target, ast.Name) and target.id == "name" for target in targets)
    if is_name and isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    return None


def registered(kind: str) -> dict[str, str]:
    points: dict[str, dict[str, str]] = PYPROJECT["project"].get("entry-points", {})
    return {name: value.split(":")[0] for name, value in points.get(f"klantreis.{kind}", {}).items()}


@pytest.mark.parametrize("kind", sorted(FOLDERS))
def test_the_parts_in_a_folder_are_those_in_pyproject(kind: str) -> None:
    assert registered(kind) == parts_in(SOURCE / FOLDERS[kind])


@pytest.mark.parametrize("kind", [*sorted(FOLDERS), "template"])
def test_each_registered_part_can_be_imported(kind: str) -> None:
    for module in registered(kind).values():
        import_module(module)


def test_the_kinds_of_parts_are_the_seven_of_the_house() -> None:
    kinds = {name.removeprefix("klantreis.") for name in PYPROJECT["project"]["entry-points"]}
    assert kinds == {*FOLDERS, "template"}


# One truth in one place


def test_the_version_is_the_same_everywhere() -> None:
    version = PYPROJECT["project"]["version"]
    assert import_module("klantreis").__version__ == version
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_oldest_python_is_the_same_everywhere() -> None:
    oldest = PYPROJECT["project"]["requires-python"].removeprefix(">=")
    major, minor = oldest.split(".")
    assert f"OLDEST = ({major}, {minor})" in (ROOT / "klantreis").read_text(encoding="utf-8")
    assert PYPROJECT["tool"]["mypy"]["python_version"] == oldest
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{major}{minor}"
    assert f"Python {oldest} or later" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["./klantreis demo", "./klantreis test"])
def test_the_readme_has_the_two_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


def pages() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".md"]


def test_each_link_in_a_page_leads_somewhere() -> None:
    broken = []
    for page in pages():
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
            path = target.split("#")[0]
            if path and "://" not in path and not target.startswith("mailto:") and not (page.parent / path).exists():
                broken.append(f"{shown(page)}: {target}")
    assert broken == []


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
