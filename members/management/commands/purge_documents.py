from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.actions.documents import delete_expired_documents


class Command(BaseCommand):
    help = "Delete private scans whose time is over; the minute tick does the same by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = delete_expired_documents(on=timezone.localdate(), by=None, via="jadwal")
        self.stdout.write(f"{deleted} berkas dihapus.")
