from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions.documents import note_viewed
from members.actions.vault import upload_document
from members.choices import DocumentKind
from members.document_links import document_link, read_document_link
from members.forms.documents import LicenceForm
from members.models import Business, Document, User
from members.reports.vault import KINDS, vaults_of
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull, private_response
from umkm_portal.lib.signing import BadLink, ExpiredLink


@require_safe
def vault(request: HttpRequest) -> HttpResponse:
    """Every licence of every business of the owner, with its state today."""
    vaults = vaults_of(signed_in(request), on=timezone.localdate())
    return render(request, "members/document_vault.html", {"vaults": vaults})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, business_id: int, kind: str) -> HttpResponse:
    owner = signed_in(request)
    business = get_object_or_404(Business.objects.owned_by(owner), pk=business_id)
    if kind not in KINDS:
        raise Http404
    chosen = DocumentKind(kind)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LicenceForm(*sent, kind=chosen, initial=_initial(business, chosen))
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["berkas"]
        try:
            upload_document(business, licence=form.licence, content=content, by=owner, via="web")
        except (ActionRefused, StorageFull) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Terkirim. Petugas memeriksa paling lama 3 hari kerja."))
            return redirect("members:document_vault")
    context = {"form": form, "business": business, "kind": chosen}
    return render(request, "members/document_upload.html", context)


def _initial(business: Business, kind: DocumentKind) -> dict[str, str]:
    return {"number": business.nib or ""} if kind == DocumentKind.NIB else {}


@require_safe
def open_own(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner's own scan, by a link of five minutes."""
    owner = signed_in(request)
    found = get_object_or_404(Document.objects.owned_by(owner), pk=pk)
    return redirect(document_link(found, of=owner))


@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The scan as a file to save, for whom the link was made; each look is written down."""
    person = signed_in(request)
    try:
        pk = read_document_link(token, of=person)
    except ExpiredLink as late:
        return render(request, "members/document_link_late.html", {"text": str(late)}, status=410)
    except BadLink:
        raise Http404 from None
    found = _seen_by(person, pk)
    response = private_response(found.file, filename=filename(found))
    note_viewed(found, by=person, via="tautan")
    return response


def _seen_by(person: User, pk: int) -> Document:
    """Asked again: a right taken away in these five minutes is taken away."""
    own = Document.objects.owned_by(person).filter(pk=pk).first()
    if own:
        return own
    if not person.has_perm("members.view_document"):
        raise Http404
    return get_object_or_404(Document.objects.within_reach_of(person), pk=pk)


def filename(document: Document) -> str:
    return f"{document.kind}.{document.extension}"
