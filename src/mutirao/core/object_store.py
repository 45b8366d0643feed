"""Files in an S3-compatible store. Apart from `files`: boto3 is heavy and only some need it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage

from .files import DISCARDED, _is_old, _today


class ObjectStore(S3Storage):
    """A private bucket; files are handed out by our views alone, which ask who may see them."""

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "default_acl": None,  # the bucket's own: private
            "file_overwrite": False,
            "querystring_auth": True,
            "client_config": Config(
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
                # Newer checksums are not understood by every store.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": self._style()},
            ),
        }

    def _style(self) -> str:
        return str(self._given.get("addressing_style") or "auto")

    def __init__(self, **given: Any) -> None:
        self._given = given
        super().__init__(**given)

    def delete(self, name: str) -> None:
        key = self._key(name)
        source = {"Bucket": self.bucket_name, "Key": key}
        try:
            aside = self._key(f"{DISCARDED}/{_today()}/{name}")
            self.bucket.Object(aside).copy_from(CopySource=source)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return
            raise
        self.bucket.Object(key).delete()

    def remove(self, name: str) -> None:
        """Remove for good, at once: for what no record ever spoke of."""
        self.bucket.Object(self._key(name)).delete()

    def sweep(self) -> None:
        """Remove for good what was deleted long enough ago."""
        for name in self.names(f"{DISCARDED}/"):
            if _is_old(name.split("/")[1]):
                self.bucket.Object(self._key(name)).delete()

    def is_empty(self) -> bool:
        return next(self.names(""), None) is None

    def names(self, prefix: str) -> Iterator[str]:
        """The names below `prefix`, without the bucket's folder."""
        folder = f"{self.location}/" if self.location else ""
        for found in self.bucket.objects.filter(Prefix=folder + prefix):
            yield str(found.key).removeprefix(folder)

    def _key(self, name: str) -> str:
        return str(self._normalize_name(name))
