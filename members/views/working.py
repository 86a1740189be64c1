"""Whose things a request works on: one's own, an employer's, or an owner's whom one helps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from members.choices import ApplicationStatus, Right
from members.models import Business, BusinessPerson, CompanionAccess, User
from members.models.business import BusinessQuerySet

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

CHOSEN_KEY = "usaha"
HELPING_KEY = "membantu"
GIVEN_UP = (ApplicationStatus.CANCELLED, ApplicationStatus.REJECTED)


@dataclass(frozen=True)
class Place:
    """One business a person works on, and what for; its owner may everything."""

    business: Business
    rights: frozenset[Right]
    is_own: bool


@dataclass(frozen=True)
class Desk:
    """Every place of the person, the chosen one first, and whom a companion helps just now."""

    places: list[Place]
    helping: CompanionAccess | None

    @property
    def chosen(self) -> Place | None:
        return self.places[0] if self.places else None

    @property
    def sees_money(self) -> bool:
        """Dues, card and papers are the owner's alone; whoever has no place yet may begin one."""
        return self.helping is None and (not self.places or any(p.is_own for p in self.places))

    def at(self, right: Right) -> Place | None:
        """Where the person works with this right: the chosen place before the others."""
        return next((place for place in self.places if right in place.rights), None)


def helping(request: HttpRequest) -> CompanionAccess | None:
    """The permission under which a companion acts now: asked anew for every request."""
    found: CompanionAccess | None = getattr(request, "helping", None)
    return found


def is_companion(user: Any) -> bool:
    """Field staff, by their own account; a superuser helps nobody in an owner's name."""
    if not isinstance(user, User) or user.is_superuser or not user.is_staff:
        return False
    return user.has_perm("members.help_owners")


def find_helping(request: HttpRequest) -> CompanionAccess | None:
    """The standing permission that this session acts under; None when it is over or taken back."""
    key = request.session.get(HELPING_KEY)
    if key is None or not is_companion(request.user):
        return None
    standing = CompanionAccess.objects.of(request.user).standing(at=timezone.now())
    return standing.filter(pk=key).select_related("business__owner").first()


def workable(request: HttpRequest, right: Right) -> BusinessQuerySet:
    """Businesses whose products or booths this request may work on; rows are fetched through it."""
    access = helping(request)
    if access:
        return Business.objects.filter(pk=access.business_id)
    return Business.objects.workable_by(request.user, right=right)


def desk(request: HttpRequest) -> Desk:
    """Two queries, once per request."""
    found: Desk | None = getattr(request, "_desk", None)
    if found is None:
        found = _desk(request)
        request._desk = found  # type: ignore[attr-defined]
    return found


def _desk(request: HttpRequest) -> Desk:
    access = helping(request)
    if access:
        return Desk([Place(access.business, frozenset(Right), is_own=False)], access)
    user = request.user
    hired = {row.business_id: row for row in BusinessPerson.objects.of(user)}
    businesses = Business.objects.workable_by(user).select_related(
        "owner", "kelurahan__kecamatan", "kadin", "jakpreneur"
    )
    places = [_place(each, hired.get(each.pk)) for each in businesses.order_by("-pk")]
    # What was given up is no place to work, unless there is nothing else.
    kept = [p for p in places if p.business.status not in GIVEN_UP] or places[:1]
    chosen = request.session.get(CHOSEN_KEY)
    return Desk(sorted(kept, key=lambda place: _rank(place, chosen)), None)


def _place(business: Business, row: BusinessPerson | None) -> Place:
    rights = frozenset(row.rights if row else Right)
    return Place(business, rights, is_own=row is None)


def _rank(place: Place, chosen: object) -> tuple[bool, bool]:
    return (place.business.pk != chosen, not place.is_own)


def companion_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The field pages are not there for anybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_companion(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def not_while_helping(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What only the owner decides; a companion's own account must not do it by mistake either."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if helping(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
