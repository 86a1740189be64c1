"""A small store that speaks S3 and believes nobody: every signature is computed anew."""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

PAGE = 2


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Store

    def log_message(self, *args) -> None:
        """Tests are quiet."""

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.trusted(data):
            return self.answer(403)
        if self.server.full:
            return self.answer(507)
        self.server.objects[self.key] = (data, self.headers["Content-Type"], time.time())
        self.server.caches[self.key] = self.headers["Cache-Control"]
        return self.answer(200)

    def do_GET(self) -> None:
        if not self.trusted(b""):
            return self.answer(403)
        if urlsplit(self.path).query:
            return self.listed()
        if self.key not in self.server.objects:
            return self.answer(404)
        data, kind, written = self.server.objects[self.key]
        return self.answer(
            200, data, {"Content-Type": kind, "Last-Modified": formatdate(written, usegmt=True)}
        )

    do_HEAD = do_GET  # noqa: N815  as the base class wants it

    def do_DELETE(self) -> None:
        if not self.trusted(b""):
            return self.answer(403)
        self.server.objects.pop(self.key, None)
        return self.answer(204)

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path)

    def listed(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        after = query.get("continuation-token", [""])[0]
        keys = sorted(key for key in self.server.objects if key.startswith(f"{self.key}/"))
        page = [key for key in keys if key > after][:PAGE]
        rows = "".join(
            f"<Contents><Key>{escape(key.removeprefix(self.key + '/'))}</Key><LastModified>"
            + time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(self.server.objects[key][2]))
            + "</LastModified></Contents>"
            for key in page
        )
        more = page and page[-1] != keys[-1]
        following = (
            f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
        )
        self.answer(200, f"<ListBucketResult>{rows}{following}</ListBucketResult>".encode())

    def answer(self, status: int, data: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def trusted(self, data: bytes) -> bool:
        found = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, "
            r"SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})",
            self.headers["Authorization"] or "",
        )
        if not found or found[1] != "kunci":
            return False
        _key, day, region, names, signature = found.groups()
        if hashlib.sha256(data).hexdigest() != self.headers["x-amz-content-sha256"]:
            return False
        parts = urlsplit(self.path)
        signed = "".join(f"{name}:{self.headers[name]}\n" for name in names.split(";"))
        canonical = "\n".join(
            [
                self.command,
                parts.path,
                parts.query,
                signed,
                names,
                self.headers["x-amz-content-sha256"],
            ]
        )
        text = "\n".join(
            [
                "AWS4-HMAC-SHA256",
                self.headers["x-amz-date"],
                f"{day}/{region}/s3/aws4_request",
                hashlib.sha256(canonical.encode()).hexdigest(),
            ]
        )
        secret = b"AWS4rahasia"
        for word in (day, region, "s3", "aws4_request", text):
            secret = hmac.new(secret, word.encode(), hashlib.sha256).digest()
        return hmac.compare_digest(secret.hex(), signature)


class Store(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, tuple[bytes, str, float]] = {}
        self.caches: dict[str, str] = {}
        self.full = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
