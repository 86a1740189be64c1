"""What the agenda and the market keep about one person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from events.models import BoothPlace, BroughtProduct, Registration
from members.models import User
from members.reports.my_data import Section, when


def sections_of(user: User) -> list[Section]:
    return [_places(user), _goods(user), _sign_ups(user)]


def _places(user: User) -> Section:
    places = BoothPlace.objects.owned_by(user).select_related("booth", "day__event")
    return Section(
        "lapak",
        _("Lapak JBL"),
        why=_("Untuk pembagian lapak dan daftar hadir."),
        kept=_("Setelah data dihapus, tanpa nama Anda."),
        columns=[_("Acara"), _("Hari"), _("Lapak"), _("Status")],
        rows=[
            [p.day.event.name, when(p.day.date), p.number, str(p.get_status_display())]
            for p in places.order_by("pk")
        ],
    )


def _goods(user: User) -> Section:
    rows = BroughtProduct.objects.filter(product__business__owner=user)
    rows = rows.select_related("day__event", "product").order_by("pk")
    return Section(
        "barang",
        _("Barang yang dibawa ke JBL"),
        why=_("Untuk tanda lapak pada produk."),
        kept=_("Sampai produknya dihapus."),
        columns=[_("Acara"), _("Hari"), _("Produk")],
        rows=[[r.day.event.name, when(r.day.date), r.product.name] for r in rows],
    )


def _sign_ups(user: User) -> Section:
    mine = Registration.objects.owned_by(user).select_related("event").order_by("pk")
    return Section(
        "acara",
        _("Pendaftaran acara"),
        why=_("Untuk kursi dan daftar hadir."),
        kept=_("Setelah data dihapus, tanpa nama Anda."),
        columns=[_("Acara"), _("Mendaftar"), _("Status")],
        rows=[[r.event.name, when(r.registered_at), str(r.get_status_display())] for r in mine],
    )
