from django.contrib import admin
from django.urls import include, path

from umkm_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("saya/", views.owner_home, name="owner_home"),
    path("sehat/", views.health, name="health"),
    path("akun/", include("umkm_portal.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("members.urls")),
    path("", include("catalog.urls")),
    path("", include("events.urls")),
    path("", include("umkm_portal.notices.urls")),
]
