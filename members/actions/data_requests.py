"""What a person asks about her own data, answered within 72 hours. UU 27/2022 art. 30 and 43."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import DataRequestKind, DataRequestStatus
from members.models import DataRequest, User
from members.models.data_request import CLOCK
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later


@transaction.atomic
def ask_correction(user: User, *, text: str, by: User | None, via: str) -> DataRequest:
    """She says what is wrong; while one request waits, the new words are added to it."""
    user = _locked_person(user)
    text = text.strip()
    if not text:
        raise ActionRefused(_("Tulis data mana yang salah dan isi yang benar."))
    waiting = DataRequest.objects.of(user).waiting().filter(kind=DataRequestKind.CORRECTION).first()
    if waiting is None:
        return _ask(user, DataRequestKind.CORRECTION, text, by=by, via=via)
    if text not in waiting.text.split("\n\n"):
        waiting.text = f"{waiting.text}\n\n{text}"
        waiting.save(update_fields=["text"])
        record("data_request.extended", waiting, by=by, via=via)
    return waiting


@transaction.atomic
def ask_erasure(user: User, *, by: User | None, via: str) -> DataRequest:
    """She wants to be forgotten; asking again gives the request that waits already."""
    user = _locked_person(user)
    if user.is_staff:
        raise ActionRefused(_("Akun petugas dihapus oleh admin. Hubungi admin portal."))
    waiting = DataRequest.objects.of(user).waiting().filter(kind=DataRequestKind.ERASURE).first()
    return waiting or _ask(user, DataRequestKind.ERASURE, "", by=by, via=via)


@transaction.atomic
def withdraw_request(asked: DataRequest, *, by: User | None, via: str) -> DataRequest:
    """She changed her mind before it was carried out."""
    asked = locked_request(asked)
    if asked.status == DataRequestStatus.WITHDRAWN:
        return asked
    refuse_unless_waiting(asked)
    stamp(asked, DataRequestStatus.WITHDRAWN, answer="", decided_by=by)
    record("data_request.withdrawn", asked, by=by, via=via, kind=asked.kind)
    return asked


@transaction.atomic
def refuse_request(asked: DataRequest, *, answer: str, by: User | None, via: str) -> DataRequest:
    """Staff may not do it, and say why: a law to keep it, or money still on its way."""
    asked = locked_request(asked)
    if asked.status == DataRequestStatus.REFUSED:
        return asked
    return _answered(asked, DataRequestStatus.REFUSED, answer, by=by, via=via)


@transaction.atomic
def close_correction(asked: DataRequest, *, answer: str, by: User | None, via: str) -> DataRequest:
    """The data are mended; `answer` tells her what was changed."""
    asked = locked_request(asked)
    if asked.kind != DataRequestKind.CORRECTION:
        raise ActionRefused(_("Ini bukan permintaan koreksi."))
    if asked.status == DataRequestStatus.DONE:
        return asked
    return _answered(asked, DataRequestStatus.DONE, answer, by=by, via=via)


def locked_request(asked: DataRequest) -> DataRequest:
    """The request as it stands once nobody else is deciding it."""
    return (
        DataRequest.objects.select_for_update(of=("self",)).select_related("user").get(pk=asked.pk)
    )


def refuse_unless_waiting(asked: DataRequest) -> None:
    if not asked.waits:
        raise ActionRefused(
            _("Permintaan ini sudah selesai: %(status)s.") % {"status": asked.get_status_display()}
        )


def stamp(
    asked: DataRequest, status: DataRequestStatus, *, answer: str, decided_by: User | None
) -> None:
    asked.status, asked.answer = status, answer.strip()
    asked.decided_at, asked.decided_by = timezone.now(), decided_by
    asked.save(update_fields=["status", "answer", "decided_at", "decided_by"])


def _answered(
    asked: DataRequest, status: DataRequestStatus, answer: str, *, by: User | None, via: str
) -> DataRequest:
    refuse_unless_waiting(asked)
    if by is not None and by.pk == asked.user_id:
        raise ActionRefused(_("Permintaan Anda sendiri diputuskan oleh petugas lain."))
    if not answer.strip():
        raise ActionRefused(_("Tulis jawabannya supaya pemohon tahu."))
    stamp(asked, status, answer=answer, decided_by=by)
    record(f"data_request.{status}", asked, by=by, via=via, kind=asked.kind)
    send_later(
        "data_request_answered",
        to=asked.user,
        about=asked,
        link=reverse("my_data"),
        phone=settings.HELPDESK_PHONE,
    )
    return asked


def _ask(user: User, kind: DataRequestKind, text: str, *, by: User | None, via: str) -> DataRequest:
    now = timezone.now()
    asked = DataRequest.objects.create(
        user=user, kind=kind, text=text, asked_at=now, due_at=now + CLOCK
    )
    record("data_request.asked", asked, by=by, via=via, kind=kind)
    send_later("data_request_asked", to=user, about=asked, link=reverse("my_data"))
    return asked


def _locked_person(user: User) -> User:
    return User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
