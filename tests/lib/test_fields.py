import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError

from umkm_portal.lib.fields import (
    DateField,
    JakpreneurField,
    NameField,
    NibField,
    NikField,
    PhoneField,
    RtRwField,
    RupiahField,
    TextField,
)

FIELDS = (
    DateField,
    JakpreneurField,
    NameField,
    NibField,
    NikField,
    PhoneField,
    RtRwField,
    RupiahField,
    TextField,
)


class Sheet(forms.Form):
    nama = NameField(max_length=20)
    hp = PhoneField(required=False)
    nik = NikField(required=False)
    nib = NibField(required=False)
    omzet = RupiahField(required=False)
    lahir = DateField(required=False)
    rt = RtRwField(required=False)
    cerita = TextField(required=False, max_length=30)


def test_what_was_typed_arrives_clean():
    sheet = Sheet(
        {
            "nama": " Batik\u200b  Siti ",
            "hp": "0812 3456 7890",
            "nik": "3174094506900003",
            "nib": "1234567890123",
            "omzet": "Rp1.500.000",
            "lahir": "5 Juni 1990",
            "rt": "4",
            "cerita": "a\r\nb",
        }
    )
    assert sheet.is_valid(), sheet.errors
    assert sheet.cleaned_data.pop("nik").digits == "3174094506900003"
    assert sheet.cleaned_data == {
        "nama": "Batik Siti",
        "hp": "+6281234567890",
        "nib": "1234567890123",
        "omzet": 1_500_000,
        "lahir": datetime.date(1990, 6, 5),
        "rt": "004",
        "cerita": "a\nb",
    }


def test_what_is_left_empty_is_empty():
    sheet = Sheet({"nama": "A"})
    assert sheet.is_valid()
    assert sheet.cleaned_data["omzet"] is sheet.cleaned_data["nik"] is None
    assert sheet.cleaned_data["lahir"] is None
    assert sheet.cleaned_data["hp"] == sheet.cleaned_data["cerita"] == ""


def test_each_mistake_gets_its_sentence():
    sheet = Sheet(
        {"nama": "\u200b", "nib": "123456789012", "nik": "1", "hp": "1", "cerita": "x" * 31}
    )
    assert sheet.errors["nama"] == ["Bagian ini belum diisi."]
    assert sheet.errors["nib"] == ["NIB terdiri dari 13 angka. Anda menulis 12 angka."]
    assert sheet.errors["nik"] == ["NIK terdiri dari 16 angka, lihat di KTP."]
    assert sheet.errors["hp"] == ["Nomor HP harus diawali 08 atau +62, contoh 0812 3456 7890."]
    assert sheet.errors["cerita"] == ["Paling banyak 30 huruf. Anda menulis 31 huruf."]


def test_the_form_says_its_own_words():
    named = NameField(error_messages={"required": "Tulis nama usaha."})
    with pytest.raises(ValidationError, match="Tulis nama usaha"):
        named.clean("")
    with pytest.raises(ValidationError, match="Harga harus lebih dari Rp0"):
        RupiahField(more_than_zero=True).clean("0")


def test_what_is_stored_is_shown_as_people_write_it():
    sheet = Sheet(
        initial={"hp": "+6281234567890", "omzet": 120_000, "lahir": datetime.date(1990, 6, 5)}
    )
    assert [sheet[name].value() for name in ("hp", "omzet", "lahir")] == [
        "0812-3456-7890",
        "120.000",
        "05/06/1990",
    ]
    assert 'value="0812-3456-7890"' in str(sheet["hp"])
    again = Sheet(
        {"nama": "A", "hp": "0812-3456-7890", "omzet": "120.000", "lahir": "05/06/1990"},
        initial=sheet.initial | {"nama": "A"},
    )
    assert not again.has_changed()


def test_the_phone_shows_the_right_keyboard():
    sheet = Sheet()
    assert 'inputmode="tel"' in str(sheet["hp"])
    assert 'autocomplete="tel"' in str(sheet["hp"])
    assert 'inputmode="numeric"' in str(sheet["omzet"])
    assert "maxlength" not in str(sheet["nama"])


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "nasty",
    [
        "\x00",
        "\ud800",
        "\u202e\u200b",
        "x" * 100_000,
        "9" * 100_000,
        "{{ 7*7 }}",
        "' OR 1=1 --",
        "../../etc/passwd",
        "=1+1",
        "a\r\nb",
        "😀",
        "<script>alert(1)</script>",
    ],
)
def test_nasty_values_are_taken_or_refused_never_worse(field, nasty):
    try:
        value = field(required=False).clean(nasty)
    except ValidationError:
        return
    text = str(value)
    text.encode()
    assert "\x00" not in text
