"""Argon2 at the cost a two-core server with few workers can bear."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2Hasher(Argon2PasswordHasher):
    """OWASP's second choice: 19 MiB, two passes, one lane; Django's default is 100 MiB a hash."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
