"""`marchante check` proves that files can be kept, in the folder or the bucket that will hold them."""

import pytest
from tests.integration.media.buckets import REGION, nobody_listens

from marchante.settings import Settings
from marchante.startup.checks import _media


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, MARCHANTE_ENV="development", **values)


async def test_a_folder_is_made_and_proved(tmp_path):
    result = await _media(settings(MARCHANTE_DATA_DIR=tmp_path))
    assert (result.ok, result.required) == (True, True)
    assert result.detail.startswith((tmp_path / "media").as_uri())
    assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()] == []


async def test_a_bucket_is_proved_by_a_round_trip(bucket):
    asked = settings(MEDIA_URL=bucket.url, AWS_REGION=REGION, AWS_ENDPOINT_URL=bucket.endpoint)
    result = await _media(asked)
    assert result.ok
    assert bucket.name in result.detail
    assert bucket.client.list_objects_v2(Bucket=bucket.name)["KeyCount"] == 0


@pytest.mark.parametrize("url", ["ftp://host/folder", "s3://no-such-bucket", "file:///proc/marchante"])
async def test_a_place_that_cannot_be_used_is_said(s3, url):
    result = await _media(settings(MEDIA_URL=url, AWS_REGION=REGION, AWS_ENDPOINT_URL=s3))
    assert not result.ok
    assert result.detail


async def test_a_bucket_that_does_not_answer_is_said(s3):
    result = await _media(settings(MEDIA_URL="s3://bucket", AWS_REGION=REGION, AWS_ENDPOINT_URL=nobody_listens()))
    assert not result.ok
    assert "could not be kept" in result.detail
