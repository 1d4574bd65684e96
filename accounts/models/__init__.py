from .audit import AuditEntry
from .imports import Outcome, RegisterImport
from .lockouts import Lockout, lockouts_of
from .notices import Notice
from .organizations import Domain, Organization
from .people import Person, Post
from .users import User

__all__ = [
    "AuditEntry",
    "Domain",
    "Lockout",
    "Notice",
    "Organization",
    "Outcome",
    "Person",
    "Post",
    "RegisterImport",
    "User",
    "lockouts_of",
]
