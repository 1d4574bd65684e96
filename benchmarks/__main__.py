"""`./dev bench [NAME …]`: runs the modules beside this one and prints a JSON object a line.

Each module has `run()`, which yields dictionaries:

    name     what was measured
    value    the figure, in `unit`
    against  what it was compared with in the same run, since absolute times mean little
    target   what it should reach, in words
    ok       whether it did

They work on an empty database of their own with every migration applied.
The exit code is 1 when something missed its target.
"""

import json
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import django
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

FIELDS = ("name", "value", "unit", "against", "target", "ok")


def names() -> list[str]:
    here = str(Path(__file__).parent)
    return sorted(module.name for module in pkgutil.iter_modules([here]) if not module.name.startswith("_"))


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(names())
    if unknown:
        sys.stderr.write(f"No benchmark {', '.join(sorted(unknown))}; there are: {', '.join(names())}\n")
        return 2
    django.setup()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    all_ok = True
    try:
        for name in wanted or names():
            for result in import_module(f"benchmarks.{name}").run():
                line = {field: result[field] for field in FIELDS}
                all_ok = all_ok and bool(line["ok"])
                print(json.dumps(line, ensure_ascii=False), flush=True)
    finally:
        teardown_databases(databases, verbosity=0)
    return 0 if all_ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
