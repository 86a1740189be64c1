"""Photos and documents in buckets: everything the portal does with files, over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.utils import timezone

from catalog.actions.photos import add_photo, remove_photo
from catalog.models import ProductPhoto
from catalog.photo_files import lighten
from tests import make
from tests.catalog import pictures
from tests.lib.s3_server import Store
from umkm_portal.lib.files import StorageFull, random_name
from umkm_portal.lib.s3 import Bucket, StoreAway
from umkm_portal.sweeping import sweep_files


@pytest.fixture
def store(settings) -> Iterator[Store]:
    running = Store()
    settings.S3_ENDPOINT = running.endpoint
    settings.S3_REGION = "id-jaksel-1"
    settings.S3_BUCKET, settings.S3_PRIVATE_BUCKET = "foto", "berkas"
    settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = "kunci", "rahasia"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "umkm_portal.lib.stores.PublicBucket"},
        "private": {"BACKEND": "umkm_portal.lib.stores.PrivateBucket"},
    }
    yield running
    running.stop()


def test_the_signature_is_the_one_in_the_protocols_own_example() -> None:
    """ "GET Object" of the Signature Version 4 documentation."""
    bucket = Bucket(
        endpoint="https://examplebucket.s3.amazonaws.com",
        name="",
        region="us-east-1",
        access_key="AKIAIOSFODNN7EXAMPLE",
        secret_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    )
    signed = bucket.sign(
        "GET",
        "/test.txt",
        "",
        b"",
        {"range": "bytes=0-9"},
        at=datetime(2013, 5, 24, tzinfo=UTC),
    )
    assert signed["authorization"].endswith(
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )


def test_a_file_comes_back_as_it_went(store) -> None:
    private = storages["private"]
    name = private.save(f"bukti/{random_name('pdf')}", ContentFile(b"%PDF-1.7"))

    assert private.exists(name)
    assert private.size(name) == 8
    assert private.open(name).read() == b"%PDF-1.7"
    assert abs((private.get_modified_time(name) - timezone.now()).total_seconds()) < 5
    assert store.objects[f"/berkas/{name}"][1] == "application/pdf"
    assert store.caches[f"/berkas/{name}"] == "private, no-store"
    with pytest.raises(ValueError, match="no address"):
        private.url(name)
    private.delete(name)
    private.delete(name)
    assert not private.exists(name)
    with pytest.raises(FileNotFoundError):
        private.open(name)


def test_a_name_with_odd_letters_is_signed_as_it_is_sent(store) -> None:
    private = storages["private"]
    name = private.save("impor/daftar anggota (1) é+.xlsx", ContentFile(b"PK"))
    assert private.open(name).read() == b"PK"


def test_all_of_many_are_listed(store) -> None:
    names = {default_storage.save(random_name("webp"), ContentFile(b"x")) for _ in range(5)}
    assert {name for name, _written in default_storage.stored()} == names
    assert all(time.time() - written < 5 for _name, written in default_storage.stored())


@pytest.mark.django_db
def test_a_picture_lives_in_the_bucket_and_is_shown_at_our_address(
    store, client, batik, siti, django_capture_on_commit_callbacks
) -> None:
    kain = make.product(batik, photo=False)
    for colour in ("#aa0000", "#00aa00"):
        add_photo(kain, pictures.photo(colour), by=siti, via="web")
    type(kain).objects.update(status="live")
    photo = kain.photos.first()
    assert lighten(photo.name)

    response = client.get(photo.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert client.get(photo.url.replace(".webp", ".avif"))["Content-Type"] == "image/avif"
    assert len(store.objects) == 6 + 4
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(photo, by=siti, via="web")
    assert len(store.objects) == 4
    assert client.get(photo.url).status_code == 404


@pytest.mark.django_db
def test_what_no_row_names_is_swept_from_the_buckets(store, batik, siti) -> None:
    kain = make.product(batik, photo=False)
    add_photo(kain, pictures.photo("#aa0000"), by=siti, via="web")
    kept = set(store.objects)
    add_photo(kain, pictures.photo("#00aa00"), by=siti, via="web")
    storages["private"].save(f"bukti/{random_name('jpg')}", ContentFile(b"left behind"))
    ProductPhoto.objects.filter(position=1).delete()

    assert sweep_files(at=timezone.now()) == 0
    assert sweep_files(at=timezone.now() + timedelta(hours=25)) == 3 + 1
    assert set(store.objects) == kept


@pytest.mark.django_db
def test_a_store_that_is_full_or_away_is_a_sentence(store, client, siti, batik, settings) -> None:
    kain = make.product(batik, photo=False)
    client.force_login(siti)
    store.full = True
    path = f"/saya/produk/{kain.pk}/foto/"
    page = client.post(path, {"foto": pictures.upload()}).content.decode()
    assert "gangguan di sistem kami" in page
    assert not kain.photos.exists()

    store.full = False
    add_photo(kain, pictures.photo(), by=siti, via="web")
    url = kain.photos.get().url
    store.stop()
    response = client.get(url)
    assert response.status_code == 503
    assert "belum bisa dibuka" in response.content.decode()
    other = pictures.upload(pictures.jpeg(colour="#0000aa"))
    assert "gangguan di sistem kami" in client.post(path, {"foto": other}).content.decode()
    default_storage.delete("aa/x.webp")
    with pytest.raises(StorageFull):
        default_storage.save(random_name("webp"), ContentFile(b"x"))


def test_a_wrong_key_is_refused(store, settings) -> None:
    settings.S3_SECRET_KEY = "salah"
    with pytest.raises(StoreAway, match="403"):
        default_storage.size("aa/x.webp")


WHOLE = {
    "S3_ENDPOINT": "https://s3.contoh.example",
    "S3_BUCKET": "foto",
    "S3_PRIVATE_BUCKET": "berkas",
    "S3_ACCESS_KEY": "kunci",
    "S3_SECRET_KEY": "rahasia",
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"S3_SECRET_KEY": ""}, "or none"),
        ({"S3_ENDPOINT": ""}, "or none"),
        ({"S3_PRIVATE_BUCKET": "foto"}, "two different buckets"),
        ({"S3_ENDPOINT": "s3.contoh.example"}, "an http(s) endpoint"),
        ({}, ""),
    ],
)
def test_a_half_set_store_does_not_start(changes, said) -> None:
    asked = "import umkm_portal.settings as s; print(s.STORAGES['private']['BACKEND'])"
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, **WHOLE, **changes, "DJANGO_SETTINGS_MODULE": "umkm_portal.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in ran.stderr
    assert bool(ran.returncode) == bool(said)
    if not said:
        assert ran.stdout.strip() == "umkm_portal.lib.stores.PrivateBucket"
