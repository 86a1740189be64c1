"""The house's form, where import-linter cannot see it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["members", "catalog", "events", "umkm_portal"]
MODULES = [
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_MODULE = 300
LONGEST_FUNCTION = 45
LONGEST_VIEW = 25


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def length(node: ast.FunctionDef) -> int:
    return node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_holds_one_thing(path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE or path.name in {
        "settings.py",
        "cluster.py",
        "database.py",
        "supervisor.py",
    }
    longest = LONGEST_VIEW if "views" in path.parts else LONGEST_FUNCTION
    assert [f.name for f in functions(path) if length(f) > longest] == []


@pytest.mark.parametrize("app", APPS[:3])
def test_views_do_not_write(app) -> None:
    """What happens is an action's; a view that saves would pass the lock and the audit by."""
    for path in (ROOT / app / "views").rglob("*.py"):
        assert not re.search(r"\.save\(|\.delete\(|\.objects\.create\(", path.read_text()), path


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_keep_the_content_security_policy(path) -> None:
    text = path.read_text()

    assert " style=" not in text
    assert not re.search(r"<script(?![^>]*(src=|application/ld\+json))", text)
    assert not re.search(r"\son(click|change|submit|load|input)=", text)
