"""What owners let shoppers see beside their goods, where else they sell; a report, a sheet."""

from __future__ import annotations

from catalog.actions.complaints import file_complaint
from catalog.actions.product_import import confirm_product_import, upload_products
from catalog.actions.shop_link import set_shop_link
from catalog.choices import ComplaintReason
from catalog.models import Product
from catalog.product_import import work_on
from members.actions.profile import PublicDetails, change_public_details
from members.models import Business
from umkm_portal.demo.cast import SITI
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People
from umkm_portal.lib.xlsx import write_rows

SHOP = "https://www.tokopedia.com/contoh-umkm-jaksel"
HOURS = ("Senin–Sabtu, 08.00–17.00", "Setiap hari, 09.00–20.00", "Selasa–Minggu, 10.00–18.00")
DAYS_AGO = 3
REPORTED = "Dodol Betawi Original 250 g"


class Storefronts:
    def __init__(self, timeline: Timeline, people: People) -> None:
        self.timeline = timeline
        self.people = people

    def tell(self) -> None:
        self.timeline.ago(DAYS_AGO, self._open, hour=10)
        self.timeline.ago(1, self._somebody_reports, hour=15)
        self.timeline.ago(0, self._sends_a_sheet, hour=8)

    def _open(self) -> None:
        """Every other business says when it is open, some also where else they are found."""
        shown = Business.objects.filter(pk__in=[b.pk for b in self.people.businesses]).listed()
        for place, business in enumerate(shown.select_related("owner").order_by("pk")):
            details = PublicDetails(
                show_address=business.show_address,
                order_phone=business.order_phone,
                show_phone=place % 3 == 0,
                opening_hours=HOURS[place % len(HOURS)] if place % 2 == 0 else "",
                instagram="contoh.umkm.jaksel" if place % 4 == 0 else "",
                shop_url=SHOP if place % 6 == 0 else "",
            )
            change_public_details(business, details=details, by=business.owner, via="web")
            product = Product.objects.visible().of(business).first()
            if details.shop_url and product:
                set_shop_link(product, f"{SHOP}/p{product.pk}", by=business.owner, via="web")

    def _somebody_reports(self) -> None:
        product = Product.objects.visible().filter(name=REPORTED).first()
        if product:
            file_complaint(
                product,
                reason=ComplaintReason.UNTRUE,
                text="Isinya 200 gram, bukan 250 gram seperti di foto.",
                by=None,
                via="web",
            )

    def _sends_a_sheet(self) -> None:
        """Two new prices, and one with a slip of the pen; she may take them back for a day."""
        siti = Business.objects.select_related("owner").get(owner__email=SITI)
        goods = list(Product.objects.visible().of(siti).order_by("pk")[:3])
        rows = [[product.name, str(product.price + 1000)] for product in goods[:2]]
        rows += [[product.name, "minta harga"] for product in goods[2:]]
        batch = upload_products(
            siti,
            write_rows(["Nama produk", "Harga"], rows),
            name="harga-baru.xlsx",
            by=siti.owner,
            via="web",
        )
        work_on(batch.pk)
        confirm_product_import(batch, by=siti.owner, via="web")
        work_on(batch.pk)
