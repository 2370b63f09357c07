"""The habits of the house, checked by machine."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model
from django.forms import BaseForm
from django.urls import URLPattern, URLResolver, get_resolver

from ampersand.agreements.models import Agreement
from ampersand.people.models import Person
from ampersand.people.queries import rows_of
from ampersand.record.keeping import Keeping, Limit
from ampersand.record.models import Entry
from tests.figures import Figure

SOURCE = Path(__file__).resolve().parent.parent / "src" / "ampersand"
PLAIN = {"wording", "sealing", "assigning", "calendars", "running", "video", "guarding"}
WIRING = {"database", "templates", "static", "migrations", "management", "templatetags", "locale"}
FURNITURE = {"urls", "api", "views", "forms", "actions", "tasks", "notices", "rules", "queries", "models"}
# File names beyond the furniture, each with the decision that explains it.
BEYOND = {
    "record": {"keeping", "states", "writing"},
    "people": {"access", "adapters"},
    "demo": {"cast", "story"},
    "meetings": {"ahead"},
    "journeys": {"joining", "ending", "leaving", "keeping", "ahead", "passing", "telling"},
}

ROOMS = sorted(
    folder.name
    for folder in SOURCE.iterdir()
    if folder.is_dir() and (folder / "__init__.py").exists() and folder.name not in PLAIN | WIRING
)


def our_models() -> list[type[Model]]:
    return list(apps.get_app_config("ampersand").get_models())


def our_views() -> Iterator[tuple[str, object]]:
    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, object]]:
        for pattern in patterns:
            where = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, where)
            else:
                yield where, pattern.callback

    yield from walk(get_resolver().url_patterns, "/")


def undeclared(models: list[type[Model]]) -> list[str]:
    return [model.__name__ for model in models if not isinstance(getattr(model, "keeping", None), Keeping)]


def without_access(views: Iterator[tuple[str, object]] | list[tuple[str, object]]) -> list[str]:
    return [where for where, view in views if not getattr(view, "access", "")]


def test_every_model_says_how_its_data_is_kept() -> None:
    assert our_models()
    assert undeclared(our_models()) == []


def test_what_a_model_calls_personal_is_one_of_its_fields() -> None:
    for model in our_models():
        names = {field.name for field in model._meta.get_fields()}
        keeping: Keeping = model.keeping  # type: ignore[attr-defined]
        assert set(keeping.personal) <= names, model.__name__
        assert all([keeping.readers, keeping.until, keeping.on_erasure]), model.__name__


def never_exported(models: list[type[Model]]) -> list[str]:
    """Name the models with something personal that nobody would find among everything kept about them."""
    found = {model for model in models if model is Person or rows_of(model, Person(pk=0)) is not None}
    for _depth in range(4):
        found |= {model for model in models if any(key.related_model in found for key in keys(model))}
    personal = {model for model in models if model.keeping.personal}  # type: ignore[attr-defined]
    return sorted(model.__name__ for model in personal - found)


def keys(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    return [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]


def test_whatever_is_personal_is_found_when_someone_asks_for_all_of_it() -> None:
    # What someone did stands in the record under a pseudonym, and is told as their history.
    assert never_exported(our_models()) == [Entry.__name__]


def test_a_model_without_a_keeping_declaration_is_caught() -> None:
    class Forgotten:
        keeping = "for ever"

    assert undeclared([Forgotten]) == ["Forgotten"]  # type: ignore[list-item]


LENGTH = re.compile(r"\b(a|one|two|six|\d+) (day|week|year)s?\b")
NUMBERS = {"a": 1, "one": 1, "two": 2, "six": 6}


def said(keeping: Keeping) -> set[tuple[int, int]]:
    """Read years and days out of the words."""
    found = set()
    for number, unit in LENGTH.findall(str(keeping.until)):
        count = NUMBERS[number] if number in NUMBERS else int(number)
        found.add((count, 0) if unit == "year" else (0, count * (7 if unit == "week" else 1)))
    if "as the agreement" in str(keeping.until):
        found |= said(Agreement.keeping)
    return found


def kept_otherwise_than_said(keepings: dict[str, Keeping]) -> list[str]:
    """Name the models whose words and whose rule differ, or that say no time and not why."""
    return [
        name
        for name, keeping in keepings.items()
        if said(keeping) != {(limit.years, limit.days) for limit in keeping.limits}
        or bool(keeping.limits) == bool(keeping.no_limit)
        or (keeping.personal and not keeping.what)
    ]


def test_data_is_kept_as_long_as_its_model_says() -> None:
    keepings = {model.__name__: model.keeping for model in our_models()}  # type: ignore[attr-defined]
    assert sum(bool(keeping.limits) for keeping in keepings.values()) > 10
    assert kept_otherwise_than_said(keepings) == []


def test_words_and_rule_that_differ_are_caught() -> None:
    def keeping(until: str, *limits: Limit, no_limit: str = "") -> Keeping:
        return Keeping(
            personal=(), readers="x", until=until, on_erasure="x", limits=limits, no_limit=no_limit
        )

    month = Limit(days=30, since=("sent_at",))
    planted = {
        "right": keeping("30 days after it was sent", month),
        "longer": keeping("two years after it was sent", month),
        "no rule": keeping("30 days after it was sent"),
        "no reason": keeping("as long as the scheme"),
        "half": keeping("30 days; its text a week", month),
        "both": keeping("30 days", month, no_limit="it names nobody"),
    }
    assert kept_otherwise_than_said(planted) == ["longer", "no rule", "no reason", "half", "both"]


def test_every_view_declares_who_may_open_it() -> None:
    assert without_access(our_views()) == []


def test_a_view_without_an_access_rule_is_caught() -> None:
    def careless() -> None: ...

    assert without_access([("/careless/", careless)]) == ["/careless/"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_holds_only_its_furniture(room: str) -> None:
    folder = SOURCE / room
    found = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }
    assert found <= FURNITURE | {"__init__"} | BEYOND.get(room, set())


@pytest.mark.parametrize("package", sorted([*ROOMS, *(p for p in PLAIN if (SOURCE / p).exists())]))
def test_a_room_says_in_a_sentence_what_it_is(package: str) -> None:
    opening = ast.get_docstring(ast.parse((SOURCE / package / "__init__.py").read_text()))
    assert opening
    assert len(opening) > 20


def writing_past_wishes(files: Iterable[tuple[str, str]]) -> list[str]:
    """Name the files outside the post room and `people/notices.py` that know how to write letters."""
    return [
        name
        for name, text in files
        if not name.startswith("notifications/")
        and name != "people/notices.py"
        and "write_letter" in names_in(text)
    ]


def names_in(text: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(text)))
    imported = {node.name for node in nodes if isinstance(node, ast.alias)}
    return imported | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_every_letter_follows_its_readers_wishes() -> None:
    """Only `people/notices.py` writes letters: it knows language, time zone and how often they are wanted."""
    files = [(str(path.relative_to(SOURCE)), path.read_text()) for path in SOURCE.rglob("*.py")]
    assert len(files) > 100
    assert writing_past_wishes(files) == []


def test_a_letter_past_someones_wishes_is_caught() -> None:
    careless = "from ampersand.notifications.actions import write_letter as w"
    assert writing_past_wishes([("pairs/notices.py", careless), ("people/notices.py", careless)]) == [
        "pairs/notices.py"
    ]


def test_no_template_lies_unused() -> None:
    """A template is used when code or another template names it; letters are named by their event."""
    texts = [path.read_text() for path in SOURCE.rglob("*.py")]
    texts += [path.read_text() for path in SOURCE.rglob("templates/**/*") if path.is_file()]
    everything = "\n".join(texts)
    unused = []
    for path in SOURCE.rglob("templates/**/*"):
        if not path.is_file():
            continue
        name = str(path).split("/templates/", 1)[1]
        room, _, rest = name.partition("/letters/")
        used = f'"{room}/{rest.rsplit("/", 1)[0]}"' if rest else name
        called_by_framework = (
            re.fullmatch(r"\d+(_csrf)?\.html", name)
            or name.startswith(("django/", "account/", "mfa/", "usersessions/", "allauth/", "components/"))
            or name == "base.html"
        )
        if not called_by_framework and used not in everything:
            unused.append(name)
    assert unused == []


REASON = re.compile(r"reason|why_|_why|diagnos|birth|rating", re.IGNORECASE)


ASKS_WHY = re.compile(
    r"\b(why|reasons?|diagnos\w+|date of birth|birthday|rate (?:him|her|them|this))\b", re.I
)
CONTROL = re.compile(r"<(?:input|textarea|select)\b[^>]*>")
NAMED = re.compile(r'\b(?:name|id|placeholder|aria-label)="([^"]+)"')
LABEL = re.compile(r"<label\b[^>]*>(.*?)</label>", re.S)
# Pages on which someone stops, refuses, or lets something end: one press of a button, and nothing to write.
ONE_PRESS = ("stop.html", "end_for_them.html", "carry_on.html", "ended.html", "leave.html")
WRITING = re.compile(r"<textarea|<select|type=\"(?:text|search|radio|checkbox)\"|\{\{ form")


def places_for_a_reason(searched: dict[str, list[str]]) -> list[str]:
    """Name what asks why, for a diagnosis, a birthday or a rating, among all that can be written in."""
    found = []
    for kind, names in searched.items():
        pattern = ASKS_WHY if kind.startswith("what is said") else REASON
        found += [f"{kind}: {name}" for name in names if pattern.search(name)]
    return found


def everything_to_write_in() -> dict[str, list[str]]:
    """Give the names of columns, fields, controls, addresses, arguments, and what is said beside them."""
    fields = [(form, name, field) for form in all_forms() for name, field in form_fields(form)]
    pages = [path.read_text() for path in SOURCE.rglob("templates/**/*.html") if "letters" not in path.parts]
    controls = [control for page in pages for control in CONTROL.findall(page)]
    columns = [(model, field) for model in our_models() for field in model._meta.get_fields()]
    actions = [path for path in SOURCE.rglob("*.py") if "actions" in str(path.relative_to(SOURCE))]
    functions = [
        node
        for path in [*actions, *(SOURCE / "journeys").glob("*.py")]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    ]
    return {
        "column": [f"{model.__name__}.{field.name}" for model, field in columns],
        "form field": [f"{form.__name__}.{name}" for form, name, _field in fields],
        "control": [name for control in controls for name in NAMED.findall(control)],
        "address": [where for where, _view in our_views()],
        "argument of an action": [
            f"{node.name}({argument.arg})"
            for node in functions
            for argument in (*node.args.args, *node.args.kwonlyargs)
        ],
        "what is said beside a form field": [str(field.label or "") for _form, _name, field in fields],
        "what is said beside a control": [label for page in pages for label in LABEL.findall(page)],
    }


def form_fields(form: type[BaseForm]) -> list[tuple[str, Any]]:
    return list(getattr(form, "base_fields", {}).items())


def test_there_is_nowhere_to_write_a_reason(figure: Figure) -> None:
    """No column, field, control, address or argument asks why, for a diagnosis, a birthday or a rating."""
    searched = everything_to_write_in()
    for kind, names in searched.items():
        figure(f"searched for a place to write a reason: {kind}", len(names), goal="0 found")
        assert names, kind
    assert places_for_a_reason(searched) == []


def test_where_someone_stops_there_is_nothing_to_write_in() -> None:
    pages = {path.name: path.read_text() for path in (SOURCE / "journeys").rglob("templates/**/*.html")}
    assert set(ONE_PRESS) <= set(pages)
    assert [name for name in ONE_PRESS if WRITING.search(pages[name])] == []
    assert WRITING.search('<textarea name="note"></textarea>')


@pytest.mark.parametrize(
    ("kind", "planted"),
    [
        ("column", "Pair.ending_reason"),
        ("form field", "StopForm.why_now"),
        ("control", "reason"),
        ("address", "/pairs/<int:pk>/reasons/"),
        ("argument of an action", "stop(reason)"),
        ("what is said beside a form field", "Why do you want to stop?"),
        ("what is said beside a control", "What is your date of birth?"),
    ],
)
def test_a_place_for_a_reason_would_be_caught(kind: str, planted: str) -> None:
    searched = everything_to_write_in()
    searched[kind].append(planted)
    assert places_for_a_reason(searched) == [f"{kind}: {planted}"]


def all_forms(base: type[BaseForm] = BaseForm) -> Iterator[type[BaseForm]]:
    for form in base.__subclasses__():
        if form.__module__.startswith("ampersand"):
            yield form
        yield from all_forms(form)


def test_a_column_for_a_reason_would_be_caught() -> None:
    assert REASON.search("ending_reason")
    assert REASON.search("date_of_birth")
    assert not REASON.search("ended_at")


NAMES_OF_PLACES = re.compile(
    r"(?:registry\.npmjs|pypi\.org|files\.pythonhosted|deb\.debian|/root/|/work/|/home/[a-z]+/)"
)


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    root = SOURCE.parent.parent
    kinds = {".py", ".md", ".toml", ".json", ".lock", ".html", ".txt", ".css", ".js", ".ts", ".yml", ""}
    skipped = {".git", ".venv", "node_modules", "data", "build", "built"}
    skipped |= {folder.name for folder in root.glob(".*") if folder.is_dir() and folder.name != ".ci"}
    found = [
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file()
        and path.suffix in kinds
        and not skipped & set(path.relative_to(root).parts)
        and path != Path(__file__)
        and NAMES_OF_PLACES.search(path.read_text(errors="ignore"))
    ]
    assert found == []
