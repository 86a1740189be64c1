"""What became different since a curator last looked, and what he is warned about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalog.actions.curation import approve_product
from catalog.actions.erasure import erase_products_of
from catalog.actions.listing import ProductValues, change_product
from catalog.actions.photos import set_photo
from catalog.choices import ProductStatus
from catalog.models import ApprovedLook, Product
from catalog.models.photo import photo_path
from catalog.reports.curation import Part, changes_of, warnings_of, word_diff
from tests import make
from tests.catalog import pictures


def text(parts: list[Part]) -> str:
    return "".join(part.text for part in parts)


def changed(parts: list[Part]) -> list[str]:
    return [part.text.strip() for part in parts if part.is_changed]


class TestWordDiff:
    def test_only_other_words_are_marked(self) -> None:
        old, new = word_diff("Keripik pedas tanpa pengawet", "Keripik manis tanpa pengawet buatan")

        assert changed(old) == ["pedas"]
        assert changed(new) == ["manis", "buatan"]

    def test_more_blanks_are_no_change(self) -> None:
        old, new = word_diff("satu  dua", "satu dua")

        assert changed(old) == changed(new) == []

    @given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
    def test_no_word_is_lost(self, old, new) -> None:
        left, right = word_diff(old, new)

        assert (text(left).split(), text(right).split()) == (old.split(), new.split())
        same = [part.text.split() for part in left if not part.is_changed]
        assert same == [part.text.split() for part in right if not part.is_changed]


class TestLook:
    def test_what_changed_stands_side_by_side(self, batik, siti, kurator) -> None:
        dish = make.dish(batik, status=ProductStatus.WAITING, description="Renyah sekali.")
        assert changes_of(dish).since is None
        approve_product(dish, by=kurator, via="admin")

        values = ProductValues("Keripik singkong 250 g", 30_000, "bungkus", "kuliner", "Renyah.")
        dish = change_product(dish, values, by=siti, via="web")

        found = changes_of(dish)
        labels = [change.label for change in found.facts]
        assert labels == ["nama produk", "keterangan", "harga (Rp)"]
        assert changed(found.facts[0].old) == ["200"]
        assert changed(found.facts[0].new) == ["250"]
        assert text(found.facts[2].new) == "Rp30.000"
        assert found.pictures == []
        assert not found.is_none

    def test_approved_again_nothing_is_different(self, batik, kurator) -> None:
        dish = make.dish(batik, status=ProductStatus.WAITING)
        approve_product(dish, by=kurator, via="admin")

        assert changes_of(dish).is_none
        assert ApprovedLook.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_the_approved_picture_is_kept_until_the_next_approval(
        self, batik, siti, kurator
    ) -> None:
        dish = make.dish(batik, photo=False, status=ProductStatus.WAITING)
        set_photo(dish, pictures.photo("#c02020"), by=siti, via="web")
        first = dish.photos.get().name
        approve_product(dish, by=kurator, via="admin")
        set_photo(dish, pictures.photo("#2020c0"), by=siti, via="web")

        (pair,) = changes_of(dish).pictures
        assert pair.place == 1
        assert pair.old != pair.new
        assert default_storage.exists(photo_path(first, 400))

        dish.refresh_from_db()
        approve_product(dish, by=kurator, via="admin")
        assert changes_of(dish).is_none
        assert not default_storage.exists(photo_path(first, 400))

    @pytest.mark.django_db(transaction=True)
    def test_it_goes_with_its_business(self, batik, siti) -> None:
        dish = make.dish(batik)
        old = "aa/" + "a" * 40 + ".webp"
        default_storage.save(photo_path(old, 400), ContentFile(b"x"))
        ApprovedLook.objects.create(
            product=dish, approved_at=timezone.now(), facts={}, photos=[old]
        )

        erase_products_of(None, business=batik, by=siti, via="web")
        assert not ApprovedLook.objects.exists()
        assert not default_storage.exists(photo_path(old, 400))


class TestWarnings:
    BEFORE, SINCE = date(2026, 10, 16), date(2026, 10, 17)

    def test_from_the_day_on_food_without_a_certificate(self, batik, settings) -> None:
        settings.WAJIB_HALAL_SEJAK = self.SINCE
        dish = make.dish(batik)

        assert "Wajib halal" not in " ".join(warnings_of(dish, on=self.BEFORE))
        assert "Wajib halal sejak 17 Oktober 2026" in warnings_of(dish, on=self.SINCE)[0]
        assert list(Product.objects.lacking_halal(on=self.SINCE)) == [dish]
        assert list(Product.objects.visible()) == [dish]

    @pytest.mark.parametrize(
        ("mark", "days", "warned"),
        [("nonhalal", None, False), ("halal", 1, False), ("halal", -1, True), ("belum", 9, True)],
    )
    def test_who_is_warned_about(self, batik, mark, days, warned) -> None:
        today = timezone.localdate()
        if days is not None:
            make.licence(batik, expires_on=today + timedelta(days=days))
        dish = make.dish(batik, food_mark=mark)
        dish.refresh_from_db()

        assert dish.lacks_halal(on=today) is warned
        assert Product.objects.lacking_halal(on=today).exists() is warned
        assert any("Wajib halal" in said for said in warnings_of(dish, on=today)) is warned

    def test_untold_facts_come_first(self, batik) -> None:
        dish = make.dish(batik, ingredients="")

        (said,) = warnings_of(dish, on=self.SINCE)
        assert "belum lengkap" in said

    def test_processed_food_without_a_permit(self, batik) -> None:
        dish = make.dish(batik)
        assert any("P-IRT" in said for said in warnings_of(dish, on=self.BEFORE))

        make.licence(batik, "pirt")
        dish.refresh_from_db()
        assert warnings_of(dish, on=self.BEFORE) == []

    def test_a_permit_that_is_over_is_none(self, batik) -> None:
        make.licence(batik, "pirt", expires_on=timezone.localdate() - timedelta(days=1))
        dish = make.dish(batik)
        dish.refresh_from_db()

        assert any("P-IRT" in said for said in warnings_of(dish, on=timezone.localdate()))

    @pytest.mark.parametrize(
        ("words", "warned"),
        [("Daging asap halal", True), ("Kue non-halal", False), ("Dihalalkan ibu", False)],
    )
    def test_the_word_halal_without_a_certificate(self, batik, words, warned) -> None:
        dish = make.dish(batik, description=words)

        said = " ".join(warnings_of(dish, on=self.BEFORE))
        assert ("menyebut halal" in said) is warned

    def test_frozen_food_needs_more_than_pirt(self, batik) -> None:
        make.licence(batik, "pirt")
        dish = make.dish(batik, name="Bakso Beku")
        dish.refresh_from_db()
        assert any("beku" in said for said in warnings_of(dish, on=self.BEFORE))

        make.licence(batik, "bpom")
        dish.refresh_from_db()
        assert warnings_of(dish, on=self.BEFORE) == []

    def test_cloth_is_never(self, batik) -> None:
        assert warnings_of(make.product(batik), on=self.SINCE) == []
        assert not Product.objects.lacking_halal(on=self.SINCE).exists()
