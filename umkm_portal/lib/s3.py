"""A store that speaks S3, in another house or in ours, where the settings name one.

Five calls of the protocol, signed here (AWS Signature Version 4): the vendor's library would take
a hundred times the code and 30 MB of every worker for them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import quote, urlsplit

import httpx
from django.utils import timezone

TIMEOUT = httpx.Timeout(20, connect=3)
_LISTED = re.compile(r"<Key>([^<]+)</Key>.*?<LastModified>([^<]+)</LastModified>", re.DOTALL)
_NEXT = re.compile(r"<NextContinuationToken>([^<]+)</NextContinuationToken>")


class StoreAway(OSError):
    """The store does not answer, or says that it cannot do this."""


@dataclass(frozen=True)
class Bucket:
    """One bucket, addressed by path: <endpoint>/<name>/<key>."""

    endpoint: str
    name: str
    region: str
    access_key: str
    secret_key: str

    def put(self, key: str, data: bytes, *, kind: str, cache: str) -> None:
        """Store whole or not at all: S3 shows an object when its last byte has come."""
        headers = {"content-type": kind, "cache-control": cache}
        self._call("PUT", key, data=data, headers=headers)

    def get(self, key: str) -> bytes:
        """Return the content. Raises FileNotFoundError."""
        return self._call("GET", key).content

    def head(self, key: str) -> tuple[int, datetime]:
        """Return bytes and time of writing. Raises FileNotFoundError."""
        answer = self._call("HEAD", key)
        written = parsedate_to_datetime(answer.headers["last-modified"])
        return int(answer.headers["content-length"]), written

    def delete(self, key: str) -> None:
        """Remove; what is not there is no error."""
        self._call("DELETE", key)

    def keys(self) -> Iterator[tuple[str, float]]:
        """Every object: key, and when written (epoch)."""
        query = {"list-type": "2"}
        while True:
            page = self._call("GET", "", query=query).text
            for key, written in _LISTED.findall(page):
                yield unescape(key), datetime.fromisoformat(written).timestamp()
            following = _NEXT.search(page)
            if following is None:
                return
            query["continuation-token"] = unescape(following[1])

    def _call(
        self,
        method: str,
        key: str,
        *,
        data: bytes = b"",
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        path = quote(f"/{self.name}/{key}" if key else f"/{self.name}", safe="/-_.~")
        asked = "&".join(
            f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in sorted((query or {}).items())
        )
        url = f"{self.endpoint}{path}" + (f"?{asked}" if asked else "")
        signed = self.sign(method, path, asked, data, headers or {}, at=timezone.now())
        try:
            answer = httpx.request(method, url, content=data, headers=signed, timeout=TIMEOUT)
        except httpx.HTTPError as error:
            raise StoreAway(f"{method} {self.name}: {error}") from error
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise FileNotFoundError(key)
        if not answer.is_success:
            raise StoreAway(f"{method} {self.name}: {answer.status_code} {answer.text[:200]}")
        return answer

    def sign(  # noqa: PLR0913  what a signature covers
        self,
        method: str,
        path: str,
        query: str,
        data: bytes,
        headers: Mapping[str, str],
        *,
        at: datetime,
    ) -> dict[str, str]:
        """Return the headers with those that prove who asks. `path` and `query` are encoded."""
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        digest = hashlib.sha256(data).hexdigest()
        sent = {
            **headers,
            "host": urlsplit(self.endpoint).netloc,
            "x-amz-content-sha256": digest,
            "x-amz-date": stamp,
        }
        lines = "".join(f"{name}:{sent[name].strip()}\n" for name in sorted(sent))
        names = ";".join(sorted(sent))
        request = "\n".join([method, path, query, lines, names, digest])
        scope = f"{stamp[:8]}/{self.region}/s3/aws4_request"
        words = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{_sha256(request)}"
        key = f"AWS4{self.secret_key}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        proof = hmac.digest(key, words.encode(), "sha256").hex()
        sent["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={self.access_key}/{scope}, "
            f"SignedHeaders={names}, Signature={proof}"
        )
        return sent


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
