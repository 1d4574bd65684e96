from .audit import AuditEntry
from .notices import Notice
from .organizations import Domain, Organization
from .people import Person, Post
from .users import User

__all__ = ["AuditEntry", "Domain", "Notice", "Organization", "Person", "Post", "User"]
