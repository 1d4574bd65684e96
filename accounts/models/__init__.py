from .activations import Activation, hashed_code, people_to_activate
from .audit import AuditEntry
from .classes import OrganizationClass
from .contacts import ContactPoint, ContactVisit
from .imports import Outcome, RegisterImport
from .lockouts import Lockout, lockouts_of
from .notices import Notice
from .organizations import Domain, Organization
from .people import Person, Post
from .second_factors import AppDevice, RecoveryCode, hashed_recovery_code, second_factor_of
from .sign_ins import SignIn
from .users import User
from .years import OrganizationYear, organization_year

__all__ = [
    "Activation",
    "AppDevice",
    "AuditEntry",
    "ContactPoint",
    "ContactVisit",
    "Domain",
    "Lockout",
    "Notice",
    "Organization",
    "OrganizationClass",
    "OrganizationYear",
    "Outcome",
    "Person",
    "Post",
    "RecoveryCode",
    "RegisterImport",
    "SignIn",
    "User",
    "hashed_code",
    "hashed_recovery_code",
    "lockouts_of",
    "organization_year",
    "people_to_activate",
    "second_factor_of",
]
