"""What the catalogue's search knows of words."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from catalog.choices import Relation
from members.models import Business


class Synonym(models.Model):
    """Another name for a thing, or what kind of thing it is.

    Both names of the same thing are found by either. A thing is found by the name of its kind
    ("minuman" finds coffee), never the other way round.
    """

    variant = models.CharField(
        _("kata pembeli"), max_length=40, help_text=_("Contoh: snack box, hoodie, kripik.")
    )
    relation = models.CharField(
        _("hubungan"), max_length=8, choices=Relation, default=Relation.SAME, db_default="sama"
    )
    canonical = models.CharField(
        _("kata baku"),
        max_length=40,
        help_text=_("Kata yang dipakai di nama produk, atau nama jenisnya."),
    )

    class Meta:
        verbose_name = _("padanan kata")
        verbose_name_plural = _("padanan kata")
        ordering = ["variant", "canonical"]
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values), name="synonym_relation_known"
            ),
            models.UniqueConstraint(
                fields=["variant"],
                condition=Q(relation=Relation.SAME),
                name="synonym_variant_once",
                violation_error_message=_("Kata pembeli ini sudah punya padanan."),
            ),
            models.UniqueConstraint(
                fields=["variant", "canonical"],
                name="synonym_pair_once",
                violation_error_message=_("Padanan ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=~Q(variant="") & ~Q(canonical="") & ~Q(variant=models.F("canonical")),
                name="synonym_of_another_word",
                violation_error_message=_("Isi dua kata yang berbeda."),
            ),
        ]

    def __str__(self) -> str:
        sign = "=" if self.relation == Relation.SAME else "<"
        return f"{self.variant} {sign} {self.canonical}"


class SearchWord(models.Model):
    """A word some product was written with: what a typing error is mended to."""

    word = models.CharField(primary_key=True, max_length=40)
    # As of the last count; a word younger than that stands in at least one.
    products = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_trigram"),
            # Without its vowels, as it is typed in a hurry: "krpk".
            models.Index(
                Func("word", Value("aeiou"), Value(""), function="translate"),
                name="search_word_bones",
            ),
        ]

    def __str__(self) -> str:
        return self.word


class SearchCount(models.Model):
    """How many products were public at the last count of words, by the day they came out."""

    counted_at = models.DateTimeField()
    products = models.PositiveIntegerField()
    # [days since FIRST_DAY, products], the newest first.
    days = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), name="search_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.products}"


class SearchMiss(models.Model):
    """A question nothing answered. Only a digest until it came in three different hours.

    A name or a number that one person typed is thus never written down.
    """

    key = models.CharField(max_length=64, unique=True)
    text = models.CharField(_("kata yang dicari"), max_length=60, blank=True)
    hours = models.PositiveIntegerField(_("jam yang berbeda"), default=1)
    count = models.PositiveIntegerField(_("berapa kali"), default=1)
    first_at = models.DateTimeField(_("pertama kali"))
    last_at = models.DateTimeField(_("terakhir"))

    class Meta:
        verbose_name = _("pencarian tanpa hasil")
        verbose_name_plural = _("pencarian tanpa hasil")
        ordering = ["-count", "text"]
        constraints = [
            models.CheckConstraint(
                condition=Q(text="") | Q(hours__gte=3), name="search_miss_named_after_three_hours"
            )
        ]
        indexes = [models.Index(fields=["last_at"], name="search_miss_last")]

    def __str__(self) -> str:
        return self.text


class SearchReindexQuerySet(models.QuerySet["SearchReindex"]):
    def unfinished(self) -> Self:
        return self.filter(finished_at=None)

    def stalled(self, *, since: datetime) -> Self:
        return self.unfinished().filter(touched_at__lt=since)


class SearchReindex(models.Model):
    """All products' words written anew, as far as `last_pk`; at most one run is open."""

    asked_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    last_pk = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = SearchReindexQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(finished_at=None), name="reindex_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"


class StaleWords(models.Model):
    """A business whose goods are still found by its old name or place; a trigger writes the row.

    Kept until a job has written the words anew, so seldom for more than a minute.
    """

    business = models.OneToOneField(
        Business, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.business_id}"
