from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from members.models import User
from umkm_portal.demo.cast import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Show how to sign in to the demo, one account per role."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            return
        known = set(User.objects.values_list("email", flat=True))
        accounts = [account for account in ACCOUNTS if account.email in known]
        if not accounts:
            return
        width = max(len(account.email) for account in accounts)
        self.stdout.write(f"\nMasuk di {settings.SITE_URL}{reverse('account_login')}")
        self.stdout.write(f"Kata sandi semua akun contoh: {PASSWORD}\n")
        for account in accounts:
            self.stdout.write(f"  {account.email:<{width}}  {account.what}")
        self.stdout.write(f"\nPetugas bekerja di {settings.SITE_URL}/admin/")
        if not settings.STAFF_TOTP:
            self.stdout.write("Kode TOTP petugas dimatikan, hanya untuk peragaan ini.")
        self.stdout.write("")
