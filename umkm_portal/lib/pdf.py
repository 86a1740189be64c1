"""Documents on paper and pictures of cards, set by typst. Its templates lie in templates/pdf/.

What was typed by people reaches a template only as data:
`#let data = json(bytes(sys.inputs.data))`. So `#`, `$` and `"` in a name are letters there.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    import typst

_NAME = re.compile(r"[a-z][a-z_]*")


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Set templates/pdf/<template>.typ with `data` (JSON: text, numbers, lists, dictionaries).

    The same data gives the same bytes. Pictures and QR codes go in as text of an SVG.
    """
    return _set(template, data, format="pdf")


def render_png(template: str, data: dict[str, Any], *, ppi: float) -> bytes:
    """Set the one page of a template as a picture, `ppi` dots to the inch."""
    return _set(template, data, format="png", ppi=ppi)


def _set(template: str, data: dict[str, Any], **how: Any) -> bytes:
    if not _NAME.fullmatch(template):
        raise ValueError(f"No template is called {template!r}.")
    import typst  # noqa: PLC0415  7 MB, and most workers set no page

    root = _root()
    # A compiler is not kept: threads of one worker may not share it.
    made: bytes = typst.compile(
        root / f"{template}.typ",
        root=root,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **how,
    )
    return made


def _root() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "pdf"


@cache
def _fonts() -> typst.Fonts:
    """Ours, and those inside typst for signs ours lack; never what a machine happens to have."""
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, font_paths=[_root() / "fonts"])
