import pytest

from marchante.simulator.config import SimulatedNumber
from marchante.simulator.errors import GraphError
from marchante.simulator.pacing import Pacing

NUMBER = SimulatedNumber("1", "2", "+52 55 1111 2222", "Abarrotes", ("token",))
FAST = SimulatedNumber("3", "2", "+52 55 1111 3333", "Agua", ("token",), throughput="HIGH")
BOTH = SimulatedNumber("4", "2", "+52 55 1111 4444", "Tinte", ("token",), is_on_biz_app=True)
NOW = 1_795_000_000.0


def accepted(pacing: Pacing, number: SimulatedNumber, attempts: int, now: float, customer: str | None = None) -> int:
    """How many of `attempts` messages pass, each to a person of its own unless `customer` is given."""
    passed = 0
    for attempt in range(attempts):
        try:
            pacing.outgoing(number, (customer or f"{now}-{attempt}", number.phone_number_id), now)
            passed += 1
        except GraphError:
            continue
    return passed


@pytest.mark.parametrize(("number", "limit"), [(NUMBER, 80), (FAST, 1000), (BOTH, 20)])
def test_a_number_sends_as_many_messages_a_second_as_its_throughput(number: SimulatedNumber, limit: int) -> None:
    pacing = Pacing()

    assert accepted(pacing, number, limit + 5, NOW) == limit
    with pytest.raises(GraphError) as caught:
        pacing.outgoing(number, ("somebody", number.phone_number_id), NOW)
    assert caught.value.code == 130429
    assert accepted(pacing, number, limit + 5, NOW + 1) == limit


def test_what_customers_write_uses_the_same_throughput() -> None:
    pacing = Pacing()
    for _ in range(30):
        pacing.incoming(NUMBER, NOW)

    assert accepted(pacing, NUMBER, 100, NOW) == 50


def test_one_person_gets_45_messages_at_once_and_then_one_every_six_seconds() -> None:
    pacing = Pacing()

    assert accepted(pacing, NUMBER, 60, NOW, "lupita") == 45
    with pytest.raises(GraphError) as caught:
        pacing.outgoing(NUMBER, ("lupita", "1"), NOW + 5.9)
    assert caught.value.code == 131056
    assert accepted(pacing, NUMBER, 5, NOW + 6, "lupita") == 1
    assert accepted(pacing, NUMBER, 5, NOW + 18, "lupita") == 2


def test_a_refused_message_costs_nothing() -> None:
    pacing = Pacing()
    accepted(pacing, NUMBER, 45, NOW, "lupita")
    accepted(pacing, NUMBER, 50, NOW + 5, "lupita")

    assert accepted(pacing, NUMBER, 1, NOW + 6, "lupita") == 1


def test_another_person_is_not_slowed_down() -> None:
    pacing = Pacing()
    accepted(pacing, NUMBER, 45, NOW, "lupita")

    assert accepted(pacing, NUMBER, 3, NOW, "chema") == 3
