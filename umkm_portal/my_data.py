"""Everything every app keeps about one person, for the page and for the copies she takes."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

import catalog.reports.my_data
import events.reports.my_data
import members.reports.my_data
import members.reports.people_data
import members.reports.programme_data
from members.models import User
from members.reports.my_data import MOST_ROWS, Section, when
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.pdf import render_pdf
from umkm_portal.notices.models import Notice


def everything_about(user: User) -> list[Section]:
    """From account to messages; empty sections too, since "nothing" is an answer."""
    return [
        *members.reports.my_data.sections_of(user),
        *members.reports.people_data.sections_of(user),
        *members.reports.programme_data.sections_of(user),
        *catalog.reports.my_data.sections_of(user),
        *events.reports.my_data.sections_of(user),
        _messages(user),
    ]


def as_json(sections: list[Section]) -> bytes:
    """UU 27/2022 art. 13: in a form machines read. UTF-8, one object by section key."""
    told = {
        "sumber": settings.SITE_URL,
        "dibuat": timezone.localtime().isoformat(timespec="seconds"),
        "data": {section.key: section.as_json() for section in sections},
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def as_pdf(user: User, sections: list[Section]) -> bytes:
    """The same for paper: what is empty is left out."""
    now = timezone.localtime()
    return render_pdf(
        "my_data",
        {
            "title": _("Data saya: %s") % user,
            "intro": _("Salinan dari Portal UMKM Jakarta Selatan, %(day)s %(time)s.")
            % {"day": tanggal(now), "time": pukul(now)},
            "sections": [_on_paper(section) for section in sections if not section.is_empty],
        },
    )


def _on_paper(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "about": _("%(why)s Disimpan: %(kept)s") % {"why": section.why, "kept": section.kept},
        "facts": [[label, value] for label, value in section.facts if value],
        "columns": list(section.columns),
        "rows": [list(row) for row in section.rows],
    }


def _messages(user: User) -> Section:
    notices = Notice.objects.of(user)[:MOST_ROWS]
    return Section(
        "pesan",
        _("Pesan"),
        why=_("Supaya kabar tidak hilang."),
        kept=_("24 bulan."),
        columns=[_("Waktu"), _("Judul")],
        rows=[[when(notice.created_at), notice.subject] for notice in notices],
    )
