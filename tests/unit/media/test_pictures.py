"""Photos made small."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.media import jpeg, photo, pixels_of, png

from marchante.media.content import Checked, MediaRefused, check_outbound
from marchante.media.domain import JPEG
from marchante.media.pictures import pixels, thumbnail


def test_a_photo_becomes_a_square_that_shows_its_middle():
    rows = pixels_of(thumbnail(check_outbound("image", photo())))
    assert (len(rows), len(rows[0])) == (256, 256)
    red, blue = rows[128][20], rows[128][235]
    assert (red[0] > 200, red[2] < 60, blue[0] < 60, blue[2] > 200) == (True, True, True, True)


def test_a_photo_taken_upright_stays_upright():
    rows = pixels_of(thumbnail(check_outbound("image", photo(orientation=6))))
    top, bottom = rows[20][128], rows[235][128]
    assert top[0] > 200
    assert bottom[2] > 200


def test_what_the_camera_wrote_beside_the_picture_stays_behind():
    small = thumbnail(check_outbound("image", photo(orientation=1)))
    assert b"Exif" not in small


@pytest.mark.parametrize(
    ("content", "size"), [(photo(), (16, 8)), (photo(orientation=6), (16, 8)), (png(7, 3), (7, 3))]
)
def test_the_size_is_read_without_decoding(content, size):
    assert pixels(check_outbound("image", content)) == size


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (jpeg(), "unsupported_encoding"),
        (photo()[:300], "unsupported_encoding"),
        (png()[:16] + struct.pack(">II", 60_000, 60_000) + png()[24:], "too_large"),
        (png()[:40] + b"broken", "unsupported_encoding"),
    ],
    ids=["only a head", "cut short", "huge", "broken"],
)
def test_what_cannot_be_drawn_is_refused(content, code):
    with pytest.raises(MediaRefused) as refused:
        thumbnail(check_outbound("image", content))
    assert refused.value.code == code


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_a_size(tail):
    pixels(Checked(b"\xff\xd8\xff" + tail, JPEG))
