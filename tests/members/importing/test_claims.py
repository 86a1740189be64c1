"""An imported record finds its owner: a code on paper, used once, seen by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from members.actions.claims import claim_record, issue_claim_code
from members.choices import ApplicationStatus, ConsentPurpose, Role
from members.models import Business, ClaimCode, Consent, ImportedMember, Owner, User
from tests import make
from tests.members.importing.sheets import ANI, bring_in, xlsx
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.crypto import decrypt
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later
from umkm_portal.notices.models import Notice
from umkm_portal.setup import load_after_migrate

DRAFT = {**ANI, "verified": "tidak", "nik": ""}


@pytest.fixture
def listed(admin) -> User:
    """Ani, as the list of Kadin knows her."""
    bring_in(xlsx(ANI), admin)
    return User.objects.get(name="Ani Contoh")


@pytest.fixture
def ani(db) -> User:
    """Ani's own account, just opened."""
    made = make.user("ani")
    made.name = ""
    made.save()
    return made


def code_for(listed: User, by: User) -> str:
    return issue_claim_code(listed, by=by, via="admin").code


def test_the_record_is_the_accounts_from_now_on(listed, ani, admin) -> None:
    business = Business.objects.get()

    claim_record(ani, code_for(listed, admin), by=ani, via="web")

    business.refresh_from_db()
    assert business.owner == ani
    assert business.kadin.number == "KDN-0042"
    assert business.imported.claimed_at is not None
    owner = Owner.objects.get()
    assert (owner.user, owner.full_name, owner.phone) == (ani, "Ani Contoh", "+6281211112222")
    assert decrypt(owner.nik_encrypted) == ANI["nik"]
    assert not User.objects.filter(pk=listed.pk).exists()
    ani.refresh_from_db()
    assert ani.name == "Ani Contoh"
    assert Consent.objects.of(ani).standing().get().purpose == ConsentPurpose.MEMBERSHIP
    entry = AuditEntry.objects.about(business).get(verb="business.claimed")
    assert (entry.by, entry.via, entry.data["old"]) == (ani, "web", listed.pk)
    assert Notice.objects.filter(recipient=ani, purpose="record_claimed").count() == 1


def test_no_row_of_the_name_is_lost(listed, ani, admin) -> None:
    notice = send_later("member_imported", to=listed, about=Business.objects.get(), link="/saya/")
    code = code_for(listed, admin)

    claim_record(ani, code, by=ani, via="web")

    notice.refresh_from_db()
    assert notice.recipient == ani
    assert ClaimCode.objects.get().user == ani


def test_it_is_seen_by_nobody_before(listed, client, ani, admin) -> None:
    page = f"/usaha/{Business.objects.get().slug}/"
    assert client.get(page).status_code == 404
    assert "Kue Ani" not in client.get("/usaha/").text

    claim_record(ani, code_for(listed, admin), by=ani, via="web")
    assert client.get(page).status_code == 200


def test_a_draft_goes_on_where_the_list_stopped(admin, ani, client) -> None:
    bring_in(xlsx(DRAFT), admin)
    claim_record(ani, code_for(User.objects.get(name="Ani Contoh"), admin), by=ani, via="web")

    client.force_login(ani)
    page = client.get("/daftar/usaha/")
    assert page.status_code == 200
    assert "Kue Ani" in page.text


def test_two_drafts_of_one_account_are_refused(admin, ani) -> None:
    bring_in(xlsx(DRAFT), admin)
    make.business(ani, status=ApplicationStatus.DRAFT, name="Lain", nib="")
    code = code_for(User.objects.get(name="Ani Contoh"), admin)

    with pytest.raises(ActionRefused, match="pendaftaran lain"):
        claim_record(ani, code, by=ani, via="web")
    assert ClaimCode.objects.get().used_at is None


def test_an_account_with_another_nik_is_somebody_else(listed, budi, admin) -> None:
    make.owner(budi, nik_digest="x" * 64, nik_encrypted="y")

    with pytest.raises(ActionRefused, match="NIK"):
        claim_record(budi, code_for(listed, admin), by=budi, via="web")
    assert Business.objects.get().owner == listed


def test_staff_do_not_claim(listed, petugas, admin) -> None:
    with pytest.raises(ActionRefused, match="petugas"):
        claim_record(petugas, code_for(listed, admin), by=petugas, via="web")


def test_a_used_an_old_and_an_unknown_code_say_what_is_wrong(listed, ani, budi, admin) -> None:
    first = code_for(listed, admin)
    second = code_for(listed, admin)
    with pytest.raises(ActionRefused, match="tidak berlaku lagi"):
        claim_record(ani, first, by=ani, via="web")
    with pytest.raises(ActionRefused, match="tidak dikenal"):
        claim_record(ani, "AAAAAAAAAA", by=ani, via="web")

    claim_record(ani, f" {second[:5].lower()}-{second[5:]} ", by=ani, via="web")
    with pytest.raises(ActionRefused, match="sudah dipakai pada"):
        claim_record(budi, second, by=budi, via="web")


