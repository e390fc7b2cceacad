"""What is said beside the goods is no thing the shop lacks."""

import pytest
from tests.unit.understanding.shops import BAKERY, GREENGROCER

from marchante.understanding import understand


@pytest.mark.parametrize(
    "text",
    [
        "2 kilos de papa, se me terminó anoche",
        "2 kilos de papa, le cayó refresco a la otra",
        "2 kilos de papa, quiero hacer tortitas",
        "2 kilos de papa, a mano por favor",
        "2 kilos de papa, es en Olmos",
        "2 kilos de papa, tocarán el timbre",
        "oiga doñita, 2 kilos de papa",
        "2 kilos de papa, ustedes disculpen",
        "2 kilos de papa, son de los meseros",
        "somos del puesto de quesadillas, 2 kilos de papa",
        "2 kilos de papa, qué horario tienen hoy?",
        "2 kilos de papa, es en la sur",
        "2 kilos de papa, es negocio de memelas",
        "2 kilos de papa, somos los de la notaria",
        "2 kilos de papa, ya mero empieza el partido",
    ],
)
def test_talk_beside_an_order_is_no_unknown_thing(text: str) -> None:
    understood = understand(text, GREENGROCER)

    assert [item.quantity for item in understood.items] == [2]
    assert understood.unknown == ()


@pytest.mark.parametrize(
    "text, lacking",
    [
        ("me encargas unas veladoras y 2 bolillos", "veladoras"),
        ("2 bolillos, mi esposa quiere un flan napolitano", "flan napolitano"),
        ("2 bolillos y una bolsa de frituras encanto", "frituras encanto"),
    ],
)
def test_a_thing_asked_for_is_named_whatever_verbs_are_beside_it(text: str, lacking: str) -> None:
    assert understand(text, BAKERY).unknown == (lacking,)
