"""Applications as staff work with them: the licences that lack, and the way to the owner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from events.choices import LIVING, EventStatus
from events.models import BoothPlace, EventDay
from events.models.booth import BoothPlaceQuerySet
from events.reports.papers import Paper, missing, papers_of_places
from members.models import Business
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.phone import whatsapp_link


@dataclass(frozen=True)
class Lacking:
    """One seller of a day who has not all licences."""

    place: BoothPlace
    papers: list[Paper]
    phone: str
    whatsapp: str


def still_matters(place: BoothPlace, *, at: datetime) -> bool:
    """Nobody is reminded of papers for a day gone by, or a place she gave up."""
    coming = place.status in LIVING and not place.day.is_over(at=at)
    return coming and place.day.event.status != EventStatus.CANCELLED


def lacking_papers(places: Iterable[BoothPlace]) -> dict[int, list[Paper]]:
    """By the key of the place what is missing; two queries."""
    return {pk: missing(papers) for pk, papers in papers_of_places(places).items()}


def places_lacking(rows: BoothPlaceQuerySet, *, at: datetime) -> list[int]:
    """Keys of the places of coming days whose seller lacks a licence; three queries."""
    living = rows.living().coming(at=at).exclude(day__event__status=EventStatus.CANCELLED)
    places = living.order_by().select_related("business", "day")
    return [pk for pk, papers in lacking_papers(places).items() if papers]


def lacking_on(day: EventDay, rows: BoothPlaceQuerySet) -> list[Lacking]:
    """Those of `rows` that stand or wait on the day and lack something; three queries."""
    living = rows.on(day).living()
    places = list(living.select_related("business__owner__owner", "business__kelurahan__kecamatan"))
    for place in places:
        place.day = day
    papers = lacking_papers(places)
    found = []
    for place in sorted(places, key=lambda place: place.business.name.casefold()):
        if papers[place.pk]:
            phone = phone_of(place.business)
            link = whatsapp_link(phone, reminder(place, papers[place.pk])) if phone else ""
            found.append(Lacking(place, papers[place.pk], phone, link))
    return found


def phone_of(business: Business) -> str:
    """Of the account, else of the owner; the number for shoppers is another thing."""
    owner = getattr(business.owner, "owner", None)
    return str(business.owner.phone or (owner.phone if owner else ""))


def reminder(place: BoothPlace, papers: list[Paper]) -> str:
    """The text staff send by WhatsApp."""
    lines = "\n".join(f"- {paper.label}: {paper.word}" for paper in papers)
    words = {
        "business": place.business,
        "event": place.day.event,
        "date": tanggal(place.day.date),
        "papers": lines,
        "link": f"{settings.SITE_URL}{reverse('members:document_vault')}",
    }
    return (
        _(
            "Untuk %(event)s, %(date)s, berkas %(business)s ini belum lengkap:\n%(papers)s\n"
            "Unggah di %(link)s. Tempat Anda tidak hilang karena ini."
        )
        % words
    )
