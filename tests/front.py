"""The portal as it runs in earnest: nginx with our own file, TLS, and gunicorn behind it."""

from __future__ import annotations

import datetime
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection

from umkm_portal import environment

HOST = "umkm.example.id"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MAIN = """
daemon off;
%(user)s
worker_processes 2;
pid %(folder)s/nginx.pid;
error_log %(folder)s/error.log;
events {}
http {
    access_log off;
    client_body_temp_path %(folder)s/body;
    proxy_temp_path %(folder)s/proxy;
    fastcgi_temp_path %(folder)s/fastcgi;
    uwsgi_temp_path %(folder)s/uwsgi;
    scgi_temp_path %(folder)s/scgi;
    %(ours)s
}
"""


class Places(NamedTuple):
    folder: Path
    portal: int
    port: int
    plain: int


def ours(here: Places) -> str:
    """Our file with the ports and paths of a test."""
    text = (environment.ROOT / "deploy/nginx.conf").read_text()
    for written, instead in {
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{here.plain};",
        "listen 443 ssl": f"listen 127.0.0.1:{here.port} ssl",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{here.portal};",
        "/var/cache/nginx/umkm": str(here.folder / "cache"),
        f"/etc/letsencrypt/live/{HOST}": str(here.folder),
        "/srv/umkm/": f"{environment.ROOT}/",
    }.items():
        assert written in text, written
        text = text.replace(written, instead)
    return text


def nginx_command(folder: Path, text: str) -> list[str]:
    """Write the whole configuration into the folder; returns how to start nginx with it."""
    assert Path(NGINX).exists(), "nginx is missing: apt-get install nginx-light"
    conf = folder / "nginx.conf"
    user = "user root;" if os.getuid() == 0 else ""
    conf.write_text(MAIN % {"folder": folder, "ours": text, "user": user})
    return [NGINX, "-p", str(folder), "-c", str(conf)]


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def cache(self) -> str:
        return self.headers.get("X-Cache", "")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Front:
    """nginx and gunicorn, each started and ended by itself. `folder` is theirs alone."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = settings
        self.portal_port, self.plain_port, self.port = free_port(), free_port(), free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start_portal(self) -> None:
        name = connection.settings_dict
        place = f"{name['USER']}:{name['PASSWORD']}@{quote(name['HOST'], safe='')}/{name['NAME']}"
        own = {
            "DATABASE_URL": f"postgresql://{place}",
            "DJANGO_SETTINGS_MODULE": "umkm_portal.settings",
            "SITE_URL": f"https://{HOST}",
            "TRUSTED_PROXIES": "127.0.0.1",
            "PORT": str(self.portal_port),
            "DEMO": "0",
            **self.settings,
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        config = str(environment.ROOT / "deploy/gunicorn.conf.py")
        self._run("portal", [sys.executable, "-m", "gunicorn", "--config", config], env=kept | own)
        self._wait("portal", self.portal_port)

    def start_nginx(self) -> None:
        self._certify()
        places = Places(self.folder, self.portal_port, self.port, self.plain_port)
        start = nginx_command(self.folder, ours(places))
        self._run("nginx", start)
        self._wait("nginx", self.port)

    def stop(self, *names: str) -> None:
        for name in names or list(self.processes):
            process = self.processes.pop(name)
            process.terminate()
            process.wait(20)

    def get(self, path: str, *, method: str = "GET", host: str = HOST, **headers: str) -> Answer:
        context = ssl._create_unverified_context()  # noqa: S323  our own, made a moment ago
        visit = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=context)
        return self._visit(visit, method, path, {"Host": host, **headers})

    def plain(self, path: str) -> Answer:
        """Without TLS."""
        visit = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=30)
        return self._visit(visit, "GET", path, {"Host": HOST})

    def portal(self, path: str) -> Answer:
        """gunicorn itself, as nginx asks it."""
        visit = http.client.HTTPConnection("127.0.0.1", self.portal_port, timeout=30)
        return self._visit(visit, "GET", path, {"Host": HOST, "X-Forwarded-Proto": "https"})

    @staticmethod
    def _visit(
        visit: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str]
    ) -> Answer:
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            visit.request(method, path, headers=sent)
            answer = visit.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            visit.close()

    def _run(self, name: str, command: list[str], env: dict[str, str] | None = None) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, env=env, cwd=environment.ROOT, stdout=log, stderr=log
            )

    def _wait(self, name: str, port: int) -> None:
        end = time.monotonic() + 40
        while True:
            assert self.processes[name].poll() is None, self._log(name)
            assert time.monotonic() < end, self._log(name)
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return

    def _log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def _certify(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
        now = datetime.datetime.now(datetime.UTC)
        signed = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=400))
            .not_valid_after(now + datetime.timedelta(days=1))
            .sign(key, hashes.SHA256())
        )
        pem = serialization.Encoding.PEM
        (self.folder / "fullchain.pem").write_bytes(signed.public_bytes(pem))
        form = serialization.PrivateFormat.PKCS8
        secret = key.private_bytes(pem, form, serialization.NoEncryption())
        (self.folder / "privkey.pem").write_bytes(secret)


def until(true: Callable[[], bool], seconds: float = 15) -> bool:
    """Ask again until it holds; False when it never did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False
