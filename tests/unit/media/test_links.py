"""Links that only we can make, and that end."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.clock import FakeClock

from marchante.foundation.kernel.errors import Denied, Permanent
from marchante.media.domain import MediaKey
from marchante.media.signing import MediaLinks

PHOTO = MediaKey("lupita", "products", "a1", "jpg")


def parts(link: str) -> tuple[str, str, str]:
    place = urlsplit(link)
    query = parse_qs(place.query)
    return place.path.removeprefix("/media/"), query["expires"][0], query["signature"][0]


def test_a_link_lives_as_long_as_it_was_given():
    clock = FakeClock()
    links = MediaLinks(["one"], clock)
    given_link = parts(links.link(PHOTO, timedelta(minutes=10)))
    assert links.verify(*given_link) == 600
    clock.advance(minutes=9, seconds=59)
    assert links.verify(*given_link) == 1
    clock.advance(seconds=1)
    with pytest.raises(Denied) as refused:
        links.verify(*given_link)
    assert refused.value.code == "link_expired"


def test_a_steady_link_is_the_same_all_day_and_never_shorter_than_a_day():
    clock = FakeClock()
    links = MediaLinks(["one"], clock)
    first = links.steady_link(PHOTO)
    clock.advance(hours=6)
    assert links.steady_link(PHOTO) == first
    clock.advance(hours=18)
    assert links.steady_link(PHOTO) != first
    assert links.verify(*parts(first)) > 0
    assert links.verify(*parts(links.steady_link(PHOTO))) >= 86_400


@given(change=st.sampled_from(["key", "expires", "signature"]), text=st.text(max_size=70))
def test_a_link_with_anything_changed_was_not_made_here(change, text):
    links = MediaLinks(["one"], FakeClock())
    key, expires, signature = parts(links.link(PHOTO))
    forged = {"key": key, "expires": expires, "signature": signature} | {change: text}
    if forged[change] in {key, expires, signature}:
        return
    with pytest.raises(Denied) as refused:
        links.verify(**forged)
    assert refused.value.code == "bad_signature"


def test_an_old_key_still_opens_links_and_a_forgotten_one_does_not():
    clock = FakeClock()
    old = parts(MediaLinks(["old"], clock).link(PHOTO))
    assert MediaLinks(["new", "old"], clock).verify(*old)
    with pytest.raises(Denied):
        MediaLinks(["new"], clock).verify(*old)


def test_no_links_without_a_secret():
    with pytest.raises(Permanent) as refused:
        MediaLinks([], FakeClock())
    assert refused.value.code == "secret_key_missing"
