import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.channels.whatsapp.signature import sign, verify

BODY = b'{"entry":[{"text":"\\u00bfqu\\u00e9 tal?"}]}'


def test_the_signature_is_the_one_other_tools_compute():
    # printf hola | openssl dgst -sha256 -hmac secreto
    digest = "066c767a010a01db3c26a63892788142a7add13214edfb9d6fb63a38cb2c1cce"
    assert sign("secreto", b"hola") == f"sha256={digest}"


def test_a_body_is_accepted_under_the_secret_that_signed_it():
    assert verify(["platform", "own"], BODY, sign("own", BODY)) == "own"
    assert verify(["platform", "own"], BODY, sign("platform", BODY)) == "platform"


def test_a_body_that_was_parsed_and_written_again_is_refused():
    rewritten = BODY.replace(b"\\u00bf", "¿".encode())
    assert verify(["own"], rewritten, sign("own", BODY)) is None


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        "sha1=" + "0" * 40,
        sign("other", BODY),
        sign("own", BODY)[:-1],
        sign("own", BODY) + "0",
        sign("own", BODY) + "\n",
        sign("own", BODY).upper(),
        sign("own", BODY).removeprefix("sha256="),
        "sha256=" + "é" * 64,
        "sha256=" + "０" * 64,
    ],
)
def test_any_other_header_is_refused_without_an_error(header):
    assert verify(["own"], BODY, header) is None


def test_without_a_secret_nothing_is_accepted():
    import hashlib
    import hmac

    with_empty_key = "sha256=" + hmac.new(b"", BODY, hashlib.sha256).hexdigest()
    assert verify([], BODY, sign("own", BODY)) is None
    assert verify([""], BODY, with_empty_key) is None


def test_an_empty_secret_signs_nothing():
    with pytest.raises(ValueError, match="empty"):
        sign("", BODY)


@given(st.text(min_size=1), st.binary(), st.text() | st.none())
def test_no_header_or_secret_makes_it_fail(secret, body, header):
    assert verify([secret], body, header) is None
    assert verify([secret], body, sign(secret, body)) == secret
