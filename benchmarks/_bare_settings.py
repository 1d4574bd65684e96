"""The product's own settings without its middleware and pages."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks._bare"
MIDDLEWARE: list[str] = []
