"""Files are told by their bytes, and held to Meta's limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders.media import iso_media, jpeg, office, ogg, pdf, png, webp

from marchante.media.content import MediaRefused, check_inbound, check_outbound, recognise

MB = 1024 * 1024
SAMPLES = {
    "image/jpeg": jpeg(),
    "image/png": png(),
    "image/webp": webp(),
    "application/pdf": pdf(),
    "audio/ogg": ogg(),
    "audio/mp4": iso_media(b"M4A "),
    "video/mp4": iso_media(b"isom"),
    "video/3gpp": iso_media(b"3gp4"),
    "audio/amr": b"#!AMR\n\x3c\x00",
    "audio/aac": b"\xff\xf1\x50\x80",
    "audio/mpeg": b"ID3\x04\x00",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": office("word/document.xml"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": office("xl/workbook.xml"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": office("ppt/presentation.xml"),
}


@pytest.mark.parametrize("mime", SAMPLES)
def test_each_type_is_known_by_its_first_bytes(mime):
    assert recognise(SAMPLES[mime]).mime == mime


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfb\x90\x64", b"\xff\xf3\x40\xc0", b"\xff\xfa\x90\x64"],
    ids=["mpeg1", "mpeg2", "with a checksum"],
)
def test_a_bare_mp3_is_told_from_aac(content):
    assert recognise(content).mime == "audio/mpeg"
    assert recognise(b"\xff\xf9\x50\x80").mime == "audio/aac"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        b"<svg onload=alert(1)>",
        b"GIF89a",
        b"#!/bin/sh",
        b"\xff\xff\xff",
        b"PK\x03\x04 not a zip",
        office("marchante.xml"),
        b"RIFF\x00\x00\x00\x00WAVE",
        iso_media(b"heic"),
    ],
)
def test_what_is_not_on_the_list_is_unknown(content):
    assert recognise(content) is None


@given(st.binary(max_size=600))
def test_no_bytes_break_the_recognition(content):
    found = recognise(content)
    if found is None:
        with pytest.raises(MediaRefused):
            check_inbound("document", content)
    else:
        assert check_inbound(found.kind, content).type == found


@pytest.mark.parametrize(
    ("kind", "content", "mime"),
    [
        ("image", jpeg(), "image/jpeg"),
        ("image", webp(), "image/webp"),
        ("sticker", webp(animated=True), "image/webp"),
        ("audio", ogg(), "audio/ogg"),
        ("audio", iso_media(b"isom"), "audio/mp4"),
        ("audio", iso_media(b"3gp4"), "audio/mp4"),
        ("video", iso_media(b"mp42"), "video/mp4"),
        ("document", pdf(), "application/pdf"),
        ("document", jpeg(), "image/jpeg"),
        ("document", iso_media(b"isom"), "video/mp4"),
    ],
)
def test_a_customers_file_is_taken_as_what_it_is(kind, content, mime):
    assert check_inbound(kind, content).type.mime == mime


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("image", b"", "empty"),
        ("image", b"<script>", "unknown_type"),
        ("image", pdf(), "wrong_kind"),
        ("audio", jpeg(), "wrong_kind"),
        ("sticker", png(), "wrong_kind"),
        ("document", pdf(100 * MB + 1), "too_large"),
        ("image", jpeg(100 * MB + 1), "too_large"),
    ],
)
def test_a_customers_file_is_refused_with_a_code(kind, content, code):
    with pytest.raises(MediaRefused) as refused:
        check_inbound(kind, content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "fits", "code", "refused"),
    [
        ("image", jpeg(5 * MB), "too_large", jpeg(5 * MB + 1)),
        ("image", png(color=6), "wrong_kind", webp()),
        ("image", png(), "unsupported_encoding", png(depth=16)),
        ("image", png(), "unsupported_encoding", png(color=3)),
        ("audio", ogg(size=16 * MB), "too_large", ogg(size=16 * MB + 1)),
        ("audio", ogg(), "unsupported_encoding", ogg(channels=2)),
        ("audio", iso_media(b"M4A "), "unsupported_encoding", ogg(codec=b"\x01vorbis")),
        ("video", iso_media(b"isom", 16 * MB), "too_large", iso_media(b"isom", 16 * MB + 1)),
        ("video", iso_media(b"3gp5"), "wrong_kind", ogg()),
        ("sticker", webp(size=100 * 1024), "too_large", webp(size=100 * 1024 + 1)),
        ("sticker", webp(animated=True, size=500 * 1024), "too_large", webp(animated=True, size=500 * 1024 + 1)),
        ("document", pdf(100 * MB), "too_large", pdf(100 * MB + 1)),
        ("document", jpeg(), "unknown_type", b"MZ"),
    ],
)
def test_what_is_sent_is_held_to_metas_limits(kind, fits, code, refused):
    assert check_outbound(kind, fits).content is fits
    with pytest.raises(MediaRefused) as error:
        check_outbound(kind, refused)
    assert error.value.code == code
