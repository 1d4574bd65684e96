from .activations import Activation, hashed_code, people_to_activate
from .audit import AuditEntry
from .imports import Outcome, RegisterImport
from .lockouts import Lockout, lockouts_of
from .notices import Notice
from .organizations import Domain, Organization
from .people import Person, Post
from .sign_ins import SignIn
from .users import User

__all__ = [
    "Activation",
    "AuditEntry",
    "Domain",
    "Lockout",
    "Notice",
    "Organization",
    "Outcome",
    "Person",
    "Post",
    "RegisterImport",
    "SignIn",
    "User",
    "hashed_code",
    "lockouts_of",
    "people_to_activate",
]
