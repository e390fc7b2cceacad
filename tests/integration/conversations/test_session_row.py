"""The session remembers the last message the customer wrote."""

from tests.integration.conversations.conftest import Chat


async def test_the_session_row_says_what_was_written_last_and_that_it_was_received(chat: Chat) -> None:
    await chat.says("hola")
    await chat.says("¿a qué hora abren?")
    [session] = await chat.rows(
        "SELECT wam_id, last_message, last_message_type, last_message_status, last_message_at FROM customer_sessions"
    )
    assert session["last_message"] == "¿a qué hora abren?"
    assert (session["last_message_type"], session["last_message_status"]) == ("text", "received")
    assert session["wam_id"] == f"wamid.{chat.phone}.2"
    assert session["last_message_at"] is not None
