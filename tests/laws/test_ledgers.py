"""What was once agreed, refused or decided stays as it was said: the application only ever adds to its ledgers."""

import ast
from collections.abc import Iterator
from pathlib import Path

from server import models
from server.migrate.grants import APPEND_ONLY

ROOT = Path(__file__).resolve().parents[2]
LEDGERS = {"Consent", "OptOut", "Decision"}
CHANGES = {"update", "delete", "bulk_update", "update_or_create", "get_or_create"}


def _sources() -> Iterator[tuple[Path, ast.Module]]:
    for package in ("server", "realtime", "web", "portal"):
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text())


def _names(node: ast.AST) -> set[str]:
    return {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.Assign | ast.Return | ast.AnnAssign):
            yield node


def test_no_statement_changes_or_deletes_a_line() -> None:
    bad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in _sources()
        for node in _statements(tree)
        if _names(node) & LEDGERS and _names(node) & CHANGES
    ]
    assert bad == []


def test_no_statement_of_our_own_names_a_ledger_and_a_change() -> None:
    tables = {getattr(models, name)._meta.db_table for name in LEDGERS}
    bad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for table in tables
        if any(f'{change} "{table}"' in node.value for change in ("UPDATE", "DELETE FROM"))
    ]
    assert bad == []
    assert tables < set(APPEND_ONLY)
