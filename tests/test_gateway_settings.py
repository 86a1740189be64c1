"""Half-set keys of the gateway are refused at start."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"MIDTRANS_SERVER_KEY": "SB-Mid-server-CONTOH"}, "Set both"),
        ({"MIDTRANS_MERCHANT_ID": "G1"}, "Set both"),
        ({"MIDTRANS_PRODUCTION": "1"}, "needs a production server key"),
        (
            {
                "MIDTRANS_PRODUCTION": "1",
                "MIDTRANS_SERVER_KEY": "SB-Mid-server-CONTOH",
                "MIDTRANS_MERCHANT_ID": "G1",
            },
            "needs a production server key",
        ),
        ({"QRIS_DINAMIS": "mungkin"}, "QRIS_DINAMIS"),
    ],
)
def test_a_half_set_gateway_does_not_start(values, said):
    ran = subprocess.run(
        [sys.executable, "-c", "import umkm_portal.settings"],
        env={**os.environ, **values, "DJANGO_SETTINGS_MODULE": "umkm_portal.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode
    assert said in ran.stderr


def test_sandbox_and_production_are_told_apart():
    asked = "import umkm_portal.settings as s; print(s.MIDTRANS_SNAP_URL, s.MIDTRANS_API_URL)"
    for values, said in [
        ({}, "https://app.sandbox.midtrans.com https://api.sandbox.midtrans.com"),
        (
            {
                "MIDTRANS_PRODUCTION": "1",
                "MIDTRANS_SERVER_KEY": "Mid-server-CONTOH",
                "MIDTRANS_MERCHANT_ID": "G1",
            },
            "https://app.midtrans.com https://api.midtrans.com",
        ),
    ]:
        environment = {**os.environ, **values, "DJANGO_SETTINGS_MODULE": "umkm_portal.settings"}
        ran = subprocess.run(
            [sys.executable, "-c", asked],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout.strip() == said
