"""Who may do what with a document. Whether somebody may ask for one is decided where its content is known."""

from accounts.models import User
from accounts.rules.roles import Role
from documents.models import Document


def can_show_document(user: User, document: Document) -> bool:
    return Document.objects.visible_to(user).filter(pk=document.pk).exists()


def can_retry_document(user: User, document: Document) -> bool:
    """Who asked for it, and who keeps the papers of the committee."""
    if document.requested_by_id == user.pk:
        return user.is_active
    return user.has_role(Role.ORGANIZATION_DEPARTMENT, document.committee)
