"""Who may ask for a place, until when, and how an application stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Product
from events.actions.applications import CLOSED_BY_STAFF, MENDABLE, asks_reason
from events.choices import LIVING, EventStatus, PlaceStatus
from events.models import BoothPlace, Edition, EditionRules, Event, EventDay
from events.models.day import still_to_come
from events.models.edition import EditionQuerySet
from events.reports.fees import PlaceFee, fee_of
from events.reports.my_turn import MyTurn, my_turn
from events.reports.papers import Paper, papers_of
from events.seats import number_in_line
from members.choices import LISTING_SECTORS
from members.models import Business
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.dates import add_working_days, pukul, tanggal

# Staff allocate when the list is closed; until then nobody knows who else asks.
ANSWER_DAYS = 2

EXPLAINED: dict[str, Any] = {
    PlaceStatus.APPLIED: gettext_lazy("Pengajuan Anda sudah kami terima dan belum diputuskan."),
    PlaceStatus.RETURNED: gettext_lazy("Ada yang perlu Anda lengkapi sebelum diputuskan."),
    PlaceStatus.ACCEPTED: gettext_lazy("Anda mendapat tempat pada hari ini."),
    PlaceStatus.WAITLISTED: gettext_lazy(
        "Tempat penuh. Bila ada yang kosong, kami tawarkan menurut urutan."
    ),
    PlaceStatus.OFFERED: gettext_lazy("Ada tempat untuk Anda. Jawab sebelum batas waktunya."),
    PlaceStatus.PRESENT: gettext_lazy("Anda tercatat hadir pada hari ini."),
    PlaceStatus.ABSENT: gettext_lazy(
        "Anda tercatat tidak hadir; ini dihitung sebagai satu kali ikut."
    ),
    PlaceStatus.CANCELLED: gettext_lazy("Tempat atau pengajuan ini sudah dibatalkan."),
    PlaceStatus.REJECTED: gettext_lazy("Pengajuan ini belum bisa diterima; alasannya di bawah."),
    PlaceStatus.DECLINED: gettext_lazy("Anda tidak mengambil tempat yang ditawarkan."),
    PlaceStatus.LAPSED: gettext_lazy("Tawaran tidak dijawab sampai batas waktunya."),
    PlaceStatus.CLOSED: gettext_lazy(
        "Hari ini sudah selesai atau dibatalkan sebelum ada tempat untuk Anda."
    ),
}


@dataclass(frozen=True)
class Obstacle:
    """Why she cannot apply yet, and the way to change that."""

    text: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Standing:
    """One application as its owner reads it. `position` is 1 for the next to be offered."""

    place: BoothPlace
    sentence: str
    decided_at: datetime | None
    position: int | None
    papers: list[Paper]
    new_rules: EditionRules | None
    may_withdraw: bool
    asks_reason: bool
    may_change: bool
    may_answer: bool
    turn: MyTurn | None = None
    fee: PlaceFee | None = None

    @property
    def missing(self) -> list[Paper]:
        return [paper for paper in self.papers if not paper.is_there]


def closed_door(event: Event, edition: Edition | None, *, at: datetime) -> str:
    """Why nobody may apply now, as one sentence; empty while one may."""
    if event.status == EventStatus.CANCELLED:
        return _("Acara ini dibatalkan. %s") % event.cancel_reason
    if edition is None or not event.published:
        return _("Edisi ini tidak menerima pendaftaran di sini. Penjualnya ditunjuk panitia.")
    opens, closes = edition.applications_open_at, edition.applications_close_at
    if at < opens:
        words = {"day": tanggal(opens), "time": pukul(opens)}
        return _("Pendaftaran dibuka %(day)s %(time)s.") % words
    by_staff = event.status == EventStatus.CLOSED
    is_coming = any(not day.is_over(at=at) for day in event.days.all())
    if at < closes and is_coming and not by_staff:
        return ""
    words = {"day": tanggal(closes), "time": pukul(closes)}
    sentence = _("Pendaftaran ditutup %(day)s %(time)s.") % words
    if by_staff and at < closes:
        sentence = str(CLOSED_BY_STAFF)
    return " ".join([sentence, *_other_doors(event, at=at)])


def _other_doors(event: Event, *, at: datetime) -> list[str]:
    """Where she may ask instead: an edition that is open now, else the next to open."""
    now_open = _public_editions().taking_applications(at=at).exclude(event=event)
    open_one = now_open.exclude(event__status=EventStatus.CLOSED).order_by("applications_close_at")
    if other := open_one.filter(still_to_come(at, "event__days__")).first():
        words = {"name": other.event.name, "day": tanggal(other.applications_close_at)}
        return [_("%(name)s masih menerima pendaftaran sampai %(day)s.") % words]
    following = next_opening(at=at)
    if following is None:
        return []
    return [_("Edisi berikutnya dibuka %s.") % tanggal(following.applications_open_at)]


@dataclass(frozen=True)
class SellersDoor:
    """What the page of an edition tells who would sell there; `closed` is empty while one may."""

    edition: Edition
    closed: str


def sellers_door(event: Event, *, at: datetime) -> SellersDoor | None:
    """None for an edition that takes no applications, is called off, or is over."""
    edition: Edition | None = getattr(event, "edition", None)
    is_over = all(day.is_over(at=at) for day in event.days.all())
    if edition is None or is_over or event.status == EventStatus.CANCELLED:
        return None
    return SellersDoor(edition, closed_door(event, edition, at=at))


def next_opening(*, at: datetime) -> Edition | None:
    return (
        _public_editions()
        .filter(applications_open_at__gt=at)
        .order_by("applications_open_at")
        .first()
    )


def _public_editions() -> EditionQuerySet:
    public = Event.objects.public().not_cancelled()
    return Edition.objects.filter(event__in=public).select_related("event")


def obstacles_of(business: Business) -> list[Obstacle]:
    """What keeps this business out of every edition; one query, or none."""
    if not business.is_verified:
        text = _("%s belum disetujui Pemkot. Kabar pemeriksaannya ada di Pesan.") % business
        return [Obstacle(text, reverse("members:business_profile"), _("Lihat usaha saya"))]
    if business.sector not in LISTING_SECTORS:
        text = _("JBL untuk kuliner, fashion, dan kerajinan. Bidang %(name)s: %(sector)s.")
        words = {"name": business, "sector": business.get_sector_display()}
        return [Obstacle(text % words)]
    if not Product.objects.visible().of(business).exists():
        text = _("Belum ada produk yang lolos kurasi. Pasang paling sedikit satu produk.")
        return [Obstacle(text, reverse("catalog:product_manage"), _("Produk saya"))]
    return []


def own_places(event: Event, business: Business) -> list[BoothPlace]:
    """Living ones, by day."""
    mine = BoothPlace.objects.living().filter(day__event=event, business=business)
    return list(mine.select_related("day", "booth").order_by("day__date", "pk"))


def days_to_ask(event: Event, places: list[BoothPlace], *, at: datetime) -> list[EventDay]:
    """Days still to come without a living application of hers."""
    asked = {place.day_id for place in places}
    return [day for day in event.days.all() if day.pk not in asked and not day.is_over(at=at)]


def answered_by(edition: Edition) -> date:
    """When sellers hear at the latest how their applications were decided."""
    closes = timezone.localdate(edition.applications_close_at)
    return add_working_days(closes, ANSWER_DAYS)


def standing_of(place: BoothPlace, *, at: datetime) -> Standing:
    """Everything the page of one application says, in at most twelve queries."""
    position = number_in_line(place, at=at)
    is_coming = place.day.event.status != EventStatus.CANCELLED and not place.day.is_over(at=at)
    is_living = is_coming and place.status in LIVING
    newest = EditionRules.objects.filter(event=place.day.event_id).first() if is_living else None
    last = AuditEntry.objects.about(place).order_by("-at").first()
    until = place.offer_until
    return Standing(
        place=place,
        sentence=str(EXPLAINED[place.status]),
        decided_at=last.at if last and place.status != PlaceStatus.APPLIED else place.placed_at,
        position=position,
        papers=papers_of(place.business, on=place.day.date) if is_living else [],
        new_rules=newest if newest and newest.version != place.rules_version else None,
        may_withdraw=is_living and place.status not in {PlaceStatus.PRESENT, PlaceStatus.ABSENT},
        asks_reason=is_living and asks_reason(place, at=at),
        may_change=is_coming and place.status in MENDABLE,
        may_answer=is_coming
        and place.status == PlaceStatus.OFFERED
        and until is not None
        and at < until,
        turn=my_turn(place, position=position),
        fee=fee_of(place),
    )


def applications_of(businesses: QuerySet[Business], *, at: datetime) -> list[BoothPlace]:
    """Asked for and not decided, or offered, on days to come; one query."""
    undecided = BoothPlace.objects.within(businesses).undecided().coming(at=at)
    return list(undecided.select_related("day__event", "business").order_by("day__date", "pk"))
