"""Asking for a place in the market, mending what was asked, giving it up, refusing it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Product
from events.actions.goods import list_goods
from events.actions.place_letters import no_longer_news, stamp, tell_before_the_end
from events.actions.waitlist import lock_place, offer_free_seats
from events.choices import LIVING, SEATED, EventStatus, PlaceStatus
from events.models import BoothPlace, Edition, EditionRules, Event, EventDay
from members.models import Business, Office, User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.errors import ActionRefused

NEEDS = ["tables", "chairs", "power_watts", "cooks", "sponsor", "note"]
MENDABLE = (PlaceStatus.APPLIED, PlaceStatus.RETURNED)
REFUSABLE = (*MENDABLE, PlaceStatus.WAITLISTED)


CLOSED_BY_STAFF = gettext_lazy("Pendaftaran edisi ini sudah ditutup panitia.")


@dataclass(frozen=True)
class Wishes:
    """What a seller needs on each of her days, and what she brings (keys of products)."""

    tables: int = 0
    chairs: int = 0
    power_watts: int = 0
    cooks: bool = False
    sponsor: Office | None = None
    note: str = ""
    products: Collection[int] = ()
    rules_version: int | None = None


@transaction.atomic
def apply_for_days(
    business: Business, *, days: Collection[EventDay], wishes: Wishes, by: User | None, via: str
) -> list[BoothPlace]:
    """Ask for a place on each of these days of one edition.

    The event is the lock: a second press of the button finds the first one's places. Return the
    places of these days, those asked for before among them as they were.
    """
    if not days:
        raise ActionRefused(_("Pilih paling sedikit satu hari."))
    event = Event.objects.select_for_update(of=("self",)).get(pk=next(iter(days)).event_id)
    now = timezone.now()
    wanted = list(event.days.filter(pk__in=[day.pk for day in days]).in_order())
    living = BoothPlace.objects.living().filter(business=business, day__in=wanted)
    known = {place.day_id: place for place in living}
    new = [day for day in wanted if day.pk not in known]
    if wanted and not new:
        return [known[day.pk] for day in wanted]
    _refuse_unless_taking(event, now)
    if len(wanted) != len(days) or any(day.is_over(at=now) for day in wanted):
        raise ActionRefused(_("Pilih hari yang masih akan datang. Muat ulang halaman ini."))
    _refuse_unless_eligible(business)
    _refuse_old_rules(event, wishes)
    fee = Edition.objects.fee_for(event)
    for day in new:
        day.event = event
        place = BoothPlace(day=day, business=business, applied_at=now, fee=fee)
        known[day.pk] = _enter(place, wishes, by=by, via=via)
    tell_before_the_end(known[new[0].pk], "jbl_applied", days=new)
    return [known[day.pk] for day in wanted]


@transaction.atomic
def change_application(
    place: BoothPlace, *, wishes: Wishes, by: User | None, via: str
) -> BoothPlace:
    """She mends what staff sent back, or changes her needs before anything is decided."""
    place = lock_place(place)
    now = timezone.now()
    _refuse_past(place, now)
    if place.status not in MENDABLE:
        raise ActionRefused(_("Pengajuan ini sudah diputuskan, jadi tidak bisa diubah lagi."))
    was = place.status
    new = {name: getattr(wishes, name) for name in NEEDS}
    changed = [name for name, value in new.items() if getattr(place, name) != value]
    for name in changed:
        setattr(place, name, new[name])
    if was == PlaceStatus.RETURNED:
        place.status = PlaceStatus.APPLIED
        changed.append("status")
    if changed:
        place.save(update_fields=changed)
        record("place.application_changed", place, by=by, via=via, was=was, fields=changed)
    if wishes.products:
        list_goods(place, wishes.products, by=by, via=via)
    return place


@transaction.atomic
def withdraw_application(
    place: BoothPlace, *, reason: str = "", by: User | None, via: str
) -> BoothPlace:
    """She does not come after all; a seat she held goes to the next in turn.

    Until the end of H-2 nobody asks why; later whoever has a place says why.
    """
    place = lock_place(place)
    if place.status == PlaceStatus.CANCELLED:
        return place
    if place.status in {PlaceStatus.PRESENT, PlaceStatus.ABSENT}:
        raise ActionRefused(_("Kehadiran Anda sudah dicatat, jadi tidak bisa dibatalkan."))
    if place.status not in LIVING:
        raise ActionRefused(_("Pengajuan ini sudah selesai, jadi tidak perlu dibatalkan."))
    _refuse_past(place, timezone.now())
    if asks_reason(place, at=timezone.now()) and not reason:
        raise ActionRefused(_("Tulis alasan batal. Dua hari terakhir ini panitia perlu tahu."))
    was, place.status, place.reason = place.status, PlaceStatus.CANCELLED, reason
    place.save(update_fields=["status", "reason"])
    no_longer_news(place)
    record("place.withdrawn", place, by=by, via=via, was=was, reason=reason)
    if was in SEATED:
        offer_free_seats(place.day, by=by, via=via)
    return place


@transaction.atomic
def return_application(place: BoothPlace, *, reason: str, by: User | None, via: str) -> BoothPlace:
    """Staff ask for what is missing; she reads exactly that."""
    place = lock_place(place)
    if place.status == PlaceStatus.RETURNED and place.reason == reason:
        return place
    if place.status not in MENDABLE:
        raise ActionRefused(_("Pengajuan ini sudah diputuskan, jadi tidak bisa dikembalikan."))
    _refuse_past(place, timezone.now())
    if not reason:
        raise ActionRefused(_("Tulis apa yang perlu dilengkapi."))
    place.status, place.reason = PlaceStatus.RETURNED, reason
    place.save(update_fields=["status", "reason"])
    record("place.returned", place, by=by, via=via, reason=reason)
    tell_before_the_end(place, "jbl_returned", key=stamp(timezone.now()))
    return place


@transaction.atomic
def reject_application(place: BoothPlace, *, reason: str, by: User | None, via: str) -> BoothPlace:
    """Staff say no and why; whom to ask stands in the letter."""
    place = lock_place(place)
    if place.status == PlaceStatus.REJECTED:
        return place
    if place.status not in REFUSABLE:
        raise ActionRefused(_("Yang sudah punya tempat tidak ditolak. Batalkan tempatnya."))
    if not reason:
        raise ActionRefused(_("Tulis alasan penolakan. Pemilik usaha membacanya."))
    was, place.status, place.reason = place.status, PlaceStatus.REJECTED, reason
    place.save(update_fields=["status", "reason"])
    no_longer_news(place)
    record("place.rejected", place, by=by, via=via, was=was, reason=reason)
    tell_before_the_end(place, "jbl_rejected")
    return place


@transaction.atomic
def accept_rules(
    event: Event, *, business: Business, version: int, by: User | None, via: str
) -> Event:
    """She agrees to this version for all her days of the edition; only the newest counts."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    newest = event.rules.first()
    if newest is None or newest.version != version:
        raise ActionRefused(_("Tata tertib baru saja berubah. Baca yang terbaru, lalu setujui."))
    mine = BoothPlace.objects.living().filter(day__event=event, business=business)
    count = mine.exclude(rules_version=version).update(
        rules_version=version, rules_accepted_at=timezone.now()
    )
    if count:
        record("rules.accepted", business, by=by, via=via, event=event.pk, version=version)
    return event


