"""Demand for seats as Hypothesis invents it, and by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from events.allocation import allocate
from events.turns import (
    Applicant,
    Cell,
    Demand,
)

NEWYEAR = date(2026, 1, 1)
KECAMATAN = ["", "31.74.01", "31.74.02"]
OFFICES = [None, 1, 2]
SECTORS = ["", "kuliner", "fashion"]


def asks(business: int, **values) -> Applicant:
    """Never had a place, waits since New Year, all papers there, from Tebet, sells food."""
    known = {"kecamatan": "31.74.01", "sector": "kuliner", "waiting_since": NEWYEAR}
    return Applicant(business, **{**known, "complete": 100, **values})


@st.composite
def demands(draw_, *, holders: bool = True) -> Demand:
    scopes = draw_(
        st.lists(
            st.tuples(
                st.sampled_from(OFFICES), st.sampled_from(KECAMATAN), st.sampled_from(SECTORS)
            ),
            unique=True,
            max_size=5,
        )
    )
    cells = [
        Cell(key, draw_(st.integers(0, 6)), kecamatan, office, sector)
        for key, (office, kecamatan, sector) in enumerate(scopes, 1)
    ]
    applicants = [
        Applicant(
            business,
            kecamatan=draw_(st.sampled_from(KECAMATAN[1:])),
            sector=draw_(st.sampled_from(SECTORS[1:])),
            office=draw_(st.sampled_from(OFFICES)),
            waiting_since=NEWYEAR + timedelta(days=draw_(st.integers(0, 2))),
            places=draw_(st.integers(0, 2)),
            no_shows=draw_(st.integers(0, 1)),
            complete=draw_(st.sampled_from([50, 100])),
            newcomer=draw_(st.booleans()),
            holds=holders and draw_(st.integers(0, 5)) == 0,
            override=draw_(st.sampled_from(["", "", "", "Tuan rumah"])),
        )
        for business in range(1, draw_(st.integers(0, 30)) + 1)
    ]
    return Demand(
        seats=draw_(st.integers(0, 20)),
        seed=draw_(st.sampled_from(["a", "b"])),
        applicants=applicants,
        cells=cells,
        newcomers_percent=draw_(st.sampled_from([0, 20, 50, 100])),
        pool_open=draw_(st.booleans()),
    )


def seated(demand: Demand) -> set[int]:
    return {turn.applicant.business for turn in allocate(demand).seated}


def as_held(demand: Demand) -> Demand:
    """The same day after its result was written down."""
    inside = seated(demand)
    people = [replace(who, holds=who.business in inside) for who in demand.applicants]
    return replace(demand, applicants=people)
