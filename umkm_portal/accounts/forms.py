"""allauth's forms in our words: one field for phone or e-mail, one for the password."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.account.models import EmailAddress
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal import auth as totp_auth
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from members.models import User
from umkm_portal.accounts import adapter as ours
from umkm_portal.accounts.unverified import make_room
from umkm_portal.lib.fields import NameField
from umkm_portal.lib.phone import normalise_phone

LONGEST_PASSWORD = 256
PASSWORD_HELP = _("Paling sedikit 8 huruf atau angka. Jangan yang mudah ditebak, seperti 12345678.")


def contact_field() -> forms.CharField:
    """The one name people sign in with, whatever it is."""
    return forms.CharField(
        label=_("Nomor HP atau e-mail"),
        max_length=254,
        error_messages={"required": _("Tulis nomor HP atau e-mail.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


def password_field(label: Any, *, new: bool) -> forms.CharField:
    field = account.SetPasswordField if new else account.PasswordField
    kind = {} if new else {"autocomplete": "current-password"}
    made: forms.CharField = field(
        label=label,
        max_length=LONGEST_PASSWORD,
        help_text=PASSWORD_HELP if new else "",
        error_messages={"required": _("Tulis kata sandi.")},
        **kind,
    )
    for surplus in ("placeholder", "maxlength"):
        made.widget.attrs.pop(surplus, None)
    return made


def split_contact(text: str) -> dict[str, str]:
    """{"email": …} or {"phone": "+62…"}; raises ValidationError with a sentence."""
    text = text.strip()
    if "@" in text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValidationError(
                _("Tulis alamat e-mail yang lengkap, contoh siti@contoh.id.")
            ) from None
        return {"email": text.lower()}
    try:
        return {"phone": normalise_phone(text)}
    except ValueError as error:
        raise ValidationError(str(error)) from None


class LoginForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = contact_field()
        self.fields["password"] = password_field(_("Kata sandi"), new=False)
        self.order_fields(["login", "password"])

    def user_credentials(self) -> dict[str, str]:
        """What is neither phone nor e-mail names nobody, and is answered like a wrong password."""
        login = self.cleaned_data["login"]
        try:
            named = split_contact(login)
        except ValidationError:
            named = {"username": login}
        return {**named, "password": self.cleaned_data["password"]}


class SignupForm(account.SignupForm):  # type: ignore[misc]
    """E-mail accounts get a code by mail; phone accounts are in at once (there is no SMS)."""

    field_order = ["contact", "name", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"], self.fields["phone"]
        self.fields["contact"] = contact_field()
        self.fields["contact"].help_text = _(
            "Contoh 0812 3456 7890. Dipakai untuk masuk; tidak tampil di halaman publik."
        )
        self.fields["name"] = NameField(
            label=_("Nama Anda (tidak wajib)"), max_length=120, required=False
        )
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        password = password_field(_("Kata sandi"), new=True)
        password.widget.attrs["autocomplete"] = "new-password"
        self.fields["password1"] = password
        self.order_fields(self.field_order)

    def clean_contact(self) -> str:
        contact: str = self.cleaned_data["contact"]
        self.named = split_contact(contact)
        return contact

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.errors:
            # Whether a number is taken is told only to who could sign up at once.
            return cleaned
        cleaned.update({"email": "", **self.named})
        if cleaned["email"]:
            cleaned["email"], self.account_already_exists = email_already_exists(cleaned["email"])
        else:
            self._refuse_taken(cleaned["phone"])
        return cleaned

    def _refuse_taken(self, phone: str) -> None:
        if ours.too_many_taken(count=False):
            self.add_error(
                "contact",
                _(
                    "Terlalu banyak percobaan dari jaringan ini. Coba lagi satu jam lagi,"
                    " atau daftar dengan e-mail."
                ),
            )
        elif get_adapter().get_user_by_phone(phone):
            ours.too_many_taken(count=True)
            self.add_error("contact", get_adapter().validation_error("phone_taken"))

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        email = self.cleaned_data["email"]
        if self.account_already_exists and make_room(email):
            self.account_already_exists = False
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)  # type: ignore[no-any-return]
            except IntegrityError:
                # Somebody took the name between the check and now.
                if not email:
                    raise
                self.account_already_exists = True
        else:
            ours.hash_for_time(self)
        return super().try_save(request)  # type: ignore[no-any-return]

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["oldpassword"] = password_field(_("Kata sandi sekarang"), new=False)
        self.fields["password1"] = password_field(_("Kata sandi baru"), new=True)
        self.fields["password1"].user = self.user


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"] = password_field(_("Kata sandi"), new=True)
        self.fields["password1"].user = self.user


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_email(self)


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"] = password_field(_("Kata sandi baru"), new=True)
        self.fields["password1"].user = self.user

    def save(self) -> None:
        """Who opened the link from the letter has shown that the address is theirs."""
        super().save()
        address, _made = EmailAddress.objects.get_or_create(
            user=self.user, email=self.user.email.lower(), defaults={"primary": True}
        )
        address.verified = True
        address.save(update_fields=["verified"])


class AddEmailForm(account.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_email(self)
        self.fields["email"].label = _("Alamat e-mail baru")


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(_("Kata sandi"), new=False)


class ChangePhoneForm(account.ChangePhoneForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = _("Nomor HP baru")

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        adapter = get_adapter()
        if phone == self.phone:
            raise adapter.validation_error("same_as_current")
        if ours.too_many_taken(count=False):
            raise adapter.validation_error("rate_limited")
        if adapter.get_user_by_phone(phone):
            ours.too_many_taken(count=True)
            raise adapter.validation_error("phone_taken")
        return phone


class ConfirmEmailForm(account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_code(self, _("Kode 6 angka dari e-mail"))


class AuthenticateForm(mfa.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_code(self, _("Kode dari aplikasi, atau kode pemulihan"))


class ReauthenticateCodeForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_code(self, _("Kode dari aplikasi, atau kode pemulihan"))


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_code(self, _("Kode 6 angka dari aplikasi"))

    def clean_code(self) -> str:
        """The code that activates is used up too: a code works once."""
        code: str = super().clean_code()
        seen = totp_auth.TOTP(Authenticator(user=self.user))
        if not seen._mark_code_used(normalize_user_code(code)):
            raise ValidationError(_("Kode ini sudah dipakai. Tunggu kode berikutnya."))
        return code


def _plain_email(form: forms.Form) -> None:
    field = form.fields["email"]
    field.label = _("Alamat e-mail")
    field.error_messages["required"] = _("Tulis alamat e-mail.")
    field.error_messages["invalid"] = _("Tulis alamat e-mail yang lengkap, contoh siti@contoh.id.")
    for validator in field.validators:
        if isinstance(validator, EmailValidator):
            validator.message = field.error_messages["invalid"]
    field.widget.attrs.pop("placeholder", None)


def _plain_code(form: forms.Form, label: Any) -> None:
    field = form.fields["code"]
    field.label = label
    field.error_messages["required"] = _("Tulis kodenya.")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"class": "w-short", "autocapitalize": "characters"}
