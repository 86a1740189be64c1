"""Indonesian paths under /akun/ with allauth's URL names kept."""

from allauth.account import views as account
from django.urls import path

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("daftar/", account.signup, name="account_signup"),
]
