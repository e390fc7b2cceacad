"""Stores for the tests of files."""

from tests.integration.media.buckets import bucket, s3

__all__ = ["bucket", "s3"]
