"""QR codes as SVG."""

import io

import segno
from django.utils.safestring import SafeString


def qr_svg(text: str, *, title: str = "") -> SafeString:
    """Return an `<svg class="qr">` without a size of its own; `title` is read by screen readers."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(svgclass="qr", lineclass="qr-dots", omitsize=True, title=title or None)
    # Safe: segno writes numbers only and escapes the title.
    return SafeString(svg.replace("<svg ", '<svg role="img" ', 1))


def qr_drawing(text: str) -> str:
    """Return a whole SVG file, black with its quiet zone, for the templates of `lib.pdf`."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue().decode()


def qr_png(text: str) -> bytes:
    """Return a picture of about 500 pixels with the quiet zone scanners ask for."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
    return drawn.getvalue()
