"""The portal's settings on the tests' own data directory and database, started when needed."""

import os

from umkm_portal import database, environment

os.environ.setdefault("DATA_DIR", str(environment.ROOT / "var/test"))
os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
database.ensure_running(environment.data_directory(), durable=False)
environment.kept_secrets(environment.data_directory())

from umkm_portal.settings import *  # noqa: E402, F403 only now is there an environment to read

# Accounts of the cast are made by the thousand; tests/accounts hash the real way.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405

# What one test counted is not shown to the next.
FACETS_SECONDS = 0
# No thread writes into the database of a test that is over.
COUNTS_FLUSH_SECONDS = 0
