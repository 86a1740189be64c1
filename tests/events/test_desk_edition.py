"""The staff's desk: how an edition is run, what its sellers agree to, which booths it has."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from events.choices import PlaceStatus
from events.models import Booth, Edition, EditionRules
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return make.jbl_day()


@pytest.fixture
def desk(client, petugas):
    client.force_login(petugas)
    return client


def fields_of(response) -> dict:
    """Everything the page's form would send unchanged."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    found = {}
    for form in forms:
        for bound in form:
            if bound.field.disabled:
                continue
            value = bound.value()
            widget = bound.field.widget
            if hasattr(widget, "decompress"):
                parts = value if isinstance(value, list) else widget.decompress(value)
                for number, part in enumerate(parts):
                    found[f"{bound.html_name}_{number}"] = "" if part is None else str(part)
            elif isinstance(value, bool):
                found |= {bound.html_name: "on"} if value else {}
            else:
                found[bound.html_name] = "" if value is None else bound.field.prepare_value(value)
    return found


def change(desk, event, **typed):
    url = reverse("admin:events_event_change", args=[event.pk])
    return desk.post(url, {**fields_of(desk.get(url)), **typed})


def window(opens: str = "2026-06-01 08:00", closes: str = "2026-06-05 16:00") -> dict[str, str]:
    (first, at), (last, until) = opens.split(), closes.split()
    return {
        "edition-0-applications_open_at_0": first,
        "edition-0-applications_open_at_1": at,
        "edition-0-applications_close_at_0": last,
        "edition-0-applications_close_at_1": until,
    }


class TestSettings:
    def test_left_empty_nobody_may_apply(self, desk, day) -> None:
        assert change(desk, day.event, venue="Ruang Gelatik Utama").status_code == 302

        assert not Edition.objects.exists()
        day.event.refresh_from_db()
        assert day.event.venue == "Ruang Gelatik Utama"

    def test_an_edition_opens_with_all_it_has(self, desk, day, petugas) -> None:
        response = change(
            desk,
            day.event,
            target_omzet="Rp150.000.000",
            **window(),
            **{
                "edition-0-seats_per_day": "250",
                "edition-0-tables_stock": "300",
                "edition-0-chairs_stock": "500",
                "edition-0-watts_stock": "40000",
                "edition-0-online_label": "Tokopedia",
                "edition-0-online_url": "tokopedia.example/jbl",
                "edition-0-asn_text": "Belanja Rp100.000 sebulan.",
            },
        )

        assert response.status_code == 302
        edition = Edition.objects.get()
        assert edition.event == day.event
        assert edition.applications_open_at == datetime(2026, 6, 1, 8, tzinfo=JAKARTA)
        assert edition.applications_close_at == datetime(2026, 6, 5, 16, tzinfo=JAKARTA)
        assert (edition.seats_per_day, edition.tables_stock, edition.fee) == (250, 300, 0)
        assert edition.online_url == "https://tokopedia.example/jbl"
        day.event.refresh_from_db()
        assert day.event.target_omzet == 150_000_000
        assert AuditEntry.objects.get(verb="edition.made").by == petugas

    def test_more_seats_go_to_who_waits(self, desk, day, batik) -> None:
        make.edition(day.event, seats_per_day=1)
        place = make.application(day, batik, status=PlaceStatus.WAITLISTED, rank=1)
        make.application(day, make.business(batik.owner, name="Masuk"), status=PlaceStatus.ACCEPTED)

        response = change(desk, day.event, **{"edition-0-seats_per_day": "2"})

        assert response.status_code == 302
        place.refresh_from_db()
        assert place.status == PlaceStatus.OFFERED
        assert AuditEntry.objects.get(verb="edition.changed").data["fields"] == ["seats_per_day"]

    def test_dates_and_hours_stand_as_people_write_them(self, desk, day) -> None:
        make.edition(day.event)
        page = desk.get(reverse("admin:events_event_change", args=[day.event_id]))

        text = page.content.decode()
        assert f'value="{day.date:%d/%m/%Y}"' in text
        assert f'value="{day.opens_at:%H.%M}"' in text
        moving = desk.get(reverse("admin:events_day_pindah", args=[day.pk])).content.decode()
        assert f'value="{day.opens_at:%H.%M}"' in moving

    def test_saving_it_untouched_changes_nothing(self, desk, day) -> None:
        make.edition(day.event, seats_per_day=1, fee=50_000, fee_how="Tunai di meja panitia.")

        assert change(desk, day.event).status_code == 302

        assert not AuditEntry.objects.filter(verb__startswith="edition.").exists()

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            (window(closes="2026-05-05 16:00"), "Pendaftaran ditutup sesudah dibuka."),
            ({**window(), "edition-0-newcomers_percent": "101"}, "Paling banyak 100 persen."),
            ({**window(), "edition-0-seats_per_day": "0"}, "Paling sedikit satu tempat"),
            ({**window(), "edition-0-fee": "50.000"}, "di mana dan bagaimana penjual membayarnya"),
            ({**window(), "edition-0-online_url": "https://x.example"}, "Tulis nama kanalnya"),
        ],
    )
    def test_what_makes_no_sense_is_a_sentence(self, desk, day, typed, says) -> None:
        response = change(desk, day.event, **typed)

        assert response.status_code == 200
        assert says in response.content.decode()
        assert not Edition.objects.exists()

    def test_a_training_has_no_sellers(self, desk) -> None:
        page = desk.get(reverse("admin:events_event_change", args=[make.training().pk]))

        assert "Pendaftaran penjual" not in page.content.decode()


