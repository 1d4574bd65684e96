"""What `manage.py migrate` and `manage.py check --database default` say about the server."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

# The text of a failed statement holds what somebody wrote. A full disk once put hundreds of
# ballots into an error log this way.
SILENT = {"log_min_error_statement": "panic", "log_parameter_max_length_on_error": "0"}


@register(Tags.database)
def postgres_keeps_statements_to_itself(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            for name, wanted in SILENT.items():
                cursor.execute(f"SHOW {name}")
                (value,) = cursor.fetchone()
                if value != wanted:
                    found.append(
                        Error(
                            f"PostgreSQL has {name} = {value}, so that what people write may appear in its log.",
                            hint=f"ALTER SYSTEM SET {name} = '{wanted}'; SELECT pg_reload_conf();",
                            id="config.E001",
                        )
                    )
    return found
