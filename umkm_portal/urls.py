from django.contrib import admin
from django.urls import include, path

from umkm_portal import views
from umkm_portal.views import my_data, pages, steps

urlpatterns = [
    path("", views.home, name="home"),
    path("saya/", views.owner_home, name="owner_home"),
    path("saya/data/", my_data.my_data, name="my_data"),
    path("saya/data/salinan.json", my_data.as_json_file, name="my_data_json"),
    path("saya/data/salinan.pdf", my_data.as_pdf_file, name="my_data_pdf"),
    path("saya/data/koreksi/", my_data.correct, name="my_data_correct"),
    path("saya/data/hapus/", my_data.erase, name="my_data_erase"),
    path("saya/data/<int:pk>/batal/", my_data.withdraw, name="my_data_withdraw"),
    path("pendamping/", views.companion_home, name="companion_home"),
    path("saya/langkah/", steps.steps, name="programme_steps"),
    path("statistik/", views.statistics, name="statistics"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", views.sitemap_section, name="sitemap_section"),
    path("sehat/", views.health, name="health"),
    path("bantuan/", pages.help_page, name="help"),
    path("tentang/", pages.about, name="about"),
    path("privasi/", pages.privacy, name="privacy"),
    path("syarat/", pages.terms, name="terms"),
    path("kontak/", pages.contact, name="contact"),
    path("aksesibilitas/", pages.accessibility, name="accessibility"),
    path("luring/", pages.offline, name="offline"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    path("sw.js", pages.service_worker, name="service_worker"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path("akun/", include("umkm_portal.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("members.urls")),
    path("", include("catalog.urls")),
    path("", include("events.urls")),
    path("", include("umkm_portal.notices.urls")),
]

handler400 = "umkm_portal.views.errors.bad_request"
handler403 = "umkm_portal.views.errors.permission_denied"
handler404 = "umkm_portal.views.errors.not_found"
handler429 = "umkm_portal.views.errors.too_many"  # allauth's limits ask for it
handler500 = "umkm_portal.views.errors.server_error"
