"""Who else may work on a person's businesses, and where she works for others."""

from __future__ import annotations

from django.utils.translation import gettext as _

from members.models import BusinessPerson, CompanionAccess, User
from members.reports.my_data import Section, when


def sections_of(user: User) -> list[Section]:
    return [_staff(user), _companions(user)]


def _staff(user: User) -> Section:
    mine = BusinessPerson.objects.filter(business__owner=user)
    elsewhere = BusinessPerson.objects.filter(user=user)
    people = (mine | elsewhere).select_related("business", "user").order_by("pk")
    return Section(
        "karyawan",
        _("Karyawan"),
        why=_("Untuk hak katalog dan bazar, tidak pernah uang."),
        kept=_("Selama usaha terdaftar."),
        columns=[_("Usaha"), _("Siapa"), _("Hak"), _("Diundang"), _("Dicabut")],
        rows=[
            [
                str(p.business),
                str(p.user or p.contact),
                ", ".join(
                    label
                    for label, given in [
                        (_("katalog"), p.may_catalogue),
                        (_("bazar"), p.may_market),
                    ]
                    if given
                ),
                when(p.invited_at),
                when(p.revoked_at),
            ]
            for p in people
        ],
    )


def _companions(user: User) -> Section:
    helped = CompanionAccess.objects.owned_by(user).begun().select_related("business", "companion")
    return Section(
        "pendamping",
        _("Pendamping"),
        why=_("Supaya jelas siapa boleh membantu, dan sampai kapan."),
        kept=_("Selama usaha terdaftar."),
        columns=[_("Usaha"), _("Pendamping"), _("Mulai"), _("Sampai"), _("Dicabut")],
        rows=[
            [
                str(a.business),
                str(a.companion or ""),
                when(a.starts_at),
                when(a.ends_at),
                when(a.revoked_at),
            ]
            for a in helped.order_by("pk")
        ],
    )
