from __future__ import annotations

from allauth.account import stages
from django.http import HttpResponse


class EmailVerificationStage(stages.EmailVerificationStage):  # type: ignore[misc]
    """E-mail accounts confirm their address by code; a phone has nothing to confirm."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user and user.phone and not self.login.email:
            return None, True
        return super().handle()  # type: ignore[no-any-return]
