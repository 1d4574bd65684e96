"""What a production server must be told; it refuses to start and names all that is wrong."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "REDIS_URL")
SHORTEST_KEY = 40


def problems(environment: Mapping[str, str]) -> list[str]:
    """One sentence for each missing or unsafe value."""
    given = {name: value.strip() for name, value in environment.items()}
    missing = [name for name in REQUIRED if not given.get(name)]
    unsafe = [(name, sentence) for name, is_unsafe, sentence in _dangers(given) if is_unsafe and name not in missing]
    return [f"{name} is missing" for name in missing] + [f"{name} {sentence}" for name, sentence in unsafe]


def refuse_unsafe(environment: Mapping[str, str]) -> None:
    found = problems(environment)
    if found:
        raise ImproperlyConfigured(
            f"This server does not start. {'; '.join(found)}. (LOCAL=true is for one's own machine.)"
        )


def _dangers(given: Mapping[str, str]) -> list[tuple[str, bool, str]]:
    """Name, whether it is unsafe, and what it must be."""
    key, database = given.get("SECRET_KEY", ""), given.get("DATABASE_URL", "")
    hosts, origins = _list(given, "ALLOWED_HOSTS"), _list(given, "CSRF_TRUSTED_ORIGINS")
    is_short = len(key) < SHORTEST_KEY or len(set(key)) < 10
    is_plain = _is_on(given, "HTTPS", default=True) and not all(o.startswith("https://") for o in origins)
    return [
        ("SECRET_KEY", is_short or "change" in key.lower(), f"must be {SHORTEST_KEY} random characters or more"),
        (
            "ALLOWED_HOSTS",
            any(host in ("*", ".") or "example" in host for host in hosts),
            "must list the real names of this server",
        ),
        (
            "BOOTH_HOSTS",
            bool(set(_list(given, "BOOTH_HOSTS")) & set(hosts)),
            "must be other names than ALLOWED_HOSTS, else a sign-in cookie travels into the voting booth",
        ),
        ("CSRF_TRUSTED_ORIGINS", is_plain, "must begin with https:// (or set HTTPS=false)"),
        (
            "DATABASE_URL",
            not database.startswith(("postgres://", "postgresql://")) or "change" in database.lower(),
            "must be a postgresql:// address with a password of your own",
        ),
        (
            "REDIS_URL",
            not given.get("REDIS_URL", "").startswith(("redis://", "rediss://", "unix://")),
            "must be a redis:// address",
        ),
        *_identity_dangers(given),
        ("DEBUG", _is_on(given, "DEBUG"), "must be off"),
        ("DEMO", _is_on(given, "DEMO"), "must be off: its passwords are public"),
    ]


def _identity_dangers(given: Mapping[str, str]) -> list[tuple[str, bool, str]]:
    """Of sign-in by the office's identity provider, where one is named."""
    issuer = given.get("OIDC_ISSUER", "")
    is_plain = _is_on(given, "HTTPS", default=True) and not issuer.startswith("https://")
    by_name = given.get("OIDC_CLAIM", "") in ("name", "given_name", "family_name", "nickname")
    unknown = given.get("OIDC_MATCH", "") not in ("", "subject", "username", "person_code")
    found = [
        ("OIDC_ISSUER", is_plain, "must begin with https:// (or set HTTPS=false)"),
        ("OIDC_CLIENT_ID", not given.get("OIDC_CLIENT_ID"), "must be set with OIDC_ISSUER"),
        ("OIDC_CLIENT_SECRET", not given.get("OIDC_CLIENT_SECRET"), "must be set with OIDC_ISSUER"),
        ("OIDC_CLAIM", by_name, "must not be a name: names repeat"),
        ("OIDC_MATCH", unknown, "must be subject, username or person_code"),
    ]
    return found if issuer else []


def _list(given: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in given.get(name, "").split(",") if part.strip()]


def _is_on(given: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    value = given.get(name, "").lower()
    return value in ("1", "true", "yes", "on", "y", "t", "ok") if value else default
