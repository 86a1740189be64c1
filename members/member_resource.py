"""The member sheet as django-import-export sees it; what it saves is saved by our actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import RowResult
from import_export.widgets import Widget
from tablib import Dataset

from members.actions.bulk_import import import_members
from members.actions.member_updating import update_members
from members.actions.sheet_work import Counts
from members.member_cells import is_month_first, two_readings
from members.member_sheet import BY_KEY, COLUMNS, DATES, LINE, Column, MemberRow
from members.models import Business, ImportBatch, User
from members.reports.member_check import Seen, problems_of
from members.reports.member_match import Found, compare, look_up, match
from members.reports.member_rows import CHUNK

KNOWN_BY = ("number", "full_name", "nik", "name", "kelurahan", "nib", "kadin_number")
"""What a line is looked up by, read before the rest of it."""
TOGETHER = {*DATES, "last_dues"}
COUNTED = {
    RowResult.IMPORT_TYPE_NEW: "created",
    RowResult.IMPORT_TYPE_UPDATE: "updated",
    RowResult.IMPORT_TYPE_SKIP: "unchanged",
}


class CellWidget(Widget):  # type: ignore[misc]
    """Reads a cell as its column says."""

    def __init__(self, column: Column) -> None:
        super().__init__(coerce_to_string=False)
        self.column = column

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.column.clean(str(value or ""))


class MemberResource(Resource):  # type: ignore[misc]
    """Imports chunk by chunk; what earlier chunks said is remembered as hashes."""

    class Meta:
        model = Business
        import_id_fields = ()
        instance_loader_class = BaseInstanceLoader
        use_bulk = True
        batch_size = CHUNK
        skip_unchanged = True
        report_skipped = True
        # What changes is worked out once, in `skip_row`; copies of each line would be for nothing.
        skip_diff = True

    def __init__(self, batch: ImportBatch, *, by: User) -> None:
        super().__init__()
        self.fields = {
            column.key: Field(
                attribute=column.key, column_name=column.key, widget=CellWidget(column)
            )
            for column in COLUMNS
        }
        self.create_instances: list[MemberRow] = []
        self.update_instances: list[MemberRow] = []
        self.batch, self.by = batch, by
        self.may_verify = by.has_perm("members.change_business")
        self.counts = Counts()
        self.problems: list[tuple[int, str]] = []
        self.seen = Seen()
        self.found = Found()
        self.lines: dict[int, MemberRow] = {}
        self.writes_month_first = False
        self.unclear: list[tuple[int, str, str]] = []
        self.became: dict[int, str] = {}

    def take(self, dataset: Dataset, *, dry_run: bool) -> None:
        """Check one chunk and, unless `dry_run`, write it inside the caller's transaction."""
        self.lines = {int(row[LINE]): self._known_by(row) for row in dataset.dict}
        self.found = look_up(self.lines.values())
        self._note_unclear_dates(dataset)
        result = self.import_data(dataset, dry_run=dry_run, use_transactions=False)
        for broken in result.base_errors:
            raise broken.error
        for _number, errors in result.row_errors():
            raise errors[0].error
        for invalid in result.invalid_rows:
            self.problems.append((int(dataset[invalid.number - 1][0]), said(invalid.error)))
        unclear = {line for line, _header, _sentence in self.unclear}
        for number, row_result in zip(self.lines, result.rows, strict=True):
            if number in unclear:
                self.became[number] = COUNTED.get(row_result.import_type, "refused")
        totals = result.totals
        added = (totals["new"], totals["update"], totals["skip"], totals["invalid"])
        self.counts = Counts(*map(sum, zip(self.counts, added, strict=True)))

    def settle(self) -> None:
        """After the last chunk: in a sheet with months first, dates of two readings are asked."""
        if not self.writes_month_first:
            return
        named = {line for line, _sentence in self.problems}
        for line, header, sentence in self.unclear:
            self.problems.append((line, f"{header}: {sentence}"))
            if line not in named:
                named.add(line)
                counted = self.counts._asdict()
                counted[self.became[line]] -= 1
                counted["refused"] += 1
                self.counts = Counts(**counted)
        self.problems.sort(key=lambda problem: problem[0])

    # --- what import-export calls, line by line ---------------------------------------------------
    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[MemberRow, bool]:
        """The line itself, with the business it speaks of; True when that is new."""
        line = self.lines[int(row[LINE])]
        try:
            line.found = match(line, self.found)
        except ValueError as refusal:
            raise ValidationError({"number": str(refusal)}) from None
        return line, line.found is None

    def skip_row(
        self, instance: MemberRow, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """A line that says what the portal holds changes nothing."""
        if instance.found is not None:
            compare(instance, instance.found)
        elif instance.verified:
            instance.changes = {"verified": True}
        return instance.found is not None and not instance.changes and not import_validation_errors

    def validate_instance(
        self, instance: MemberRow, import_validation_errors: Any = None, **kwargs: Any
    ) -> None:
        unread = import_validation_errors or {}
        found = problems_of(instance, self.found, self.seen, may_verify=self.may_verify)
        if set(unread) & TOGETHER:
            # One wrong day is one problem, not also all that hangs on it.
            found = {key: said for key, said in found.items() if key not in TOGETHER}
        errors = {**found, **unread}
        if errors:
            raise ValidationError(errors)

    def save_instance(
        self,
        instance: MemberRow,
        is_create: bool,  # noqa: FBT001  import-export's signature
        row: Any,
        **kwargs: Any,
    ) -> None:
        """Lines wait here for one call of our action per chunk."""
        (self.create_instances if is_create else self.update_instances).append(instance)

    def bulk_create(self, using_transactions: Any, dry_run: bool, *args: Any, **kw: Any) -> None:  # noqa: FBT001
        lines, self.create_instances = self.create_instances, []
        if lines and not dry_run:
            import_members(lines, batch=self.batch, by=self.by, via="impor")

    def bulk_update(self, using_transactions: Any, dry_run: bool, *args: Any, **kw: Any) -> None:  # noqa: FBT001
        lines, self.update_instances = self.update_instances, []
        if lines and not dry_run:
            update_members(lines, batch=self.batch, by=self.by, via="impor")

    # --- before that ---------------------------------------------------------------------------
    def _known_by(self, row: Any) -> MemberRow:
        line = MemberRow(line=int(row[LINE]))
        for key in KNOWN_BY:
            try:
                setattr(line, key, BY_KEY[key].clean(row.get(key) or ""))
            except ValueError:
                continue  # said again, with its column, when the whole line is read
        return line

    def _note_unclear_dates(self, dataset: Dataset) -> None:
        for row in dataset.dict:
            for key in DATES:
                text = row.get(key) or ""
                self.writes_month_first |= is_month_first(text)
                if sentence := two_readings(text):
                    self.unclear.append((int(row[LINE]), str(BY_KEY[key].header), sentence))


def said(error: ValidationError) -> str:
    """Return the sentences of one line, each under its column."""
    return " ".join(
        f"{BY_KEY[key].header}: {sentence}" if key in BY_KEY else sentence
        for key, sentences in error.message_dict.items()
        for sentence in sentences
    )


def dataset_of(columns: Sequence[Column | None], lines: Sequence[tuple[int, list[str]]]) -> Dataset:
    """Return a chunk for import-export: the line number, then the cells of each column."""
    places = [(place, column.key) for place, column in enumerate(columns) if column]
    dataset = Dataset(headers=[LINE, *(key for _place, key in places)])
    for number, cells in lines:
        dataset.append(
            [number, *(cells[place] if place < len(cells) else "" for place, _key in places)]
        )
    return dataset
