from django.urls import path, re_path

from events import views

app_name = "events"
urlpatterns = [
    path("jumat/", views.jumat, name="jumat"),
    path("jbl/", views.edition_list, name="edition_list"),
    path("jbl/<slug:slug>/", views.edition_detail, name="edition_detail"),
    path("jbl/<slug:slug>/denah/", views.edition_plan, name="edition_plan"),
    path("jbl/<slug:slug>/katalog/", views.edition_goods, name="edition_goods"),
    path("agenda/", views.agenda, name="agenda"),
    path("agenda.ics", views.agenda_ics, name="agenda_ics"),
    re_path(
        r"^agenda/(?P<year>20[0-9]{2})/(?P<month>0[1-9]|1[0-2])/$",
        views.agenda_month,
        name="agenda_month",
    ),
    path("acara/<slug:slug>/", views.event_detail, name="event_detail"),
    path("acara/<slug:slug>.ics", views.event_ics, name="event_ics"),
    path("acara/<slug:slug>/daftar/", views.sign_up, name="sign_up"),
    path("peserta/<str:token>/", views.my_place, name="my_place"),
    path("peserta/<str:token>/batal/", views.cancel_place, name="cancel_place"),
    path("saya/jbl/", views.my_booths, name="my_booths"),
    path("saya/jbl/<int:pk>/produk/", views.my_goods, name="my_goods"),
]
