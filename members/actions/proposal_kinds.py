"""What each kind of proposal holds: how it is checked, what it replaces, which row it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import ProposalKind, RateSize, ValidityMode
from members.models import BankAccount, DuesRate, DuesRules, QrisCode
from umkm_portal.lib import qris
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.validators import clean_name

HIGHEST_FEE = 100_000_000
"""Rupiah; a fee above this is a slip of the finger."""
MOST_DAYS = 180
Content = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """`clean` returns what is stored; `before` what it replaces; `write` adds the new row."""

    clean: Callable[[Content], Content]
    before: Callable[[Content], Content]
    write: Callable[[Content, datetime], models.Model]


def _starts_on(content: Content) -> str:
    """A coming day; today's bills and states are not changed under people's hands."""
    day = content["starts_on"]
    day = day if isinstance(day, date) else date.fromisoformat(str(day))
    if day <= timezone.localdate():
        raise ActionRefused(_("Perubahan mulai berlaku paling cepat besok."))
    return day.isoformat()


def _fee(content: Content) -> Content:
    size, amount = content["size"], content["amount"]
    joining_fee = content.get("joining_fee") or 0
    if size not in RateSize.values:
        raise ActionRefused(_("Pilih ukuran usaha."))
    if not 0 < amount <= HIGHEST_FEE or not 0 <= joining_fee <= HIGHEST_FEE:
        raise ActionRefused(_("Iuran paling sedikit Rp1 dan paling banyak Rp100.000.000."))
    starts_on = _starts_on(content)
    if DuesRate.objects.filter(starts_on=starts_on, size=size).exists():
        raise ActionRefused(_("Sudah ada tarif untuk ukuran ini yang mulai pada hari itu."))
    return {"size": size, "starts_on": starts_on, "amount": amount, "joining_fee": joining_fee}


def _fee_before(content: Content) -> Content:
    size = None if content["size"] == RateSize.ALL else content["size"]
    rate = DuesRate.objects.begun(on=date.fromisoformat(content["starts_on"]), size=size).first()
    return {"amount": rate.amount, "joining_fee": rate.joining_fee} if rate else {}


def _rules(content: Content) -> Content:
    if content["mode"] not in ValidityMode.values:
        raise ActionRefused(_("Pilih masa berlaku."))
    days = {name: content[name] for name in ("grace_days", "window_days")}
    if not all(0 <= count <= MOST_DAYS for count in days.values()):
        raise ActionRefused(_("Jumlah hari antara 0 dan 180."))
    starts_on = _starts_on(content)
    if DuesRules.objects.filter(starts_on=starts_on).exists():
        raise ActionRefused(_("Sudah ada aturan yang mulai pada hari itu."))
    return {"starts_on": starts_on, "mode": content["mode"], **days}


def _rules_before(content: Content) -> Content:
    rules = DuesRules.objects.in_force(on=date.fromisoformat(content["starts_on"]))
    return {
        "mode": rules.mode,
        "grace_days": rules.grace_days,
        "window_days": rules.window_days,
    }


def _bank(content: Content) -> Content:
    try:
        bank_name = clean_name(content["bank_name"], 80)
        number = clean_name(content["number"], 40)
        holder = clean_name(content["holder"], 120)
    except ValueError as error:
        raise ActionRefused(str(error)) from None
    if not (bank_name and holder and re.fullmatch(r"[0-9][0-9 .-]{4,38}", number)):
        raise ActionRefused(_("Tulis nama bank, nomor rekening (angka), dan nama pemiliknya."))
    found = {"bank_name": bank_name, "number": number, "holder": holder}
    if found == _bank_before(found):
        raise ActionRefused(_("Rekening ini sudah dipakai sekarang."))
    return found


def _bank_before(content: Content) -> Content:
    now = BankAccount.objects.in_force(at=timezone.now())
    return {"bank_name": now.bank_name, "number": now.number, "holder": now.holder} if now else {}


def _qris(content: Content) -> Content:
    payload = str(content["payload"]).strip()
    try:
        qris.check(payload)
        merchant = qris.merchant(payload)
    except ValueError as error:
        raise ActionRefused(str(error)) from None
    if payload == _qris_before(content).get("payload"):
        raise ActionRefused(_("Kode QRIS ini sudah dipakai sekarang."))
    return {"payload": payload, "merchant_name": merchant.name, "nmid": merchant.nmid}


def _qris_before(content: Content) -> Content:
    now = QrisCode.objects.in_force(at=timezone.now())
    if now is None:
        return {}
    return {"payload": now.payload, "merchant_name": now.merchant_name, "nmid": now.nmid}


def _row(model: type[models.Model]) -> Callable[[Content, datetime], models.Model]:
    return lambda content, at: model._default_manager.create(**content)


def _row_from_now(model: type[models.Model]) -> Callable[[Content, datetime], models.Model]:
    return lambda content, at: model._default_manager.create(starts_at=at, **content)


KINDS = {
    ProposalKind.FEE: Kind(_fee, _fee_before, _row(DuesRate)),
    ProposalKind.RULES: Kind(_rules, _rules_before, _row(DuesRules)),
    ProposalKind.BANK: Kind(_bank, _bank_before, _row_from_now(BankAccount)),
    ProposalKind.QRIS: Kind(_qris, _qris_before, _row_from_now(QrisCode)),
}
