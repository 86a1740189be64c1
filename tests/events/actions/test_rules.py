"""Rules of a sign-up: per kecamatan, a step reached, a NIB; a refusal says what to do about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.registration import (
    Guest,
    cancel_registration,
    edit_guest,
    register_business,
    register_guest,
)
from events.actions.rules import keep_rule
from events.choices import EventKind
from events.choices import RegistrationStatus as S
from events.models import Event, Registration, SignUpRule
from events.models.seats import turn_of
from members.choices import DocumentKind, DocumentStatus, EvidenceKind
from members.models import Business, Kecamatan, ProgrammeStage, StageEvidence
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

LINK = {"by": None, "via": "tautan"}


def event(**rule) -> Event:
    made = make.event(capacity=rule.pop("capacity", 20))
    SignUpRule.objects.create(event=made, **rule)
    return made


def lives_in(slug: str) -> Kecamatan | None:
    return Kecamatan.objects.filter(slug=slug).first()


def come(to: Event, number: int, slug: str = "tebet") -> Registration:
    guest = Guest(f"Tamu {number}", f"+62812000000{number:02}", kecamatan=lives_in(slug))
    return register_guest(to, guest=guest, by=None, via="web")


def join(to: Event, business: Business) -> Registration:
    return register_business(to, business=business, by=business.owner, via="web")


def again(registration: Registration) -> Registration:
    return Registration.objects.get(pk=registration.pk)


# A step of Jakpreneur


def test_who_has_not_reached_the_step_reads_how_to_reach_it(batik) -> None:
    stage = ProgrammeStage.objects.get(code="P4")

    with pytest.raises(ActionRefused) as refused:
        join(event(stage=stage), batik)

    said = f"Pelatihan ini untuk usaha yang sudah mencapai langkah {stage}. {stage.hint}"
    assert str(refused.value) == said
    assert stage.hint
    assert not Registration.objects.exists()


def test_who_has_reached_the_step_comes(batik, petugas) -> None:
    stage = ProgrammeStage.objects.get(code="P2")
    training = event(stage=stage)
    evidence = StageEvidence.objects.create(
        business=batik,
        stage=stage,
        kind=EvidenceKind.TRAINING,
        source="training:0",
        on=timezone.localdate(),
        recorded_by=petugas,
    )

    assert join(training, batik).is_registered
    evidence.removed_at, evidence.removed_because = timezone.now(), "Salah catat."
    evidence.save()
    assert join(training, batik).is_registered, "nobody loses a seat"
    with pytest.raises(ActionRefused, match="sudah mencapai langkah"):
        join(event(stage=stage), batik)


# A NIB


def test_without_a_nib_she_reads_where_to_send_it(batik) -> None:
    with pytest.raises(ActionRefused) as refused:
        join(event(needs_nib=True), batik)

    assert str(refused.value) == (
        "Pelatihan ini untuk usaha yang sudah punya NIB. Unggah NIB di Berkas, lalu daftar lagi."
    )


def test_while_the_nib_is_looked_at_she_reads_that(batik) -> None:
    make.licence(batik, DocumentKind.NIB, status=DocumentStatus.UPLOADED, decided_at=None)

    with pytest.raises(ActionRefused, match="NIB Anda sedang diperiksa petugas"):
        join(event(needs_nib=True), batik)


def test_with_a_nib_she_comes_and_with_one_that_ended_not(batik) -> None:
    nib = make.licence(batik, DocumentKind.NIB)
    assert join(event(needs_nib=True), batik).is_registered

    nib.expires_on = timezone.localdate() - timedelta(days=1)
    nib.save()
    with pytest.raises(ActionRefused, match="Unggah NIB"):
        join(event(needs_nib=True), batik)


# Guests


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ({"needs_nib": True}, "sudah punya NIB"),
        ({"stage": "P4"}, "sudah mencapai langkah "),
        ({"needs_nib": True, "stage": "P4"}, "sudah punya NIB dan sudah mencapai langkah "),
    ],
)
def test_a_guest_is_sent_to_her_account(db, rule, asked) -> None:
    if "stage" in rule:
        rule["stage"] = ProgrammeStage.objects.get(code=rule["stage"])

    with pytest.raises(ActionRefused) as refused:
        come(event(**rule), 1)

    assert f"untuk usaha yang {asked}" in str(refused.value)
    assert str(refused.value).endswith("Masuk dengan akun usaha Anda, lalu daftar lagi.")


def test_the_sentence_names_the_kind_of_event(db) -> None:
    fair = event(needs_nib=True)
    Event.objects.filter(pk=fair.pk).update(kind=EventKind.EXHIBITION)

    with pytest.raises(ActionRefused, match=r"^Pameran ini untuk usaha yang sudah punya NIB\."):
        come(fair, 1)


# Seats of a kecamatan


def test_when_the_kecamatan_is_full_her_neighbour_waits_and_others_come(batik) -> None:
    training = event(per_kecamatan=2)

    rows = [come(training, number) for number in range(3)]

    assert [row.state for row in rows] == [S.REGISTERED, S.REGISTERED, S.WAITLISTED]
    turn = turn_of(rows[2])
    assert (turn.position, turn.district, turn.district_taken, turn.district_of) == (
        1,
        "Tebet",
        2,
        2,
    )
    assert join(training, batik).is_registered, "of Jagakarsa"
    assert come(training, 7, "luar").is_registered


def test_everybody_from_elsewhere_shares_one_quota(db) -> None:
    training = event(per_kecamatan=1)

    assert come(training, 1, "luar").is_registered
    assert come(training, 2, "luar").waits


def test_a_business_counts_for_where_it_is(batik) -> None:
    training = event(per_kecamatan=1)
    join(training, batik)

    assert come(training, 1, "jagakarsa").waits


def test_a_freed_seat_goes_to_the_next_of_the_same_kecamatan(db) -> None:
    training = event(per_kecamatan=1)
    tebet, waits = come(training, 1), come(training, 2)
    jagakarsa, also_waits = come(training, 3, "jagakarsa"), come(training, 4, "jagakarsa")

    cancel_registration(jagakarsa, **LINK)

    assert (again(tebet).state, again(waits).state) == (S.REGISTERED, S.WAITLISTED)
    assert again(also_waits).is_offered


def test_a_wider_quota_asks_who_waits(petugas) -> None:
    training = event(per_kecamatan=1)
    rows = [come(training, number) for number in range(3)]
    rule = SignUpRule.objects.get(event=training)
    rule.per_kecamatan = 2

    keep_rule(rule, by=petugas, via="admin")

    assert [again(row).state for row in rows] == [S.REGISTERED, S.OFFERED, S.WAITLISTED]
    entry = AuditEntry.objects.get(verb="event.rule_kept")
    assert (entry.by, entry.data["per_kecamatan"]) == (petugas, 2)


def test_a_tighter_quota_takes_no_seat_away(petugas) -> None:
    training = event()
    rows = [come(training, number) for number in range(3)]
    rule = SignUpRule.objects.get(event=training)
    rule.per_kecamatan = 1

    keep_rule(rule, by=petugas, via="admin")

    assert {again(row).state for row in rows} == {S.REGISTERED}
    assert come(training, 9).waits


def test_moving_into_a_full_kecamatan_is_refused_and_out_of_it_frees_a_seat(db) -> None:
    training = event(per_kecamatan=1)
    tebet, waits = come(training, 1), come(training, 2)
    elsewhere = come(training, 3, "jagakarsa")

    def move(row: Registration, slug: str) -> Registration:
        guest = Guest(row.name, row.phone, kecamatan=lives_in(slug))
        return edit_guest(row, guest=guest, **LINK)

    with pytest.raises(ActionRefused) as refused:
        move(elsewhere, "tebet")
    assert str(refused.value) == "Tempat untuk Tebet penuh (1 dari 1). Kecamatan tidak diubah."

    move(tebet, "cilandak")
    assert again(waits).is_offered


# At once


@pytest.mark.django_db(transaction=True)
def test_two_at_once_for_the_last_seat_of_tebet_and_one_gets_it(db) -> None:
    training = event(per_kecamatan=3)
    for number in range(2):
        come(training, number)

    assert all_at_once(lambda number: come(training, number), range(10, 14)) == ["done"] * 4

    states = list(training.registrations.order_by("pk").values_list("status", flat=True))
    assert states == [S.REGISTERED] * 3 + [S.WAITLISTED] * 3


@pytest.mark.django_db(transaction=True)
def test_two_move_into_the_last_seat_of_tebet_and_one_gets_it(db) -> None:
    training = event(per_kecamatan=2)
    come(training, 1)
    rows = [come(training, 2, "jagakarsa"), come(training, 3, "cilandak")]

    def move(row: Registration) -> None:
        edit_guest(row, guest=Guest(row.name, row.phone, kecamatan=lives_in("tebet")), **LINK)

    assert all_at_once(move, rows) == ["done", "refused"]
    assert training.registrations.filter(kecamatan__slug="tebet").count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_quota_widens_while_one_cancels_and_no_seat_is_given_twice(petugas) -> None:
    training = event(per_kecamatan=1)
    seat = come(training, 1)
    for number in range(2, 7):
        come(training, number)
    rule = SignUpRule.objects.get(event=training)
    rule.per_kecamatan = 3

    def act(what: str) -> None:
        if what == "aturan":
            keep_rule(rule, by=petugas, via="admin")
        else:
            cancel_registration(seat, **LINK)

    assert all_at_once(act, ["aturan", "batal"]) == ["done", "done"]
    assert training.registrations.holding_a_seat().count() == 3
