"""Role × URL of accounts. The township 甲乡 and its secretary are the objects looked at."""

from typing import Any

from accounts.models import ContactPoint, SignIn, User
from common import clock
from tests.accounts.workbooks import dry_run, organization, workbook
from tests.world import ROLES, World


def row(default: int, **other: int) -> dict[str, int]:
    """`default` for every role, with exceptions by name; an anonymous visitor is sent to the login page."""
    return dict.fromkeys(ROLES, default) | {"anonymous": 302} | other


REGISTER = {"clerk": 200, "administrator": 200}
# What lies in the county is not there for the neighbour; for a rater of a department neither.
TOWNSHIP = row(200, other_secretary=404, attendee=404, sibling_clerk=404)
KEEP_TOWNSHIP = row(403, **REGISTER, other_secretary=404, attendee=404, sibling_clerk=404)
# Class of the year and contact points are the department's above, not the administrator's.
STANDING = KEEP_TOWNSHIP | {"administrator": 403}

TABLE: dict[str, dict[str, int]] = {
    "accounts:login": row(302, anonymous=200),
    "accounts:logout": row(302),
    "accounts:activation_use": row(200, anonymous=200),
    "accounts:slip_list": row(403, **REGISTER, sibling_clerk=200),
    "accounts:proof_give": row(200),
    "accounts:second_factor_ask": row(302),
    "accounts:second_factor_show": row(403, **REGISTER, sibling_clerk=200),
    "accounts:second_factor_create": row(403, **REGISTER, sibling_clerk=200),
    # Nobody has one yet: there is nothing to renew, and taking nothing away changes nothing.
    "accounts:second_factor_codes": row(403),
    "accounts:second_factor_remove": row(302),
    "accounts:second_factor_reset": row(
        403, clerk=302, administrator=302, other_secretary=404, attendee=404, sibling_clerk=404
    ),
    "accounts:password_change": row(200),
    "accounts:email_edit": row(200),
    "accounts:organization_list": row(200),
    "accounts:organization_tree": row(200),
    "accounts:organization_create": row(403, **REGISTER, sibling_clerk=200),
    "accounts:organization_show": TOWNSHIP,
    "accounts:organization_edit": KEEP_TOWNSHIP,
    "accounts:person_create": KEEP_TOWNSHIP,
    "accounts:subordinate_create": KEEP_TOWNSHIP,
    "accounts:team_edit": KEEP_TOWNSHIP,
    "accounts:class_list": TOWNSHIP,
    "accounts:class_edit": STANDING,
    "accounts:contact_list": row(200),
    "accounts:contact_create": STANDING,
    "accounts:contact_show": TOWNSHIP,
    "accounts:contact_remove": STANDING,
    "accounts:visit_create": STANDING | {"leader": 200},
    "accounts:visit_edit": STANDING | {"leader": 200},
    "accounts:domain_list": row(403, **REGISTER, sibling_clerk=200),
    "accounts:person_list": row(403, **REGISTER, sibling_clerk=200),
    "accounts:person_show": TOWNSHIP,
    "accounts:person_edit": KEEP_TOWNSHIP,
    "accounts:post_create": KEEP_TOWNSHIP,
    "accounts:post_edit": KEEP_TOWNSHIP,
    "accounts:post_end": KEEP_TOWNSHIP,
    # POST without a login name: told what is missing on the person's page.
    "accounts:account_create": row(
        403, clerk=302, administrator=302, other_secretary=404, attendee=404, sibling_clerk=404
    ),
    "accounts:account_reset": KEEP_TOWNSHIP,
    "accounts:account_activate": row(
        403, clerk=302, administrator=302, other_secretary=404, attendee=404, sibling_clerk=404
    ),
    "accounts:account_unlock": row(
        403, clerk=302, administrator=302, other_secretary=404, attendee=404, sibling_clerk=404
    ),
    "accounts:check_list": row(403, **REGISTER, sibling_clerk=200),
    "accounts:import_create": row(403, **REGISTER, sibling_clerk=200),
    # The clerk's own dry run; others' are not there, and who imports nothing has none.
    "accounts:import_show": row(403, clerk=200, administrator=404, sibling_clerk=404),
    "accounts:import_confirm": row(404, clerk=302),
    "accounts:register_template": row(403, **REGISTER, sibling_clerk=200),
    "accounts:register_export": row(403, **REGISTER, sibling_clerk=200),
    "accounts:register_csv_export": row(403, **REGISTER, sibling_clerk=200),
    "accounts:account_sign_out": row(
        403, clerk=302, administrator=302, other_secretary=404, attendee=404, sibling_clerk=404
    ),
    "accounts:account_bind": row(
        403, clerk=302, administrator=302, other_secretary=404, attendee=404, sibling_clerk=404
    ),
    # Off while no provider is configured.
    "accounts:oidc_begin": row(404, anonymous=404),
    "accounts:oidc_return": row(404, anonymous=404),
    "accounts:oidc_prove": row(404),
    "accounts:proof_done": row(200),
    "accounts:sign_in_list": row(200),
    "accounts:sign_in_end": row(404, leader=302),
    "accounts:sign_in_end_others": row(302),
    "accounts:audit_list": row(403, **REGISTER, sibling_clerk=200),
    "accounts:audit_export": row(403, **REGISTER, sibling_clerk=200),
    "accounts:notice_list": row(200),
    "accounts:notice_read": row(302),
}


