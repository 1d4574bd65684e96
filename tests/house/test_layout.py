"""Who looks for a thing finds it where its name says."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.code import APPS, ROOT, functions, layer_files, lines, python_files, where

SHAPELESS = {"utils.py", "helpers.py", "services.py", "managers.py", "signals.py", "misc.py"}


def test_no_file_is_named_after_nothing() -> None:
    found = [path for path in python_files(*APPS, "common", "config") if path.name in SHAPELESS]
    assert not found


def test_nobody_listens_to_signals() -> None:
    """What a change brings about is written where the change is."""
    forbidden = {"django.db.models.signals", "django.dispatch", "django.core.signals"}
    for path in python_files(*APPS, "common"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in forbidden, path


@pytest.mark.parametrize("layer", ["forms", "actions"])
def test_a_concept_has_the_same_name_in_every_layer(layer: str) -> None:
    for path in layer_files(layer):
        if path.stem == layer:
            continue
        app = path.parent.parent
        others = [app / other / path.name for other in ("models", "rules", "views")]
        assert any(other.exists() for other in others), path.relative_to(ROOT)


def test_views_are_short() -> None:
    long = [
        f"{where(path, function)}: {lines(function)}"
        for path in layer_files("views")
        for function in functions(path)
        if lines(function) > 30
    ]
    assert not long


def test_permissions_are_predicates_of_a_few_lines() -> None:
    for path in layer_files("permissions"):
        for function in functions(path):
            assert re.match(r"(can|is|has|may)_", function.name), where(path, function)
            assert lines(function) <= 8, where(path, function)
            names = [argument.arg for argument in function.args.args]
            assert "request" not in names, where(path, function)


# What every deed writes its trail with, is no deed itself.
NO_DEEDS = {"accounts/actions/audit.py"}


def test_actions_take_the_object_first_and_who_did_it_last_by_name() -> None:
    wrong = []
    for path in layer_files("actions"):
        if str(path.relative_to(ROOT)) in NO_DEEDS:
            continue
        for function in functions(path):
            keywords = [argument.arg for argument in function.args.kwonlyargs]
            positional = [argument.arg for argument in function.args.args]
            if len(positional) > 2 or "by" in positional or ("by" in keywords and keywords[-1] != "by"):
                wrong.append(where(path, function))
    assert not wrong


def patterns(resolver: URLResolver, namespace: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += patterns(entry, entry.namespace or namespace)
        else:
            found.append((namespace, entry))
    return found


def test_a_url_is_named_after_its_view() -> None:
    for namespace, pattern in patterns(get_resolver()):
        if namespace:
            view = pattern.callback
            assert view.__module__.split(".")[0] == namespace, pattern
            assert pattern.name == view.__name__, pattern


def test_one_name_leads_to_one_view() -> None:
    """A name given twice leads everybody to whichever came last."""
    known: dict[tuple[str, str], object] = {}
    for namespace, pattern in patterns(get_resolver()):
        if namespace and pattern.name:
            assert known.setdefault((namespace, pattern.name), pattern.callback) is pattern.callback, pattern


def test_migrations_say_what_they_do() -> None:
    for app in APPS:
        for path in (ROOT / app / "migrations").glob("[0-9]*.py"):
            assert re.fullmatch(r"\d{4}_[a-z][a-z0-9_]*", path.stem), path
            assert "_auto_" not in path.stem, path


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_stays_short(name: str) -> None:
    path = ROOT / name
    if path.exists():
        assert len(path.read_text().splitlines()) <= 150


def committed_files() -> list[Path]:
    skipped = {".git", ".venv", "var", "node_modules", "locale", "__pycache__"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not skipped & set(path.relative_to(ROOT).parts)
        and not any(part.endswith("_cache") for part in path.relative_to(ROOT).parts)
        and path.suffix in {"", ".py", ".toml", ".lock", ".txt", ".json", ".yml", ".html", ".md"}
    ]


def test_no_file_names_the_host_of_a_registry() -> None:
    """Offices have mirrors of their own, and a lock that names a host cannot use them."""
    hosts = ["pypi" + ".org", "python" + "hosted", "npm" + "js.", "debian" + ".org", "jsd" + "elivr"]
    for path in committed_files():
        text = path.read_text(errors="replace")
        assert not [host for host in hosts if host in text], path.relative_to(ROOT)
