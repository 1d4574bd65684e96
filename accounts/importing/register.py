"""What the register knows of the things a workbook names, fetched with a few queries for any number of rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from accounts.models import Domain, Organization, Person, Post, User
from accounts.permissions import can_manage_organization
from accounts.rules.import_sheets import ORGANIZATIONS, PEOPLE, POSTS
from accounts.rules.imports import ImportRow


def codes_of(rows: Iterable[ImportRow], field: str) -> set[str]:
    return {code for row in rows if isinstance(code := row.values.get(field), str) and code}


class Register:
    """`by` is who imports; what `by` may not see is known here, so that it can be refused, and never shown."""

    def __init__(self, rows: Sequence[ImportRow], *, by: User) -> None:
        self.by = by
        self.rows = {kind: [row for row in rows if row.kind == kind] for kind in (ORGANIZATIONS, PEOPLE, POSTS)}
        self.domains = {domain.name: domain for domain in Domain.objects.all()}
        self.by_id = self._fetch_organizations()
        self.organizations = {organization.code: organization for organization in self.by_id.values()}
        visible = Organization.objects.visible_to(by).filter(pk__in=self.by_id)
        self.visible_organizations = set(visible.values_list("code", flat=True))
        self.people, self.visible_people = self._fetch_people()
        self.posts = self._fetch_posts()

    def _fetch_organizations(self) -> dict[int, Organization]:
        """Those named by their codes and all above them, which a loop may run through."""
        organizations, posts = self.rows[ORGANIZATIONS], self.rows[POSTS]
        codes = codes_of(organizations, "code") | codes_of(organizations, "parent") | codes_of(posts, "organization")
        named = {each.pk: each for each in Organization.objects.filter(code__in=codes)}
        above = {pk for each in named.values() for pk in each.ancestor_ids} - set(named)
        return named | Organization.objects.in_bulk(above)

    def _fetch_people(self) -> tuple[dict[str, Person], set[str]]:
        codes = codes_of(self.rows[PEOPLE], "code") | codes_of(self.rows[POSTS], "person")
        people = {person.code: person for person in Person.objects.filter(code__in=codes)}
        visible = Person.objects.visible_to(self.by).filter(pk__in=[person.pk for person in people.values()])
        return people, set(visible.values_list("code", flat=True))

    def _fetch_posts(self) -> dict[str, list[Post]]:
        """By the code of the organization: all posts of those that the file gives posts in."""
        codes = codes_of(self.rows[POSTS], "organization") & self.visible_organizations
        posts = Post.objects.filter(organization__code__in=codes).select_related("person", "organization")
        found: dict[str, list[Post]] = defaultdict(list)
        for post in posts.order_by("pk"):
            found[post.organization.code].append(post)
        return found

    def may_manage(self, code: str) -> bool:
        organization = self.organizations.get(code)
        return organization is not None and can_manage_organization(self.by, organization)

    def sees(self, code: str) -> bool:
        return code in self.visible_organizations

    def label(self, code: str) -> str:
        """Name and code, where the reader may know the name."""
        return self.organizations[code].label if self.sees(code) else code
