import pytest

from umkm_portal.lib.licences import clean_bpom, clean_halal, clean_merek, clean_pirt, pirt_year


@pytest.mark.parametrize(
    ("clean", "typed", "kept"),
    [
        (clean_pirt, "206317101012329", "2063171010123-29"),
        (clean_pirt, "P-IRT No. 2063171010123-29", "2063171010123-29"),
        (clean_pirt, "２０６３１７１０１０１２３-29", "2063171010123-29"),
        (clean_halal, "id 31110000123456789", "ID31110000123456789"),
        (clean_bpom, "BPOM RI MD 235602169254", "MD235602169254"),
        (clean_bpom, "ml123456789012345", "ML123456789012345"),
        (clean_merek, "idm 000 123 456", "IDM000123456"),
        (clean_merek, "DID2024012345", "DID2024012345"),
        (clean_merek, "J00-2019-012345", "J002019012345"),
    ],
)
def test_numbers_are_read_as_people_write_them(clean, typed, kept) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("clean", "typed", "said"),
    [
        (clean_pirt, "206317101012", "terdiri dari 15 angka, contoh 2063171010123-29"),
        (clean_pirt, "2063171010123-2x", "terdiri dari 15 angka"),
        (clean_halal, "KH 01.05/123", r"Itu nomor ketetapan \(KH\)\. Tulis nomor sertifikat"),
        (clean_halal, "ID123", "diawali ID, lalu 17 angka"),
        (clean_bpom, "235602169254", "diawali MD atau ML"),
        (clean_merek, "IDM123", "diawali IDM dan 9 angka"),
        (clean_merek, "Batik Siti", "diawali IDM"),
        (clean_merek, "", "diawali IDM"),
        (clean_merek, "DID" + "1" * 40, "diawali IDM"),
    ],
)
def test_another_number_is_told_what_it_should_be(clean, typed, said) -> None:
    with pytest.raises(ValueError, match=said):
        clean(typed)


def test_a_pirt_number_says_its_last_year() -> None:
    assert pirt_year("2063171010123-29") == 2029
