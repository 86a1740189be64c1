"""Indonesian paths under /akun/ with allauth's URL names kept."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from umkm_portal.accounts import code_views, views

urlpatterns = [
    path("", views.security, name="account_security"),
    path("masuk/", views.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("daftar/", views.signup, name="account_signup"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("ulang/", account.reauthenticate, name="account_reauthenticate"),
    path("e-mail/", account.email, name="account_email"),
    path("konfirmasi/", account.email_verification_sent, name="account_email_verification_sent"),
    path("telepon/ubah/", views.change_phone, name="account_change_phone"),
    path("telepon/periksa/", views.verify_phone, name="account_verify_phone"),
    path("sandi/ubah/", account.password_change, name="account_change_password"),
    path("sandi/buat/", account.password_set, name="account_set_password"),
    path("sandi/lupa/", account.password_reset, name="account_reset_password"),
    path("sandi/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "sandi/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("kode/", code_views.use_code, name="account_access_code"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/masuk/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/ulang/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/aktif/", views.activate_totp, name="mfa_activate_totp"),
    path("2fa/nonaktif/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/kode-pemulihan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/kode-pemulihan/buat/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/kode-pemulihan/unduh/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
