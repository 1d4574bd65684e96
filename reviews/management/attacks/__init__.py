"""Tries to find out who voted what, with everything that a database administrator can read (docs/ballot-secrecy.md)."""
