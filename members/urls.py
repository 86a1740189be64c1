from django.urls import path

from members.views import business, registration

app_name = "members"
urlpatterns = [
    path("daftar/", registration.start, name="registration_start"),
    path("daftar/periksa/", registration.check, name="registration_check"),
    path("daftar/selesai/", registration.done, name="registration_done"),
    path("daftar/usaha-lain/", registration.another, name="registration_another"),
    path("daftar/batal/", registration.cancel, name="registration_cancel"),
    path("daftar/<slug:step>/", registration.step, name="registration_step"),
    path("saya/usaha/", business.profile, name="business_profile"),
    path("saya/usaha/<int:pk>/tampilan/", business.settings, name="business_settings"),
    path("saya/berkas/<int:pk>/", business.document, name="document_open"),
]
