from django.urls import path, re_path

from events import views
from events.views import attendance, sharing, trainings

app_name = "events"
urlpatterns = [
    path("jumat/", views.jumat, name="jumat"),
    path("jbl/", views.edition_list, name="edition_list"),
    path("jbl/<slug:slug>/", views.edition_detail, name="edition_detail"),
    path("jbl/<slug:slug>/denah/", views.edition_plan, name="edition_plan"),
    path("jbl/<slug:slug>/poster.pdf", sharing.edition_poster, name="edition_poster"),
    path("jbl/<slug:slug>/asn/", sharing.edition_asn, name="edition_asn"),
    path("jbl/<slug:slug>/katalog/", views.edition_goods, name="edition_goods"),
    path("agenda/", views.agenda, name="agenda"),
    path("agenda.ics", views.agenda_ics, name="agenda_ics"),
    path("agenda/rss/", views.agenda_rss, name="agenda_rss"),
    path("agenda/sematan/", views.agenda_embed, name="agenda_embed"),
    path("agenda/sematan/cara/", views.embed_help, name="embed_help"),
    path("agenda/usul/", views.propose, name="propose"),
    path("agenda/usul/<str:token>/", views.proposal, name="proposal"),
    path("agenda/usul/<str:token>/tarik/", views.proposal_withdraw, name="proposal_withdraw"),
    path("jumat/sematan/", views.friday_embed, name="friday_embed"),
    re_path(
        r"^agenda/(?P<year>20[0-9]{2})/(?P<month>0[1-9]|1[0-2])/$",
        views.agenda_month,
        name="agenda_month",
    ),
    path("acara/<slug:slug>/", views.event_detail, name="event_detail"),
    path("acara/<slug:slug>.ics", views.event_ics, name="event_ics"),
    path("acara/<slug:slug>/kartu.jpg", sharing.event_card, name="event_card"),
    path("acara/<slug:slug>/daftar/", views.sign_up, name="sign_up"),
    path("peserta/<str:token>/", views.my_place, name="my_place"),
    path("peserta/<str:token>/batal/", views.cancel_place, name="cancel_place"),
    path("peserta/<str:token>/sertifikat.pdf", trainings.place_certificate, name="place_pdf"),
    path("peserta/<str:token>/masukan/", trainings.feedback, name="feedback"),
    path("peserta/<str:token>/materi/<int:pk>/", trainings.place_material, name="place_material"),
    path("acara/<slug:slug>/materi/<int:pk>/", trainings.event_material, name="event_material"),
    path("sertifikat/<slug:code>/", trainings.certificate_check, name="certificate_check"),
    path("masukan/<str:token>/", trainings.feedback_results, name="feedback_results"),
    path("saya/pelatihan/", trainings.trainings, name="my_trainings"),
    path(
        "saya/pelatihan/<int:pk>/sertifikat.pdf",
        trainings.my_certificate,
        name="my_certificate",
    ),
    path("petugas/hadir/<int:pk>/", attendance.attendance, name="attendance"),
    path("petugas/hadir/<int:pk>/tamu/", attendance.attendance_guest, name="attendance_guest"),
    path("saya/jbl/", views.my_booths, name="my_booths"),
    path("saya/jbl/<int:pk>/produk/", views.my_goods, name="my_goods"),
]
