import datetime

import pytest

from umkm_portal.lib.signing import BadLink, sign, unsign

DAY = datetime.timedelta(days=1)


def test_a_token_gives_back_what_was_signed():
    token = sign("undangan", {"pk": 7})
    assert unsign("undangan", token) == {"pk": 7}
    assert unsign("undangan", token, max_age=DAY) == {"pk": 7}


def test_a_token_is_good_for_one_purpose_only():
    with pytest.raises(BadLink):
        unsign("hapus", sign("undangan", 7))


def test_a_late_token_says_since_when(time_machine):
    time_machine.move_to(datetime.datetime(2026, 4, 30, 10, tzinfo=datetime.UTC))
    token = sign("undangan", 7)
    time_machine.move_to(datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC))
    with pytest.raises(BadLink, match=r"tidak berlaku sejak 1 Mei 2026. Minta tautan baru."):
        unsign("undangan", token, max_age=DAY)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\ud800:a:b", "\x00", "9" * 5000])
def test_nonsense_is_refused_with_a_sentence(token):
    with pytest.raises(BadLink, match="Minta tautan baru"):
        unsign("undangan", token)
