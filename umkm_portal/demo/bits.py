"""Small things to eat, each drawn around the point (0, 0), some 40 units wide."""

from __future__ import annotations

from collections.abc import Callable

from umkm_portal.demo.canvas import Canvas, darker, lighter
from umkm_portal.demo.scene import BUNGA, DAUN, GULA, HIJAU, KUNYIT, PUTIH, SAGA, SANTAN, TELANG

Bit = Callable[[Canvas], None]


def chip(tone: str = "#f6d48a", speck: str = SAGA) -> Bit:
    def draw(c: Canvas) -> None:
        c.oval(0, 0, 25, 18, darker(tone, 0.2), turn=-15)
        c.oval(0, 0, 21, 14.5, tone, turn=-15)
        for x, y in ((-8, -2), (4, 4), (7, -6)):
            c.dot(x, y, 2.2, speck)

    return draw


def spinach(c: Canvas) -> None:
    c.shape("M-22 14C-26-8-6-22 22-20C24 4 4 20-22 14z", "#7da24a")
    c.shape("M-16 9C-18-6-4-15 14-14C15 2 2 13-16 9z", "#4f8a3d")
    c.line("M-20 13L10-11M-8 4l0-9M-2-1l10 1", "#c8d79a", 2)


def macaroni(c: Canvas) -> None:
    c.line("M-16 10C-18-14 14-18 18 6", "#e0922f", 15)
    c.line("M-16 10C-18-14 14-18 18 6", "#f7bd57", 10)
    c.oval(-16, 10, 4, 3, "#a85f16")
    c.dot(2, -9, 1.8, SAGA)


def stick(tone: str = "#e2a04a") -> Bit:
    def draw(c: Canvas) -> None:
        for y, turn in ((-9, -14), (1, 8), (11, -6)):
            with c.moved(0, y, turn):
                c.box(-22, -4.5, 44, 9, darker(tone, 0.18), 4)
                c.box(-20, -4, 40, 5, tone, 3)

    return draw


def curl(c: Canvas) -> None:
    for x, y, turn in ((-12, -4, 0), (8, 2, 30), (-2, 11, -20)):
        with c.moved(x, y, turn):
            c.line("M-12 4q4-14 9-2q4 10 9-2q3-10 8-1", "#b4651c", 8)
            c.line("M-12 3q4-14 9-2q4 10 9-2q3-10 8-1", "#e8a84e", 4.5)


def ginger(c: Canvas) -> None:
    c.shape("M-24 14c-8-14 6-26 16-20 2-16 22-14 24 0 14-4 18 12 8 22z", "#d9a45e")
    c.shape("M-22 10c-6-10 6-20 14-14 2-14 20-12 22 0 10-2 12 8 6 16z", "#efc481")
    c.line("M-10 0l4 10M8-2l-2 12", "#c58a45", 2.5)


def turmeric(c: Canvas) -> None:
    ginger(c)
    c.oval(12, 10, 11, 8, "#e07b12")
    c.oval(12, 10, 7.5, 5, "#f7a11b")


def chili(c: Canvas) -> None:
    c.shape("M-22-12c24 2 40 12 46 26-22 4-42-8-50-18-3-5-1-9 4-8z", SAGA)
    c.line("M-14-6c12 2 22 8 28 14", "#e8695a", 2.5)
    c.line("M-22-10c-6 0-9-4-10-9", DAUN, 5)


def bean(c: Canvas) -> None:
    c.oval(0, 0, 20, 14, GULA, turn=-25)
    c.line("M-15 8C-6-4 4 6 15-7", "#b98255", 3)


def telang(c: Canvas) -> None:
    for turn in (-52, 0, 52):
        with c.moved(0, 8, turn):
            c.oval(0, -14, 10, 15, TELANG)
            c.oval(0, -13, 5, 9, "#6573d2")
    c.oval(0, 2, 5, 7, SANTAN)
    c.oval(0, 3, 2.6, 4, KUNYIT)


def anise(c: Canvas) -> None:
    for turn in range(0, 360, 45):
        with c.moved(0, 0, turn):
            c.oval(0, -12, 4.5, 10, "#7a4323")
            c.dot(0, -13, 2.2, "#d79a54")
    c.dot(0, 0, 5, "#5a2f16")


def cinnamon(c: Canvas) -> None:
    for y in (-7, 6):
        c.box(-28, y - 6, 56, 11, "#8a4d22", 5)
        c.box(-28, y - 5, 56, 4, "#b87440", 2)
    c.box(-6, -15, 8, 28, "#e9b877", 2)


def shred(tone: str = "#b46a2c") -> Bit:
    def draw(c: Canvas) -> None:
        for i in range(20):
            share = (i * 37 % 20) / 20
            x, y = -24 + 48 * share, 13 - (i % 7) * 3.4 * (1 - abs(2 * share - 1))
            shine = (darker(tone, 0.25), tone, lighter(tone, 0.3))[i % 3]
            with c.moved(x, y, (i * 53) % 70 - 35):
                c.line("M-8 0q4-4 8 0q4 4 8 0", shine, 3)

    return draw


def meatball(c: Canvas) -> None:
    c.dot(0, 0, 19, "#8f6a4c")
    c.dot(-2, -2, 16, "#b08b69")
    c.oval(-7, -8, 5, 3, "#cdae8f", turn=-30)


def dumpling(c: Canvas) -> None:
    c.shape("M-22 16C-26-4-16-14 0-14s26 10 22 30c-12 6-32 6-44 0z", "#f3e3b2")
    c.line("M-12-8l3 20M0-12v25M12-8l-3 20", "#d9c07c", 2.5)
    c.oval(0, -13, 13, 6, "#d98a4a")
    c.dot(0, -14, 3.4, "#e8582c")


