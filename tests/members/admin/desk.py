"""The desk of Kadin's staff."""

from __future__ import annotations

DESK = "/admin/members/"


def words(answer) -> str:
    return answer.content.decode()
