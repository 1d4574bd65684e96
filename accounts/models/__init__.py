from .audit import AuditEntry
from .lockouts import Lockout, lockouts_of
from .notices import Notice
from .organizations import Domain, Organization
from .people import Person, Post
from .users import User

__all__ = ["AuditEntry", "Domain", "Lockout", "Notice", "Organization", "Person", "Post", "User", "lockouts_of"]
