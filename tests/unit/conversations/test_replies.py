"""The words customers read: as a shopkeeper writes them, tú or usted, and nowhere else."""

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.shop_view import ZONE

from marchante import conversations
from marchante.conversations.replies import es
from marchante.conversations.replies.es import dates, titles
from marchante.conversations.replies.es.amounts import (
    kilos,
    money,
    price_per_unit,
    quantity_of,
    quantity_with_unit,
)
from marchante.conversations.replies.es.voice import joined, quoted

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(("amount", "shown"), [("85.5", "$85.50"), ("1234.5", "$1,234.50"), ("0", "$0.00")])
def test_pesos(amount: str, shown: str):
    assert money(Decimal(amount)) == shown


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        ("0.25", "¼ kg"),
        ("0.5", "½ kg"),
        ("0.75", "¾ kg"),
        ("1", "1 kg"),
        ("1.000", "1 kg"),
        ("2.5", "2½ kg"),
        ("1.25", "1.250 kg"),
        ("0.3", "300 g"),
        ("0.312", "312 g"),
        ("10", "10 kg"),
    ],
)
def test_kilos(quantity: str, shown: str):
    assert kilos(Decimal(quantity)) == shown


@pytest.mark.parametrize(
    ("quantity", "unit", "shown"),
    [
        ("1", "piece", "1 pieza"),
        ("2", "piece", "2 piezas"),
        ("3", "can", "3 latas"),
        ("1", "bunch", "1 manojo"),
        ("4", "bunch", "4 manojos"),
        ("2", "box", "2 cajas"),
        ("1.5", "liter", "1½ litros"),
        ("2", "bottle", "2 botellas"),
        ("1", "bag", "1 bolsa"),
        ("6", "pack", "6 paquetes"),
    ],
)
def test_units_have_their_plurals(quantity: str, unit: str, shown: str):
    assert quantity_with_unit(Decimal(quantity), unit) == shown


@pytest.mark.parametrize(
    ("quantity", "unit", "name", "shown"),
    [
        ("2", "kg", "Jitomate", "2 kg Jitomate"),
        ("2", "can", "Atún", "2 latas Atún"),
        ("2", "bag", "Bolsa de hielo", "2 Bolsa de hielo"),
        ("2", "unit", "Garrafón", "2 Garrafón"),
        ("3", "piece", "Lechuga", "3 Lechuga"),
    ],
)
def test_a_unit_is_not_said_twice(quantity: str, unit: str, name: str, shown: str):
    assert quantity_of(Decimal(quantity), unit, name) == shown


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("kg", "$24.00 el kg"), ("can", "$24.00 la lata"), ("bunch", "$24.00 el manojo"), ("unit", "$24.00 c/u")],
)
def test_prices_by_unit(unit: str, shown: str):
    assert price_per_unit(Decimal(24), unit) == shown


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (date(2026, 11, 26), "hoy"),
        (date(2026, 11, 27), "mañana viernes"),
        (date(2026, 11, 25), "ayer"),
        (date(2026, 11, 28), "el sábado 28"),
        (date(2027, 1, 3), "el 3 de enero"),
        (date(2026, 11, 2), "el 2 de noviembre"),
    ],
)
def test_days(when: date, shown: str):
    assert dates.day(when, THURSDAY) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (time(17), time(19), "de 5 a 7 p.m."),
        (time(11), time(13), "de 11 a.m. a 1 p.m."),
        (time(9, 30), time(11), "de 9:30 a 11 a.m."),
        (time(16), None, "a partir de las 4 p.m."),
        (time(13), None, "a partir de la 1 p.m."),
        (None, time(14), "antes de las 2 p.m."),
        (None, None, ""),
    ],
)
def test_hours(start: time | None, end: time | None, shown: str):
    assert dates.span(start, end) == shown


def test_a_window_of_delivery():
    now = datetime(2026, 11, 26, 10, tzinfo=ZONE)
    start, end = datetime(2026, 11, 27, 17, tzinfo=ZONE), datetime(2026, 11, 27, 19, tzinfo=ZONE)
    assert dates.window(start, end, now) == "mañana viernes de 5 a 7 p.m."
    assert dates.window(datetime(2026, 11, 27, tzinfo=ZONE), None, now) == "mañana viernes"
    assert dates.window(None, None, now) == ""


def test_lists_of_words():
    assert joined(["papa"]) == "papa"
    assert joined(["papa", "limón"]) == "papa y limón"
    assert joined(["ajo", "papa", "iguana"]) == "ajo, papa e iguana"


@given(st.text(max_size=500))
def test_quoted_words_stay_short_and_cannot_format(text: str):
    shown = quoted(text)
    assert len(shown) <= 82
    assert "\n" not in shown


def test_titles_fit_where_they_stand():
    for name, title in vars(titles).items():
        if name.isupper():
            assert 0 < len(title) <= 24, name


# Tú and usted.


def modules() -> list[ModuleType]:
    found = pkgutil.iter_modules(es.__path__, f"{es.__name__}.")
    return [__import__(each.name, fromlist=["_"]) for each in found]


def spoken() -> Iterator[Any]:
    """Every function of the copy that depends on how people are addressed."""
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_") and name != "pick"
            if own and "treatment" in inspect.signature(function).parameters:
                yield pytest.param(function, id=f"{module.__name__.rpartition('.')[2]}.{name}")


_SAMPLES: dict[Any, Any] = {
    str: "muestra",
    Decimal: Decimal(20),
    Decimal | None: Decimal(20),
    int: 2,
    bool: True,
    str | None: "Lupita",
    list[str]: ["uno", "dos"],
}


def said(function: Any, treatment: str) -> str:
    parameters = inspect.signature(function).parameters.values()
    values = {each.name: _SAMPLES.get(each.annotation, "muestra") for each in parameters if each.name != "treatment"}
    return str(function(**values, treatment=treatment))


_FAMILIAR = re.compile(
    r"\b(tú|tu|tus|te|ti|contigo|quieres|puedes|tienes|llevas|necesitas|prefieres|sabes|pagas|pasas|vas|elige|(?<!me )(?<!me lo )escribe|"
    r"escríbeme|escríbela|dime|toca|mira|revísalo|pide|(?<!una )disculpa|escribiste)\b",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"\b(usted|su|sus|le(?! avisé a)|elija|escriba|escríbame|escríbala|toque|mire|revíselo|pida|disculpe|quiera|pueda)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("function", list(spoken()))
def test_usted_never_slips_into_tu(function: Any):
    assert not _FAMILIAR.search(said(function, "usted")), said(function, "usted")


@pytest.mark.parametrize("function", list(spoken()))
def test_tu_never_slips_into_usted(function: Any):
    assert not _FORMAL.search(said(function, "tu")), said(function, "tu")


# No Spanish anywhere else.

_SPANISH = re.compile(r"[áéíóúüñ¿¡Á-Ú]")


def strings(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def sources() -> list[Path]:
    root = Path(conversations.__path__[0])
    return [path for path in sorted(root.rglob("*.py")) if "replies" not in path.parts]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_no_customer_copy_outside_the_replies(path: Path):
    assert [text for text in strings(path) if _SPANISH.search(text)] == []
