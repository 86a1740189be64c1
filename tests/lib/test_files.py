import errno
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.http import Http404

from umkm_portal.lib.files import (
    PrivateStorage,
    PublicStorage,
    StorageFull,
    content_name,
    private_response,
    public_response,
    random_name,
)


def test_the_same_content_has_the_same_name():
    name = content_name(b"foto", ".WEBP")
    assert name == content_name(b"foto", "webp")
    assert name != content_name(b"foto lain", "webp")
    assert name[:2] == name[3:5]
    assert name.endswith(".webp")
    assert random_name("pdf") != random_name("pdf")


def test_a_photo_is_written_whole_and_once():
    storage = PublicStorage()
    name = content_name(b"foto", "webp")
    for _ in range(2):
        assert storage.save(name, ContentFile(b"foto")) == name
    assert [path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == [
        name[3:]
    ]
    assert storage.url(name) == f"/media/{name}"
    assert Path(storage.path(name)).stat().st_mode & 0o777 == 0o644


def test_other_names_are_never_overwritten():
    storage = PublicStorage()
    first = storage.save("logo.png", ContentFile(b"a"))
    second = storage.save("logo.png", ContentFile(b"b"))
    assert first != second


def test_a_document_has_no_address_and_one_reader():
    storage = PrivateStorage()
    name = storage.save(random_name("pdf"), ContentFile(b"%PDF-"))
    assert Path(storage.path(name)).is_relative_to(settings.PRIVATE_ROOT)
    assert Path(storage.path(name)).stat().st_mode & 0o777 == 0o600
    with pytest.raises(ValueError, match="no address"):
        storage.url(name)


def test_a_name_cannot_leave_the_folder():
    with pytest.raises(SuspiciousFileOperation):
        PrivateStorage().save("../../x.pdf", ContentFile(b"x"))


class BrokenFile(ContentFile):  # type: ignore[type-arg]
    """Half of it arrives, then the disk is full."""

    def chunks(self, chunk_size=None):
        yield b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_gives_a_sentence_and_leaves_no_half_file():
    with pytest.raises(StorageFull, match="Coba lagi nanti"):
        PublicStorage().save(content_name(b"x", "webp"), BrokenFile(b"x"))
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_folder_that_cannot_be_made_gives_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file"
    with pytest.raises(StorageFull):
        PublicStorage().save(content_name(b"x", "webp"), ContentFile(b"x"))


def test_a_photo_is_served_for_ever():
    name = PublicStorage().save(content_name(b"foto", "webp"), ContentFile(b"foto"))
    response = public_response(name)
    assert response.content == b"foto"
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "aa/none.webp",
        "../private/x.webp",
        "/etc/passwd",
        "aa/../../x.webp",
        "x.html",
        "x.svg",
        ".half-x.webp",
        "a\x00.webp",
        "a" * 5000 + ".webp",
        "aa",
        "x.webp\n",
    ],
)
def test_other_names_are_not_there(name):
    Path(settings.MEDIA_ROOT).mkdir(parents=True)
    (Path(settings.MEDIA_ROOT) / "x.html").write_text("<script>")
    with pytest.raises(Http404):
        public_response(name)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.webp").write_bytes(b"secret")
    Path(settings.MEDIA_ROOT).mkdir(parents=True)
    (Path(settings.MEDIA_ROOT) / "x.webp").symlink_to(tmp_path / "secret.webp")
    with pytest.raises(Http404):
        public_response("x.webp")


def test_a_document_is_saved_never_shown():
    storage = PrivateStorage()
    name = storage.save(random_name("pdf"), ContentFile(b"%PDF-"))
    response = private_response(storage.open(name), filename='bukti "Siti"\r\nX: y.pdf')
    assert response.content == b"%PDF-"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert private_response(b"x", filename="x.html")["Content-Type"] == "application/octet-stream"
