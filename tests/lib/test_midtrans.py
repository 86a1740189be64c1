import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.midtrans import MERCHANT, SERVER_KEY, FakeMidtrans, notification, sign
from umkm_portal.lib.gateway import (
    GatewayDown,
    GatewayRefused,
    NoticeForged,
    NoticeUnreadable,
    OrderTaken,
    Outcome,
    PaymentOrder,
)
from umkm_portal.lib.midtrans import Midtrans, from_settings

ORDER = PaymentOrder("JSP-KDN-2026-000123", 120_000, "Iuran | tahunan " + "x" * 60, "Batik Siti")
OFFLINE = Midtrans(SERVER_KEY, MERCHANT, "http://127.0.0.1:9", "http://127.0.0.1:9")


@pytest.fixture
def fake():
    with FakeMidtrans() as midtrans:
        yield midtrans


@pytest.fixture
def door(fake, settings):
    settings.MIDTRANS_TIMEOUT = 0.3
    return Midtrans(SERVER_KEY, MERCHANT, fake.url, fake.url)


def read(**values):
    return OFFLINE.read_notification(json.dumps(notification("A-1", **values)).encode())


def test_without_keys_there_is_no_gateway(settings):
    assert from_settings() is None
    settings.MIDTRANS_SERVER_KEY, settings.MIDTRANS_MERCHANT_ID = SERVER_KEY, MERCHANT
    assert from_settings().merchant_id == MERCHANT


def test_an_order_gets_its_page(door, fake):
    page = door.create(ORDER)
    assert page.url == f"{fake.url}/snap/v3/redirection/{page.token}"
    asked = fake.orders[ORDER.order_id]
    assert asked["transaction_details"]["gross_amount"] == 120_000
    (item,) = asked["item_details"]
    assert len(item["name"]) == 50
    assert "|" not in item["name"]
    assert asked["customer_details"] == {"first_name": "Batik Siti"}


def test_a_used_number_a_wrong_key_and_a_sick_gateway_are_told_apart(door, fake):
    door.create(ORDER)
    with pytest.raises(OrderTaken):
        door.create(ORDER)
    with pytest.raises(GatewayRefused, match=r"^401"):
        replace(door, server_key="SB-Mid-server-LAIN").create(ORDER)
    fake.failures = [406]
    with pytest.raises(OrderTaken):
        door.create(ORDER)
    for code in (429, 500, 502, 302):
        fake.failures = [code]
        with pytest.raises(GatewayDown):
            door.create(ORDER)


def test_a_slow_or_absent_gateway_is_given_up(door, fake):
    fake.delays = [1.0]
    with pytest.raises(GatewayDown, match="ReadTimeout"):
        door.create(ORDER)
    with pytest.raises(GatewayDown):
        OFFLINE.create(ORDER)
    with pytest.raises(GatewayDown):
        OFFLINE.status("A-1")


def test_nothing_is_known_before_a_way_to_pay_is_chosen(door, fake):
    assert door.status(ORDER.order_id) is None
    fake.said[ORDER.order_id] = notification(ORDER.order_id)
    assert door.status(ORDER.order_id).outcome == Outcome.PAID
    fake.said[ORDER.order_id] = {"status_code": "404"}
    assert door.status(ORDER.order_id) is None
    fake.said[ORDER.order_id] = {"status_code": "200"}
    with pytest.raises(GatewayDown):
        door.status(ORDER.order_id)


def test_the_published_signature():
    assert sign("JSP-KDN-2026-000123", "200", "120000.00") == (
        "448fe8be3e035ff4d9129c3a52b049a1648ba29d2e368e52de6e576db64bb591"
        "5fcb12530443d360c53e20dcf61360dd231771a8939ea4fb010e8d438f69cfd4"
    )
    said = notification("JSP-KDN-2026-000123")
    assert OFFLINE.read_notification(json.dumps(said).encode()).amount == 120_000


@pytest.mark.parametrize("field", ["order_id", "status_code", "gross_amount", "signature_key"])
@pytest.mark.parametrize("value", ["", "X", None, 120000, "é"])
def test_a_changed_notification_is_forged(field, value):
    said = {**notification("A-1"), field: value}
    with pytest.raises((NoticeForged, NoticeUnreadable)):
        OFFLINE.read_notification(json.dumps(said).encode())


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({}, Outcome.PAID),
        ({"status": "capture"}, Outcome.PAID),
        ({"fraud_status": None}, Outcome.PAID),
        ({"fraud_status": "challenge", "status": "capture"}, Outcome.PENDING),
        ({"fraud_status": "deny"}, Outcome.PENDING),
        ({"status_code": "201"}, Outcome.PENDING),
        ({"status": "pending"}, Outcome.PENDING),
        ({"status": "authorize"}, Outcome.PENDING),
        ({"status": "deny"}, Outcome.DECLINED),
        ({"status": "failure"}, Outcome.DECLINED),
        ({"status": "expire"}, Outcome.CLOSED),
        ({"status": "cancel"}, Outcome.CLOSED),
        ({"status": "refund"}, Outcome.REVERSED),
        ({"status": "partial_chargeback"}, Outcome.REVERSED),
        ({"status": "something_new"}, Outcome.UNKNOWN),
    ],
)
def test_many_words_come_down_to_a_few(values, outcome):
    assert read(**values).outcome == outcome


@pytest.mark.parametrize(
    ("amount", "read_as"),
    [("120000.00", 120_000), ("120000", 120_000), ("120000.50", None), ("-1", None), ("1e5", None)],
)
def test_only_whole_rupiah_are_money(amount, read_as):
    assert read(gross_amount=amount).amount == read_as


def test_only_what_staff_may_need_is_kept_and_never_much():
    kept = read(va_numbers="x", masked_card="4811", issuer="y" * 9_000).kept
    assert (
        set(kept) & {"va_numbers", "masked_card", "signature_key", "a_field_of_next_year"} == set()
    )
    assert len(kept["issuer"]) == 120
    assert read(settlement_time="2026-11-25 10:00:00").paid_on.isoformat() == "2026-11-25"
    assert read(settlement_time="kemarin").paid_on is None


RUBBISH = {
    "empty": b"",
    "no JSON": b"halo",
    "a list": b"[]",
    "no text at all": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "a long number": b'{"order_id": ' + b"9" * 5_000 + b"}",
    "NUL": json.dumps(notification("A-1", issuer="a\0b")).encode(),
    "half a letter": json.dumps(notification("A-1", issuer="\ud800")).encode(),
    "no order": json.dumps(notification("")).encode(),
    "a long order": json.dumps(notification("A" * 61)).encode(),
}


@pytest.mark.parametrize("body", RUBBISH.values(), ids=RUBBISH.keys())
def test_rubbish_is_unreadable(body):
    with pytest.raises(NoticeUnreadable):
        OFFLINE.read_notification(body)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.dictionaries(
            st.sampled_from(sorted(notification("A-1"))),
            st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text(), max_size=2)),
        ).map(lambda said: json.dumps(said).encode()),
    )
)
def test_nothing_unsigned_gets_in(body):
    with pytest.raises((NoticeForged, NoticeUnreadable)):
        OFFLINE.read_notification(body)
