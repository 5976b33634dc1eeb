"""Routes that only read take no place in the queue of those who write."""

import ast
from collections.abc import Iterator

from tests.support.source import Function, Module, modules


def reading_routes() -> Iterator[tuple[Module, Function]]:
    for module in modules("app/api/v1"):
        for function in module.functions():
            decorators = [ast.unparse(decorator) for decorator in function.decorator_list]
            if any(decorator.startswith("router.get(") for decorator in decorators):
                yield module, function


def called(function: Function) -> set[str]:
    """Return the names of what is called, without what they belong to."""
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {ast.unparse(call).rpartition(".")[2] for call in calls}


def recording() -> set[str]:
    """Return the services that write down that they were asked: a read which is a write."""
    return {
        function.name
        for module in modules("app/services")
        for function in module.functions()
        if any(name.lstrip("_").startswith("record") for name in called(function))
    }


def test_a_get_takes_a_writing_session_only_to_record_the_read() -> None:
    """With SQLite a unit of work begins as the only writer, and waits for the one before."""
    guilty = [
        f"{module.path}: {function.name} takes SessionDep, and needs ReadSessionDep"
        for module, function in reading_routes()
        if "SessionDep" in {ast.unparse(a.annotation) for a in function.args.args if a.annotation}
        and not called(function) & recording()
    ]

    assert not guilty


def test_the_reading_routes_are_found() -> None:
    """The test above passes when there is nothing to look at, so that is looked at too."""
    found = {function.name for _, function in reading_routes()}

    assert {"list_sessions", "export_me", "list_users"} <= found
    assert {"export_me", "list_users"} <= recording()
