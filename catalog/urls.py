from django.urls import path

from catalog.views import (
    browse,
    complaint,
    food,
    manage,
    ordering,
    photos,
    product,
    share,
    shop_link,
    storefront,
)

app_name = "catalog"
urlpatterns = [
    path("katalog/", browse.product_list, name="product_list"),
    path("katalog/<slug:category>/", browse.product_list, name="product_category"),
    path("produk/<slug:slug>-<int:pk>/", product.product_detail, name="product_detail"),
    path("produk/<int:pk>/pesan/", ordering.product_whatsapp, name="product_whatsapp"),
    path("produk/<int:pk>/kartu.jpg", share.product_card, name="product_card"),
    path("usaha/<slug:slug>/kartu.jpg", share.business_card, name="business_card"),
    path("produk/<int:pk>/laporkan/", complaint.product_report, name="product_report"),
    path("titipan/", ordering.shopping_list, name="shopping_list"),
    path("titipan/ubah/", ordering.shopping_change, name="shopping_change"),
    path("titipan/tambah/<int:pk>/", ordering.shopping_add, name="shopping_add"),
    path("titipan/pesan/<int:pk>/", ordering.shopping_whatsapp, name="shopping_whatsapp"),
    path("usaha/", storefront.business_list, name="business_list"),
    path("usaha/<slug:slug>/", storefront.business_detail, name="business_detail"),
    path("media/<path:name>", product.media, name="media"),
    path("saya/produk/", manage.product_manage, name="product_manage"),
    path("saya/produk/baru/", manage.product_add, name="product_add"),
    path("saya/produk/<int:pk>/", manage.product_edit, name="product_edit"),
    path("saya/produk/<int:pk>/arsip/", manage.product_archive, name="product_archive"),
    path("saya/produk/<int:pk>/pangan/", food.product_food, name="product_food"),
    path("saya/produk/<int:pk>/lama-pesan/", food.product_lead, name="product_lead"),
    path("saya/produk/<int:pk>/toko/", shop_link.product_shop, name="product_shop"),
    path("saya/produk/<int:pk>/habis/", manage.product_sold_out, name="product_sold_out"),
    path("saya/produk/<int:pk>/foto/", photos.product_photos, name="product_photos"),
    path("saya/produk/<int:pk>/foto/<int:photo>/ke/", photos.photo_place, name="photo_place"),
    path("saya/produk/<int:pk>/foto/<int:photo>/hapus/", photos.photo_remove, name="photo_remove"),
]
