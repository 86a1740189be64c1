"""Coming back with a one-time code from the counter."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import Login
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from members.actions.accounts import use_access_code
from members.models import User
from umkm_portal.accounts.adapter import LOCKED
from umkm_portal.accounts.forms import contact_field, password_field, split_contact
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.http import client_ip
from umkm_portal.lib.ratelimit import too_many

TRIES, PER_SECONDS = 9, 15 * 60
TRIES_PER_ADDRESS = 60


class AccessCodeForm(forms.Form):
    login = contact_field()
    code = forms.CharField(
        label=_("Kode masuk"),
        max_length=40,
        help_text=_("10 huruf dan angka dari petugas, berlaku 24 jam."),
        error_messages={"required": _("Tulis kode masuk.")},
        widget=forms.TextInput(
            attrs={
                "class": "w-mid",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
            }
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["password"] = password_field(_("Kata sandi baru"), new=True)

    def named(self) -> dict[str, str]:
        try:
            return split_contact(self.cleaned_data["login"])
        except ValidationError:
            return {}

    def user(self) -> User | None:
        """The account with this phone or e-mail; an unknown one is answered like a wrong code."""
        named = self.named()
        if "phone" in named:
            return User.objects.filter(phone=named["phone"]).first()
        found = filter_users_by_email(named["email"], for_login=True) if named else []
        return found[0] if found else None


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def use_code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("account_security")
    form = AccessCodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if _too_many_tries(request, form):
            form.add_error(None, str(LOCKED))
            status = 429
        else:
            try:
                data = form.cleaned_data
                user = use_access_code(
                    form.user(), data["code"], data["password"], by=None, via="web"
                )
            except ActionRefused as refusal:
                form.add_error("code", str(refusal))
            else:
                return _sign_in(request, user)
    return render(request, "account/access_code.html", {"form": form}, status=status)


def _too_many_tries(request: HttpRequest, form: AccessCodeForm) -> bool:
    user = form.user()
    name = user.pk if user else form.cleaned_data["login"].strip().lower()
    return too_many(f"access code {name}", limit=TRIES, seconds=PER_SECONDS) or too_many(
        f"access code at {client_ip(request)}", limit=TRIES_PER_ADDRESS, seconds=PER_SECONDS
    )


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Through allauth, so that an owner's second factor is still asked for."""
    record_authentication(request, user, method="access_code")
    get_adapter().add_message(
        request, 25, message=str(_("Kata sandi baru tersimpan. Pakai kata sandi ini lain kali."))
    )
    return perform_login(request, Login(user=user))  # type: ignore[no-any-return]
