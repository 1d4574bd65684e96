import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """A world has ten accounts; hashing their passwords properly would take most of the time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