def test_after_thirty_days_the_paper_is_worth_nothing(listed, ani, admin) -> None:
    code = code_for(listed, admin)
    ClaimCode.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    with pytest.raises(ActionRefused, match="tidak berlaku lagi"):
        claim_record(ani, code, by=ani, via="web")


def test_the_code_itself_is_kept_nowhere(listed, admin) -> None:
    code = code_for(listed, admin)

    assert code not in str(ClaimCode.objects.values_list())
    assert code not in str(list(AuditEntry.objects.values_list("data", flat=True)))


def test_who_has_an_account_gets_no_claim_code(siti, batik, admin) -> None:
    with pytest.raises(ActionRefused):
        issue_claim_code(siti, by=admin, via="admin")


# --- pages -------------------------------------------------------------------------------------


def test_the_owner_enters_confirms_and_has_it(client, listed, ani, admin, fresh_limits) -> None:
    code = code_for(listed, admin)
    client.force_login(ani)

    page = client.post("/klaim/", {"code": code}).text
    assert "Kue Ani" in page
    assert "Cipedak" in page
    for hidden in ("1111-2222", "081211112222", ANI["nib"], "Jl. Contoh", "KDN-0042", "Ani Contoh"):
        assert hidden not in page
    assert Business.objects.get().owner == listed, "looking changes nothing"

    page = client.post("/klaim/", {"code": code, "confirm": "1"}).text
    assert "Centang dulu" in page
    response = client.post("/klaim/", {"code": code, "confirm": "1", "agrees": "on"})
    assert response.status_code == 302
    assert Business.objects.get().owner == ani
    assert "Kue Ani" in client.get(response.url).text


def test_who_is_not_signed_in_comes_back_here(client) -> None:
    response = client.get("/klaim/")
    assert response.url == "/akun/masuk/?next=/klaim/"


def test_guessing_stops_before_anything_is_looked_up(
    client, listed, ani, admin, fresh_limits
) -> None:
    client.force_login(ani)
    for _try in range(9):
        assert "tidak dikenal" in client.post("/klaim/", {"code": "AAAAAAAAAA"}).text

    response = client.post("/klaim/", {"code": code_for(listed, admin)})
    assert response.status_code == 429
    assert "Terlalu banyak percobaan" in response.text
    assert "Kue Ani" not in response.text


@pytest.mark.parametrize("code", ["", "\0", "x" * 5000, "<b>", "%s", "\ufeff", "٣٣٣"])
def test_nasty_codes_are_only_unknown(client, ani, code, fresh_limits) -> None:
    client.force_login(ani)
    assert client.post("/klaim/", {"code": code}).status_code == 200


def test_the_counter_prints_a_sheet(client, listed, sekretariat) -> None:
    client.force_login(sekretariat)
    page = client.post("/admin/members/claimcode/add/", {"who": "KDN-0042"}).text
    assert "Kue Ani" in page
    assert not ClaimCode.objects.exists(), "looking makes no paper"

    number = Business.objects.get().number
    page = client.post("/admin/members/claimcode/add/", {"who": number, "issue": "1"})
    assert "Kue Ani" in page.text
    assert "/klaim/" in page.text
    assert "no-store" in page["Cache-Control"]
    assert ClaimCode.objects.get().issued_by == sekretariat
    assert client.get("/admin/members/claimcode/").status_code == 200


def test_an_officer_finds_only_her_kecamatan(client, listed) -> None:
    elsewhere = make.kelurahan("Pela Mampang").kecamatan
    client.force_login(make.staff("lurah", Role.PETUGAS, kecamatan=elsewhere))

    page = client.post("/admin/members/claimcode/add/", {"who": "KDN-0042"}).text
    assert "Kue Ani" not in page
    assert "Tidak ada data impor" in page


def test_who_may_not_print_sheets(client, kurator, bendahara) -> None:
    for person in (kurator, bendahara):
        client.force_login(person)
        assert client.get("/admin/members/claimcode/add/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_accounts_at_once_are_one() -> None:
    load_after_migrate()
    boss = make.staff("boss", Role.ADMIN)
    bring_in(xlsx(ANI), boss)
    code = code_for(User.objects.get(name="Ani Contoh"), boss)
    accounts = [make.user("satu"), make.user("dua")]

    outcomes = all_at_once(
        lambda account: claim_record(account, code, by=account, via="web"), accounts
    )

    assert outcomes == ["done", "refused"]
    assert Business.objects.get().owner in accounts
    assert ImportedMember.objects.get().claimed_at
    assert AuditEntry.objects.filter(verb="business.claimed").count() == 1
