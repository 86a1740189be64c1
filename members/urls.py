from django.urls import path, re_path

from members.views import (
    business,
    card,
    consents,
    dues,
    gateway,
    membership,
    preferences,
    receipts,
    registration,
    renewal,
)

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
    path("saya/persetujuan/", consents.consents, name="consents"),
    path("saya/persetujuan/<slug:purpose>/", consents.change, name="consent_change"),
    path("saya/berkas/<int:pk>/", business.document, name="document_open"),
    path("saya/iuran/", dues.home, name="dues_home"),
    path(
        "saya/iuran/ajukan/<int:business_id>/", membership.request_page, name="membership_request"
    ),
    path(
        "saya/iuran/perbaiki/<int:membership_id>/", membership.repair_page, name="membership_repair"
    ),
    path("saya/iuran/bayar/<int:membership_id>/", renewal.renew, name="dues_pay"),
    path("saya/iuran/<slug:number>/", dues.invoice_page, name="dues_invoice"),
    path("saya/iuran/<slug:number>/bukti/", dues.proof_page, name="dues_proof"),
    path("saya/iuran/<slug:number>/bukti/<int:proof_id>/", dues.proof_file, name="dues_proof_file"),
    path("saya/iuran/<slug:number>.pdf", receipts.invoice_file, name="dues_invoice_pdf"),
    path("saya/iuran/<slug:number>/kuitansi/", receipts.receipt_page, name="dues_receipt"),
    path(
        "saya/iuran/<slug:number>/kuitansi/<slug:receipt>/",
        receipts.receipt_page,
        name="dues_receipt_of",
    ),
    path(
        "saya/iuran/<slug:number>/kuitansi/<slug:receipt>.pdf",
        receipts.receipt_file,
        name="dues_receipt_pdf",
    ),
    path("saya/iuran/<slug:number>/daring/", gateway.start, name="gateway_start"),
    path("saya/iuran/<slug:number>/qris.png", dues.qris_image, name="dues_qris"),
    # With or without the last slash: the gateway follows no redirect.
    re_path(r"^gateway/midtrans/?$", gateway.midtrans, name="gateway_midtrans"),
    path("saya/pesan/pilihan/", preferences.preferences, name="preferences"),
    path("t/<str:token>/", renewal.by_link, name="payment_link"),
    path("t/<str:token>/bukti/", renewal.proof_by_link, name="payment_link_proof"),
    path("t/<str:token>/qris.png", renewal.qris_by_link, name="payment_link_qris"),
    path("berhenti/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
    path("saya/kartu/", card.cards, name="member_card"),
    path("saya/kartu/<slug:number>.png", card.picture, name="card_png"),
    path("saya/kartu/<slug:number>.pdf", card.sheet, name="card_pdf"),
    path("saya/kartu/<slug:number>/ganti/", card.replace, name="card_replace"),
    path("cek/", card.check_form, name="card_check_form"),
    path("cek/<slug:code>/", card.check, name="card_check"),
    path("kuitansi/<slug:code>/", receipts.receipt_check, name="receipt_check"),
]
