"""What can be wrong with an inspection record (S-15)."""


class InspectionRefused(Exception):
    """The record cannot be taken; `str(error)` says why."""
