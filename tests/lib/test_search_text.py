import pytest
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Value
from hypothesis import given
from hypothesis import strategies as st

from umkm_portal.lib.search_text import normalise, search_document, search_query


def finds(query: str, text: str) -> bool:
    """Ask PostgreSQL itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('simple', %s) @@ to_tsquery('simple', %s)",
            [search_document(text), search_query(query)],
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("kripik", "Keripik singkong pedas"),
        ("keripik pedas", "Kripik singkong pedas"),
        ("sambel", "Sambal roa"),
        ("makanan yang enak", "Makan enak di rumah"),
        ("oleh-oleh", "Oleh-oleh khas Betawi"),
        ("oleh2 betawi", "Oleh-oleh khas Betawi"),
        ("baju", "Baju-baju anak"),
        ("souvenir", "Cendera mata dari kayu"),
        ("cendera mata", "Suvenir kayu"),
        ("menenun", "Kain tenun"),
        ("pelatihan", "Latihan membatik"),
        ("memasak", "Kelas masak"),
        ("FASHION", "Fesyen muslim"),
        ("pengrajin", "Perajin rotan"),
        ("5kg", "Beras 5kg"),
        ("kopi", "Kopi Arabika Gayo"),
    ],
)
def test_people_find_what_they_mean(query, text):
    assert finds(query, text)


@pytest.mark.django_db
def test_every_word_counts():
    assert not finds("keripik manis", "Keripik singkong pedas")


def test_private_and_permit_numbers_are_not_indexed():
    words = search_document("Hubungi 0812-3456-7890 atau +62 812 34567890, P-IRT 2063174010123-29")
    assert not any(char.isdigit() for char in words)


def test_fillers_alone_are_no_search():
    assert search_query("yang di dan") == ""
    assert normalise("") == []


def test_long_queries_are_cut():
    assert search_query("kata " * 600).count("kata") <= 12
    assert search_query("x" * 3000) == ""
    assert len(search_query(" ".join(f"w{n}" for n in range(100))).split(" & ")) == 12


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["' | !", "a:*", "\x00kopi\x00", "\\", "kopi')--", "<->", "ﷺ", "½ kg"]
)
def test_signs_cannot_break_the_query(query):
    finds(query, "kopi")


@given(st.text(max_size=300))
def test_a_query_holds_words_in_quotes_only(typed):
    query = search_query(typed)
    assert "\x00" not in query
    bare = query.split("'")[0::2]
    assert set("".join(bare)) <= set("()|& ")
    search_document(typed)


@pytest.mark.django_db
def test_django_takes_it_as_a_raw_query():
    from members.models import User

    vector = SearchVector(Value(search_document("Keripik")), config="simple")
    query = SearchQuery(search_query("kripik"), search_type="raw", config="simple")
    assert User.objects.annotate(v=vector).filter(v=query).count() == 0
