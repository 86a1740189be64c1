"""Every action keeps the contract: typed, `by` and `via` by keyword, atomic, documented."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

APPS = ["members", "catalog", "events"]


def actions():
    for app in APPS:
        package = importlib.import_module(f"{app}.actions")
        for module in pkgutil.iter_modules(package.__path__, f"{app}.actions."):
            found = importlib.import_module(module.name)
            for name, function in vars(found).items():
                if (
                    inspect.isfunction(function)
                    and not name.startswith("_")
                    and function.__module__ == found.__name__
                    and "by" in inspect.signature(function).parameters
                ):
                    yield pytest.param(function, id=f"{module.name}.{name}")


@pytest.mark.parametrize("action", list(actions()))
def test_it_names_who_and_by_which_door(action) -> None:
    parameters = inspect.signature(action).parameters

    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["via"].kind is inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize("action", list(actions()))
def test_it_is_typed_and_says_what_happens(action) -> None:
    signature = inspect.signature(action)

    assert signature.return_annotation is not inspect.Signature.empty
    assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())
    assert inspect.getdoc(action)


@pytest.mark.parametrize("action", list(actions()))
def test_it_is_all_or_nothing(action) -> None:
    assert action.__wrapped__, "wrap the action in @transaction.atomic"


@pytest.mark.parametrize("action", list(actions()))
def test_it_never_sees_a_request(action) -> None:
    assert "request" not in inspect.signature(action).parameters