def _sign_in_of(user: User) -> SignIn:
    return SignIn.objects.create(user=user, session_key=f"of{user.pk}", at=clock.now(), device="Windows 电脑")


def objects(world: World) -> dict[str, dict[str, Any]]:
    secretary = world.user("secretary")
    # A second account in the same township is switched on and off, so that the first can still sign in.
    staff = world.user("staff")
    township, person = {"pk": world.township.pk}, {"pk": secretary.person_id}
    leader = world.user("leader").person.posts.get()
    contact = ContactPoint.objects.create(organization=world.township, leader=leader, year=2026)
    post = {"pk": secretary.person.posts.get().pk}
    row = organization(world.township.code, "甲镇党委", world.county.code)
    uploaded = {"pk": dry_run(workbook(organizations=[row]), world.user("clerk")).pk}
    return {
        "accounts:organization_show": township,
        "accounts:organization_edit": township,
        "accounts:subordinate_create": township,
        "accounts:team_edit": township,
        "accounts:class_list": township,
        "accounts:class_edit": township | {"year": 2026},
        "accounts:contact_create": township,
        "accounts:contact_show": {"pk": contact.pk},
        "accounts:contact_remove": {"pk": contact.pk},
        "accounts:visit_create": {"pk": contact.pk},
        "accounts:visit_edit": {"pk": contact.visits.create(date_text="X月X日", note="调研").pk},
        "accounts:person_create": {"organization_pk": world.township.pk},
        "accounts:person_show": person,
        "accounts:person_edit": person,
        "accounts:post_create": {"person_pk": secretary.person_id, "organization_pk": world.township.pk},
        "accounts:post_edit": post,
        "accounts:post_end": post,
        "accounts:account_create": person,
        "accounts:import_show": uploaded,
        "accounts:import_confirm": uploaded,
        "accounts:register_csv_export": {"kind": "people"},
        "accounts:account_reset": {"pk": staff.pk},
        "accounts:account_activate": {"pk": staff.pk},
        "accounts:account_unlock": {"pk": staff.pk},
        "accounts:second_factor_reset": {"pk": staff.pk},
        # Of an account that signs in nowhere else.
        "accounts:account_bind": {"pk": staff.pk},
        "accounts:account_sign_out": {"pk": staff.pk},
        "accounts:sign_in_end": {"pk": _sign_in_of(world.user("leader")).pk},
    }