def risol(c: Canvas) -> None:
    c.box(-26, -13, 52, 26, "#b4651c", 12)
    c.box(-24, -12, 48, 20, "#df9440", 10)
    for x, y in ((-14, -4), (-4, 3), (7, -5), (15, 2), (-9, 7)):
        c.dot(x, y, 1.9, "#f7cd86")


def nastar(c: Canvas) -> None:
    c.dot(0, 0, 18, "#d98a1f")
    c.dot(-1, -2, 16, "#f4b63c")
    c.line("M-7-8l14 14M7-8l-14 14", "#d98a1f", 2)
    c.dot(0, -1, 3.4, "#5a2f16")


def kastengel(c: Canvas) -> None:
    c.box(-24, -10, 48, 20, "#d08a2b", 6)
    c.box(-22, -9, 44, 15, "#f2bf55", 5)
    c.line("M-14-4l8 4M0-4l8 4M10-3l7 3", "#fff0b8", 3)


def snow(c: Canvas) -> None:
    crescent = "M-20 10C-22-14 0-22 18-10C4-10-4-2 0 14C-8 18-18 18-20 10z"
    c.shape(crescent, "#e2d3bd")
    with c.moved(1, -2, 0, 0.9):
        c.shape(crescent, PUTIH)
    for x, y in ((-22, -12), (14, 6), (8, 14)):
        c.dot(x, y, 1.8, PUTIH)


def cookie(c: Canvas) -> None:
    c.dot(0, 0, 20, "#a8662a")
    c.dot(0, -1, 18, "#d1914c")
    for x, y in ((-8, -6), (5, -8), (9, 3), (-4, 6), (1, -1)):
        c.dot(x, y, 3, "#5a2f16")
    c.oval(-9, 3, 5, 3, "#f3dcb0", turn=30)


def nut(c: Canvas) -> None:
    c.shape("M-24 0c0-14 16-16 24-8 8-8 24-6 24 8s-16 16-24 8c-8 8-24 6-24-8z", "#c58f4e")
    c.shape("M-21-1c0-10 13-12 20-5 8-7 21-5 21 5s-13 11-21 5c-7 6-20 5-20-5z", "#e5b877")
    for x, y in ((-13, -3), (-10, 4), (9, -4), (14, 3)):
        c.dot(x, y, 1.7, "#b07a38")


def granola(c: Canvas) -> None:
    for x, y, tone in (
        (-14, 4, "#d9a45e"),
        (0, -6, "#c98538"),
        (13, 5, "#e5b877"),
        (0, 9, "#b8792f"),
    ):
        c.dot(x, y, 11, tone)
    c.dot(-4, 0, 4, "#7a1f2b")
    c.dot(9, -3, 3.4, "#7a1f2b")
    c.oval(-13, 1, 5, 3, "#fbe9c4", turn=30)


def coconut(c: Canvas) -> None:
    c.dot(0, 0, 22, "#6b3a1e")
    c.dot(0, -2, 18, PUTIH)
    c.dot(0, 1, 13, "#e7ecea")


def leaf(c: Canvas) -> None:
    c.shape("M-26 4C-14-16 12-16 26 0C12 16-14 18-26 4z", DAUN)
    c.line("M-26 4C-8-2 8-2 22 0", "#8fcf9f", 2)


def lemongrass(c: Canvas) -> None:
    c.line("M-28 12C-8 4 8-4 28-16M-28 12C-6 8 12 4 30-4M-28 12C-4 10 10 12 28 8", "#5fa35a", 5)
    c.line("M-30 13l24-9", "#e9efc9", 8)


def lime(c: Canvas) -> None:
    c.dot(0, 0, 19, "#5a9a3c")
    c.dot(0, 0, 16, "#e9f3c4")
    for turn in range(0, 360, 60):
        with c.moved(0, 0, turn):
            c.shape("M0-2l5-11h-10z", "#a8cf5f")


def orange(c: Canvas) -> None:
    c.dot(0, 0, 20, "#e07b12")
    c.dot(0, 0, 17, "#fff0d0")
    for turn in range(0, 360, 45):
        with c.moved(0, 0, turn):
            c.shape("M0-2l5.5-12h-11z", "#f7a11b")


def palm_sugar(c: Canvas) -> None:
    c.shape("M-22-6v12c0 8 44 8 44 0v-12z", "#7a4323")
    c.oval(0, -6, 22, 8, "#a5632e")


def roselle(c: Canvas) -> None:
    for turn in (-40, -14, 14, 40):
        with c.moved(0, 14, turn):
            c.oval(0, -18, 7, 17, "#a3153a" if abs(turn) > 20 else BUNGA)
    c.oval(0, 14, 9, 6, HIJAU)


def squid(c: Canvas) -> None:
    c.shape("M-10-20q10-12 20 0v22h-20z", "#e9b7a4")
    c.line("M-8 4q-4 8-8 12M-3 4q-2 9-2 14M3 4q2 9 2 14M8 4q4 8 8 12", "#d78f78", 4)
    c.dot(-4, -2, 2, "#5a2f16")
    c.dot(4, -2, 2, "#5a2f16")


def fish(c: Canvas) -> None:
    c.shape("M-26 0C-12-16 8-14 18-2L30-12v24L18 2C8 14-12 16-26 0z", "#7d93a3")
    c.shape("M-22 1C-10-8 6-8 14 0C6 10-10 12-22 1z", "#c3d1d8")
    c.dot(-17, -2, 2.4, "#14231b")


def shallot(c: Canvas) -> None:
    c.shape("M0-22c4 10 18 12 18 26s-10 15-18 15-18-1-18-15 14-16 18-26z", "#8a1f63")
    c.line("M-6-4q-6 9-2 20M6-4q6 9 2 20", "#c25a9a", 3)