class TestRules:
    @pytest.fixture
    def url(self, day) -> str:
        return reverse("admin:events_event_tata-tertib", args=[day.event_id])

    def test_they_are_looked_at_before_they_are_published(self, desk, day, url, batik) -> None:
        make.edition(day.event)
        make.application(day, batik)
        text = "Datang <pagi>.\n\nBawa pulang sampah."

        page = desk.post(url, {"text": text}).content.decode()

        assert "<p>Datang &lt;pagi&gt;.</p>" in page
        assert "1 penjual yang sudah mengajukan" in page
        assert not EditionRules.objects.exists()

        desk.post(url, {"text": text, "terbitkan": "1"})
        rules = EditionRules.objects.get()
        assert (rules.version, rules.text) == (1, text)
        assert Notice.objects.get(purpose="jbl_rules_changed").recipient == batik.owner

    def test_a_second_version_keeps_the_first(self, desk, day, url) -> None:
        for text in ["Satu.", "Dua."]:
            desk.post(url, {"text": text, "terbitkan": "1"})

        assert list(EditionRules.objects.values_list("version", "text")) == [
            (2, "Dua."),
            (1, "Satu."),
        ]
        page = desk.get(url).content.decode()
        assert "Versi 2" in page
        assert "Versi 1" in page

    def test_the_same_text_is_no_new_version(self, desk, day, url) -> None:
        for _time in range(2):
            response = desk.post(url, {"text": "Satu.", "terbitkan": "1"}, follow=True)

        assert EditionRules.objects.count() == 1
        assert "Tulisannya sama dengan versi 1." in response.content.decode()

    def test_back_to_the_text_and_nothing_written(self, desk, url) -> None:
        page = desk.post(url, {"text": "Satu.", "ubah": "1"}).content.decode()
        assert "Lihat dulu" in page
        assert "Satu." in page

        assert "Tulis tata tertibnya." in desk.post(url, {"text": " "}).content.decode()
        assert not EditionRules.objects.exists()


def test_a_row_of_booths_has_a_size(desk, day) -> None:
    url = reverse("admin:events_event_lapak", args=[day.event_id])
    row = {"numbers": "A01–A03", "zone": "Lorong A", "size": "3 × 3 m", "power": "on"}

    page = desk.post(url, row, follow=True).content.decode()

    assert set(Booth.objects.values_list("zone", "size", "power")) == {
        ("Lorong A", "3 × 3 m", True)
    }
    assert page.count("3 × 3 m") == 3


@pytest.mark.parametrize("role", ["kurator", "sekretariat", "bendahara", "siti"])
def test_others_write_no_rules(client, request, day, role) -> None:
    client.force_login(request.getfixturevalue(role))
    url = reverse("admin:events_event_tata-tertib", args=[day.event_id])

    response = client.post(url, {"text": "Satu.", "terbitkan": "1"})

    assert response.status_code in {302, 403}
    assert not EditionRules.objects.exists()
