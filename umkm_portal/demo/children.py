"""Drawings of clothes for children."""

from __future__ import annotations

from umkm_portal.demo.canvas import Canvas, lighter
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    PUTIH,
    SANTAN,
    Look,
    flat_lay,
    flowers,
)
from umkm_portal.demo.wear import batik_of, fill


def dress(c: Canvas, look: Look) -> None:
    """A batik dress with a bow."""
    flat_lay(c, look)
    pattern, size = batik_of(look)
    fill(
        c,
        "M160 42l-36 22l-10 40l34 10l4-14l6 40L92 262q108 34 216 0L242 140l6-40l4 14l34-10l-10-40l-36-22q-40 30-80 0z",
        look.main,
        pattern,
        size,
    )
    c.line("M156 140q44 14 88 0", look.accent, 12)
    c.shape("M200 146c-30-26-44 18 0 4c44 14 30-30 0-4z", look.accent)
    c.line("M160 42q40 30 80 0", SANTAN, 8)
    c.line("M94 256q106 34 212 0", SANTAN, 7, dash=6)


def child_set(*, sleeping: bool = False) -> Motif:
    """A top with shorts, or pyjamas, laid out."""

    def draw(c: Canvas, look: Look) -> None:
        flat_lay(c, look)
        print_ = flowers(lighter(look.main, 0.55), look.main)
        tops = "M92 56l-30 20l-26 {a} l34 16l20-30v104h112v-104l20 30l34-16l-26-{a}l-30-20q-54 36-108 0z"
        top = tops.format(a=96 if sleeping else 62)
        with c.moved(12, 18):
            fill(
                c,
                top,
                lighter(look.main, 0.55) if sleeping else look.main,
                print_ if sleeping else None,
                44,
            )
            c.line("M92 56q54 36 108 0", look.accent, 8)
            if not sleeping:
                c.dot(146, 142, 30, look.accent)
                c.dot(146, 142, 20, PUTIH)
                c.shape("M146 126l14 16l-14 16l-14-16z", look.main)
            else:
                c.line("M146 76v124", SANTAN, 5)
                for y in (96, 126, 156, 186):
                    c.dot(146, y, 5, look.main)
        with c.moved(258, 64):
            long = 190 if sleeping else 118
            legs = f"M0 0h110l12 {long}h-52l-15-{long - 60}l-15 {long - 60}h-52z"
            fill(
                c,
                legs,
                lighter(look.main, 0.55) if sleeping else look.accent,
                print_ if sleeping else None,
                44,
            )
            c.box(-2, -6, 114, 18, look.main, 6)
            c.line("M46 6q-8 22-14 26M62 6q8 22 14 26", PUTIH, 4)

    return draw
