"""A key names one file of one company, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marchante.foundation.kernel.errors import Invalid
from marchante.media.domain import MediaKey

PHOTO = MediaKey("lupita", "products", "a1", "jpg")


def test_a_key_is_read_as_it_is_written():
    assert str(PHOTO) == "lupita/products/a1.jpg"
    assert MediaKey.parse("lupita/products/a1.jpg") == PHOTO
    assert PHOTO.type.mime == "image/jpeg"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a1.jpg",
        "lupita/a1.jpg",
        "/lupita/products/a1.jpg",
        "lupita/products/../agua/a1.jpg",
        "lupita/../a1.jpg",
        "../lupita/products/a1.jpg",
        "lupita/products/..jpg",
        "lupita/products/a1",
        "lupita/products/a1.exe",
        "lupita/products/a1.jpg/x",
        "lupita/products/a1.jpg\n",
        "lupita/products/a%2F1.jpg",
        "lupita\\products\\a1.jpg",
        "Lupita/products/a1.jpg",
        "lupita/products/ñ.jpg",
        "lupita/products/a1.jpg\x00",
        "lupita//a1.jpg",
    ],
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(Invalid) as refused:
        MediaKey.parse(text)
    assert refused.value.code == "bad_media_key"


@given(st.text(max_size=60))
def test_no_part_of_a_key_can_leave_its_folder(text):
    try:
        key = MediaKey("lupita", "products", text, "jpg")
    except Invalid:
        return
    assert str(key).split("/") == ["lupita", "products", f"{text}.jpg"]
    assert MediaKey.parse(str(key)) == key


def test_a_reference_is_read_by_its_own_company_only():
    assert PHOTO.reference == "media:lupita/products/a1.jpg"
    assert MediaKey.referred(PHOTO.reference, "lupita") == PHOTO
    assert MediaKey.referred(PHOTO.reference, "agua") is None
    for other in (None, "", "https://example.mx/a.jpg", "media:", "media:../x", "lupita/products/a1.jpg"):
        assert MediaKey.referred(other, "lupita") is None
