"""Every letter says whether it must be sent, whose it is, and who may switch it off."""

from __future__ import annotations

from pathlib import Path

import pytest

from members.actions.consents import give_consents
from members.actions.preferences import choose_info
from members.choices import ConsentPurpose
from umkm_portal.notices.actions import deliver, send_later
from umkm_portal.notices.choices import Group, MailStatus
from umkm_portal.notices.models import Notice
from umkm_portal.notices.purposes import PURPOSES

LETTERS = sorted(path.stem for path in (Path(__file__).parents[2] / "templates/mail").glob("*.txt"))


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_declared_essential_or_of_a_group(name) -> None:
    assert name in PURPOSES, f"{name}: add its row to umkm_portal/notices/purposes.py"


def test_no_row_is_left_of_a_letter_that_is_gone() -> None:
    assert set(PURPOSES) <= {*LETTERS}


def info(user, about, purpose: str = "info_programme", **more) -> Notice:
    words = {"subject": "Lomba kemasan", "text": "Pendaftaran sampai Jumat."}
    return send_later(purpose, to=user, about=about, **words, **more)


def test_info_carries_the_link_that_ends_it(siti, batik) -> None:
    notice = info(siti, batik)

    assert notice.mail_status == MailStatus.QUEUED
    assert "/berhenti/" in notice.body


def test_who_switched_it_off_finds_it_in_the_inbox_only(siti, batik) -> None:
    choose_info(siti, group=Group.PROGRAMME, wanted=False, by=siti, via="web")
    siti.refresh_from_db()

    assert info(siti, batik).mail_status == MailStatus.NONE


def test_events_are_mailed_only_with_consent(siti, batik) -> None:
    assert info(siti, batik, "info_events").mail_status == MailStatus.NONE
    give_consents(siti, purposes=[ConsentPurpose.EVENTS], by=siti, via="web")
    assert info(siti, batik, "info_events", key="2").mail_status == MailStatus.QUEUED


def test_what_is_essential_asks_nobody(siti, batik) -> None:
    choose_info(siti, group=Group.PROGRAMME, wanted=False, by=siti, via="web")
    notice = send_later("application_approved", to=siti, about=batik)

    assert notice.mail_status == MailStatus.QUEUED
    assert "/berhenti/" not in notice.body


def test_a_mail_program_may_offer_the_way_out(siti, batik, mailoutbox) -> None:
    deliver(info(siti, batik).pk)
    deliver(send_later("application_approved", to=siti, about=batik).pk)

    of_group, essential = mailoutbox
    assert "/berhenti/" in of_group.extra_headers["List-Unsubscribe"]
    assert of_group.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in essential.extra_headers