def asks_reason(place: BoothPlace, *, at: datetime) -> bool:
    """Only of who has a seat, and only from the day before the market on."""
    if place.status not in SEATED:
        return False
    edition = Edition.objects.filter(event=place.day.event_id).first()
    return at >= (edition or Edition()).free_to_withdraw_until(place.day)


def _enter(place: BoothPlace, wishes: Wishes, *, by: User | None, via: str) -> BoothPlace:
    place.status = PlaceStatus.APPLIED
    for name in NEEDS:
        setattr(place, name, getattr(wishes, name))
    if wishes.rules_version is not None:
        place.rules_version, place.rules_accepted_at = wishes.rules_version, place.applied_at
    place.save(force_insert=True)
    record("place.applied", place, by=by, via=via, day=place.day.date)
    if wishes.products:
        list_goods(place, wishes.products, by=by, via=via)
    return place


def _refuse_unless_taking(event: Event, now: datetime) -> None:
    if event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini sudah dibatalkan."))
    edition = Edition.objects.filter(event=event).first()
    if edition is None or not event.published:
        raise ActionRefused(_("Edisi ini tidak menerima pendaftaran di sini."))
    if event.status == EventStatus.CLOSED:
        raise ActionRefused(str(CLOSED_BY_STAFF))
    if now < edition.applications_open_at:
        opens = edition.applications_open_at
        raise ActionRefused(
            _("Pendaftaran dibuka %(day)s %(time)s.")
            % {"day": tanggal(opens), "time": pukul(opens)}
        )
    if not edition.takes_applications(at=now):
        closed = edition.applications_close_at
        raise ActionRefused(
            _("Pendaftaran ditutup %(day)s %(time)s.")
            % {"day": tanggal(closed), "time": pukul(closed)}
        )


def _refuse_unless_eligible(business: Business) -> None:
    if not Business.objects.may_list().filter(pk=business.pk).exists():
        raise ActionRefused(
            _("Usaha ini belum bisa ikut: belum disetujui Pemkot, atau bidangnya bukan JBL.")
        )
    if not Product.objects.visible().of(business).exists():
        raise ActionRefused(_("Belum ada produk yang lolos kurasi. Pasang produk lebih dulu."))


def _refuse_old_rules(event: Event, wishes: Wishes) -> None:
    newest = EditionRules.objects.filter(event=event).first()
    if newest is not None and wishes.rules_version != newest.version:
        raise ActionRefused(_("Baca dan setujui tata tertib yang terbaru."))


def _refuse_past(place: BoothPlace, now: datetime) -> None:
    if place.day.event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini sudah dibatalkan."))
    if place.day.is_over(at=now):
        raise ActionRefused(_("Hari ini sudah lewat."))
