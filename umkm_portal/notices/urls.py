from django.urls import path

from umkm_portal.notices import views

app_name = "notices"
urlpatterns = [
    path("saya/pesan/", views.inbox, name="inbox"),
    path("saya/pesan/dibaca/", views.read_all, name="read_all"),
    path("saya/pesan/<int:pk>/", views.detail, name="detail"),
    path("saya/pesan/<int:pk>/dibaca/", views.read, name="read"),
]
