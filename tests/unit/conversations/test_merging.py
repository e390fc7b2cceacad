"""Several replies become as few messages as fit."""

from hypothesis import given
from hypothesis import strategies as st

from marchante.channels.whatsapp.messages import Button, Image, LocationRequest, ReplyButtons, Text, payload
from marchante.conversations.effects import Reply
from marchante.conversations.merging import merge, messages

ASK = ReplyButtons("¿Confirmamos?", (Button("yes", "Sí"),))


def test_facts_come_before_the_last_question_in_one_message():
    found = messages([Reply(("uno", "dos"), LocationRequest("¿Dónde?")), Reply(("tres",), ASK)])
    assert found == (ReplyButtons("uno\ndos\ntres\n\n¿Confirmamos?", ASK.buttons),)


def test_a_fact_is_told_once():
    assert merge([Reply(("uno",)), Reply(("uno", "dos"))]).facts == ("uno", "dos")


def test_facts_alone_are_a_text():
    assert messages([Reply(("uno",)), Reply(("dos",))]) == (Text("uno\ndos"),)


def test_nothing_to_say_is_no_message():
    assert messages([]) == ()
    assert messages([Reply()]) == ()


def test_what_does_not_fit_beside_the_question_goes_before_it():
    long = "\n".join(f"línea {number} de un pedido muy largo" for number in range(60))
    found = messages([Reply((long,), ASK)])
    assert found == (Text(long), ASK)


def test_a_question_that_carries_no_words_keeps_its_facts_apart():
    picture = Image(link="https://example.com/menu.png")
    assert messages([Reply(("uno",), picture)]) == (Text("uno"), picture)


@given(st.lists(st.text(min_size=1, max_size=3000), max_size=12), st.booleans())
def test_any_facts_make_valid_messages_and_lose_no_line_that_fits(facts: list[str], asks: bool):
    found = messages([Reply(tuple(facts), ASK if asks else None)])
    for message in found:
        assert payload(message)
    assert sum(message == ASK or getattr(message, "body", "").endswith("¿Confirmamos?") for message in found) >= asks
