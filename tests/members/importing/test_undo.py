"""A wrong file is taken back: what nobody touched goes, what somebody works on stays."""

from __future__ import annotations

import pytest

from members.actions.import_undo import undo_import
from members.choices import ImportState
from members.models import Business, DuesInvoice, KadinMembership, MembershipTerm, Owner, User
from tests import make
from tests.members.importing.sheets import ANI, bring_in, check, xlsx
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

BENI = {
    **ANI,
    "full_name": "Beni",
    "name": "Roti Beni",
    "nik": "",
    "nib": "",
    "kadin_number": "KDN-0043",
}


def test_what_it_made_is_gone(admin, siti, batik) -> None:
    batch = bring_in(xlsx(ANI, BENI), admin)

    batch = undo_import(batch, by=admin, via="admin")

    assert batch.state == ImportState.UNDONE
    assert list(Business.objects.all()) == [batik]
    assert set(User.objects.all()) == {admin, siti}
    assert not any(
        model.objects.exists() for model in (KadinMembership, DuesInvoice, MembershipTerm)
    )
    assert Owner.objects.get().user == siti
    assert AuditEntry.objects.about(batch).get(verb="member_import.undone").data == {
        "deleted": 2,
        "kept": 0,
    }


def test_what_somebody_works_on_stays_and_is_named(admin) -> None:
    batch = bring_in(xlsx(ANI, BENI), admin)
    make.product(Business.objects.get(name="Kue Ani"))

    batch = undo_import(batch, by=admin, via="admin")

    assert Business.objects.get().name == "Kue Ani"
    assert KadinMembership.objects.get().terms.exists()
    ((line, reason),) = batch.problems
    assert line == 2
    assert "produk" in reason


def test_a_later_change_keeps_it(admin) -> None:
    batch = bring_in(xlsx(ANI, BENI), admin)
    bring_in(xlsx({"kadin_number": "KDN-0043", "street": "Jl. Baru"}), admin)

    batch = undo_import(batch, by=admin, via="admin")

    assert Business.objects.get().name == "Roti Beni"


def test_what_was_there_before_stays(admin, batik) -> None:
    batch = bring_in(
        xlsx({"number": batik.number, "kadin_number": "K-1", "member_since": "12 Juni 2023"}, ANI),
        admin,
    )

    undo_import(batch, by=admin, via="admin")

    assert list(Business.objects.all()) == [batik]
    assert batik.kadin.number == "K-1"


def test_twice_is_once(admin) -> None:
    batch = bring_in(xlsx(ANI), admin)
    undo_import(batch, by=admin, via="admin")
    undo_import(batch, by=admin, via="admin")

    assert AuditEntry.objects.filter(verb="member_import.undone").count() == 1


def test_only_what_is_written_can_be_taken_back(admin) -> None:
    with pytest.raises(ActionRefused):
        undo_import(check(xlsx(ANI), admin), by=admin, via="admin")


def test_the_file_can_come_in_again_afterwards(admin) -> None:
    undo_import(bring_in(xlsx(ANI), admin), by=admin, via="admin")

    assert bring_in(xlsx(ANI), admin).created == 1
