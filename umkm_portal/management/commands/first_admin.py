import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from umkm_portal.audit.models import record


class Command(BaseCommand):
    help = (
        "Make a superuser with a password that is shown once; the second factor comes at sign-in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError(_("Tulis alamat e-mail yang lengkap.")) from wrong
        password = secrets.token_urlsafe(15)
        make_admin(email, password)
        self.stdout.write(_("Akun admin: %(email)s") % {"email": email})
        self.stdout.write(_("Kata sandi (tampil sekali saja): %(it)s") % {"it": password})


@transaction.atomic
def make_admin(email: str, password: str) -> None:
    """Raises CommandError when the address has an account: this is no way to raise somebody."""
    users = get_user_model()._default_manager
    if users.filter(email__iexact=email).exists():
        raise CommandError(_("Alamat e-mail ini sudah dipakai sebuah akun."))
    user = users.create_superuser(email=email, password=password)
    # Whoever sits at the server's keyboard vouches for the address.
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record("user.admin_made", user, by=None, via="admin")
