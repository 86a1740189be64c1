import pytest
from cryptography.fernet import Fernet

from umkm_portal.lib.crypto import Undecryptable, decrypt, digest, encrypt, rotate


def test_what_is_locked_opens_again_and_looks_different_each_time():
    assert decrypt(encrypt("3174094506900003")) == "3174094506900003"
    assert encrypt("a") != encrypt("a")


def test_an_old_key_still_opens_and_a_new_one_takes_over(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [old]
    token = encrypt("rahasia")
    settings.ENCRYPTION_KEYS = [new, old]
    assert decrypt(token) == "rahasia"
    token = rotate(token)
    settings.ENCRYPTION_KEYS = [new]
    assert decrypt(token) == "rahasia"


def test_a_lost_key_or_a_changed_text_says_so(settings):
    token = encrypt("rahasia")
    with pytest.raises(Undecryptable):
        decrypt(token[:-4] + "AAAA")
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    for job in (decrypt, rotate):
        with pytest.raises(Undecryptable):
            job(token)


def test_the_digest_needs_its_key(settings):
    first = digest("3174094506900003")
    assert first == digest("3174094506900003")
    assert len(first) == 64
    settings.DIGEST_KEY = "y" * 60
    assert digest("3174094506900003") != first
