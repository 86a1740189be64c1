"""Who finds an application at the desk, and what nobody finds out there."""

from __future__ import annotations

import pytest

from members.choices import ApplicationStatus, Role
from members.models import Document
from tests import make
from tests.members.checking.desk import LIST, PAGES, approve, of_kecamatan, page, page_of


@pytest.mark.parametrize("name", PAGES)
def test_petugas_of_another_kecamatan_finds_nothing(client, waiting, name) -> None:
    client.force_login(of_kecamatan("tebet"))

    for send in (client.get, client.post):
        assert send(page(waiting, name), {"reason": "Cocokkan"}).status_code in {403, 404}
    assert client.get(page(waiting, name)).status_code == 404
    assert "Batik Siti" not in page_of(client.get(LIST))
    assert "Batik Siti" not in page_of(client.get(f"{LIST}?q=Batik"))
    assert client.get("/admin/").context["queue"][0]["count"] == 0
    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.SUBMITTED


def test_petugas_of_another_kecamatan_sees_no_scan(client, waiting) -> None:
    client.force_login(of_kecamatan("tebet"))
    pk = Document.objects.get().pk

    assert client.get(f"/admin/members/document/{pk}/change/").status_code == 404
    assert "Batik Siti" not in page_of(client.get("/admin/members/document/"))


def test_petugas_of_the_kecamatan_decides(client, waiting) -> None:
    own = make.staff("jagakarsa", Role.PETUGAS, kecamatan=waiting.kelurahan.kecamatan)
    client.force_login(own)

    assert client.get(page(waiting)).status_code == 200
    approve(client, waiting)
    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.APPROVED


@pytest.mark.parametrize("role", ["sekretariat", "bendahara", "kurator"])
@pytest.mark.parametrize("name", PAGES)
def test_other_staff_see_nothing_of_the_check(client, waiting, request, role, name) -> None:
    client.force_login(request.getfixturevalue(role))

    for send in (client.get, client.post):
        assert send(page(waiting, name), {"reason": "Cocokkan"}).status_code == 403
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_an_owner_is_sent_to_sign_in(client, waiting, siti, name) -> None:
    client.force_login(siti)

    answer = client.post(page(waiting, name))

    assert answer.status_code in {302, 404}
    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.SUBMITTED


def test_admin_sees_but_does_not_open_a_nik(client, admin, waiting) -> None:
    client.force_login(admin)

    assert client.get(page(waiting)).status_code == 200
    assert "Lihat NIK" not in page_of(client.get(page(waiting)))
    assert client.post(page(waiting, "nik"), {"reason": "Cocokkan"}).status_code == 403


def test_no_form_of_the_admin_changes_adds_or_deletes(desk, waiting) -> None:
    for path in (page(waiting), page(waiting, "delete"), f"{LIST}add/"):
        answer = desk.post(path, {"status": "approved", "name": "Lain", "post": "yes"})
        assert answer.status_code == 403, path

    waiting.refresh_from_db()
    assert (waiting.status, waiting.name) == (ApplicationStatus.SUBMITTED, "Batik Siti")


@pytest.mark.parametrize(
    "query",
    [
        "owner__owner__nik_digest__startswith=a",
        "owner__owner__phone__startswith=%2B62",
        "owner__password__startswith=a",
        "owner__email__startswith=s",
    ],
)
def test_filters_are_no_way_to_guess(desk, waiting, query) -> None:
    answer = desk.get(f"{LIST}?{query}")

    assert answer.status_code in {302, 400}


@pytest.mark.parametrize("guess", ["3174994507850001", "siti@example.id", "+6281234567890"])
def test_the_search_does_not_reach_hidden_fields(desk, waiting, guess) -> None:
    assert list(desk.get(LIST, {"q": guess}).context["cl"].result_list) == []


@pytest.mark.parametrize("q", ["a\x00b", "x" * 3000, "' OR 1=1 --", "\ufeff🔥"])
def test_odd_searches_break_nothing(desk, waiting, q) -> None:
    assert desk.get(LIST, {"q": q}).status_code in {200, 302, 400}


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30, "abc"])
def test_what_is_not_there_is_404(desk, db, pk) -> None:
    assert desk.get(f"{LIST}{pk}/change/").status_code == 404


def test_a_permission_taken_away_works_at_once(desk, waiting, petugas) -> None:
    petugas.groups.clear()

    assert desk.post(page(waiting, "setujui")).status_code == 403


def test_the_desk_keeps_the_content_security_policy(desk, waiting) -> None:
    for path in ("/admin/", LIST, page(waiting), page(waiting, "perbaikan")):
        answer = desk.get(path)
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert " style=" not in page_of(answer), path
        assert "<style" not in page_of(answer), path
