from collections import Counter

from umkm_portal.lib.codes import random_code
from umkm_portal.lib.regions import all_regions


def test_codes_hold_nothing_that_looks_alike():
    seen = {random_code() for _ in range(500)}
    assert len(seen) == 500
    assert {len(code) for code in seen} == {10}
    assert not set("".join(seen)) & set("0O1IL")


def test_jakarta_selatan_has_ten_kecamatan_and_65_kelurahan():
    rows = all_regions()
    assert Counter(row.kind for row in rows) == {"kecamatan": 10, "kelurahan": 65}
    assert len({row.code for row in rows}) == 75
    codes = {row.code for row in rows if row.kind == "kecamatan"}
    villages = [row for row in rows if row.kind == "kelurahan"]
    assert {row.parent for row in villages} == codes
    assert all(row.postcode.startswith("12") and len(row.postcode) == 5 for row in villages)


def test_lenteng_agung_has_its_right_postcode():
    assert {row.name: row.postcode for row in all_regions()}["Lenteng Agung"] == "12610"
