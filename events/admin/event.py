"""Events at the staff's desk: written in a form, decided by buttons."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.actions.edition import keep_edition
from events.actions.editions import keep_day, keep_event
from events.actions.training import keep_training
from events.admin.base import KeptAdmin, person
from events.admin.edition import EditionInline
from events.admin.pages import DAY_PAGES, EVENT_PAGES
from events.admin.training import TRAINING_PAGES, TrainingInline
from events.admin.turns import DAY_TURN_PAGES, EVENT_TURN_PAGES, PLACE_PAGES, fairness
from events.choices import EventKind, EventState
from events.forms.event import DaysFormSet, EventDayForm, EventForm
from events.models import Edition, Event, EventDay, Training
from events.reports.agenda import seats_taken
from events.reports.clashes import clashes_of
from umkm_portal.lib.dates import tanggal_pendek

# A festival of two months; a request that claims thousands of rows would keep a worker for long.
MOST_DAYS = 60


class EventDayInline(admin.TabularInline):  # type: ignore[type-arg]
    model = EventDay
    form = EventDayForm
    formset = DaysFormSet
    extra = 1
    max_num = MOST_DAYS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{**kwargs, "absolute_max": MOST_DAYS})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(KeptAdmin):
    form = EventForm
    change_form_template = "admin/events/event_form.html"
    list_display = ["name", "kind", "first_day", "state_word", "published", "seats"]
    list_filter = ["kind", "status", "published"]
    search_fields = ["name", "venue", "slug"]
    inlines = [EventDayInline]
    readonly_fields = ["status", "published", "cancelled_at", "cancel_reason"]
    fieldsets = [
        (None, {"fields": ["kind", "name", "slug", "summary", "description", "organiser", "tags"]}),
        (_("Tempat"), {"fields": ["venue", "address", "kecamatan", "map_url", "online_url"]}),
        (_("Peserta"), {"fields": ["needs_sign_up", "capacity", "sign_up_closes_at"]}),
        (_("Target dan hasil"), {"fields": ["target_omzet", "result_omzet", "result_pieces"]}),
        (_("Keputusan"), {"fields": ["status", "published", "cancelled_at", "cancel_reason"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return Event.objects.with_days().with_seats()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Links to a known event are printed on posters, and its kind decides where it stands.
        return [*self.readonly_fields, *(["slug", "kind"] if obj else [])]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody signs up for a market: its sellers apply, which is written further down."""
        found = super().get_fieldsets(request, obj)
        if obj is None or obj.kind != EventKind.JBL:
            return found
        return [each for each in found if "needs_sign_up" not in each[1]["fields"]]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        more = {EventKind.TRAINING: TrainingInline, EventKind.JBL: EditionInline}
        return [*self.inlines, more[obj.kind]] if obj and obj.kind in more else self.inlines

    def get_urls(self) -> list[URLPattern]:
        pages = [
            path(f"<int:pk>/{word}/", self._page(view), name=f"events_event_{word}")
            for word, view in {**EVENT_PAGES, **TRAINING_PAGES, **EVENT_TURN_PAGES}.items()
        ]
        days = [
            path(f"hari/<int:pk>/{word}/", self._page(view), name=f"events_day_{word}")
            for word, view in {**DAY_PAGES, **DAY_TURN_PAGES}.items()
        ]
        places = [
            path(f"tempat/<int:pk>/{word}/", self._page(view), name=f"events_place_{word}")
            for word, view in PLACE_PAGES.items()
        ]
        even = path(
            "pemerataan/",
            self.admin_site.admin_view(self._fairness),
            name="events_event_pemerataan",
        )
        return [even, *pages, *days, *places, *super().get_urls()]

    def _fairness(self, request: HttpRequest) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        return fairness(self, request, context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With what else is at the same place at the same time, however the day came there."""
        event = self.get_object(request, object_id)
        more = {**(extra_context or {}), "clashes": clashes_of(event) if event else []}
        return super().change_view(request, object_id, form_url, more)

    def _page(self, view: Any) -> Any:
        def page(request: HttpRequest, pk: int) -> HttpResponse:
            context = {**self.admin_site.each_context(request), "opts": self.opts}
            return view(self, request, pk, context)  # type: ignore[no-any-return]

        return self.admin_site.admin_view(page)

    def save_model(
        self,
        request: HttpRequest,
        obj: Event,
        form: ModelForm[Event],
        change: bool,  # noqa: FBT001
    ) -> None:
        keep_event(obj, changed=form.changed_data, by=person(request), via="admin")

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm[Event],
        formset: BaseInlineFormSet[Model, Model, ModelForm[Model]],
        change: bool,  # noqa: FBT001
    ) -> None:
        changed = [name for inline in formset.forms for name in inline.changed_data]
        for row in formset.save(commit=False):
            if isinstance(row, Training):
                keep_training(row, changed=changed, by=person(request), via="admin")
            elif isinstance(row, Edition):
                keep_edition(row, changed=changed, by=person(request), via="admin")
            elif isinstance(row, EventDay):
                keep_day(row, by=person(request), via="admin")

    @admin.display(description=_("hari pertama"))
    def first_day(self, event: Event) -> str:
        days = event.days.all()
        return tanggal_pendek(days[0].date) if days else ""

    @admin.display(description=_("status"))
    def state_word(self, event: Event) -> str:
        state = event.state(at=timezone.now(), seats_taken=seats_taken(event))
        return str(EventState(state).label)

    @admin.display(description=_("peserta"))
    def seats(self, event: Event) -> str:
        if not event.needs_sign_up:
            return ""
        waiting = getattr(event, "waiting", 0)
        taken = f"{seats_taken(event)}/{event.capacity or '∞'}"
        return format_html("{} (+{})", taken, waiting) if waiting else taken
