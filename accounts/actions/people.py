"""Deeds on people, their posts and their accounts."""

import datetime as dt
from typing import Any

from axes.utils import reset
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.actions.audit import record, snapshot
from accounts.actions.sign_ins import close_sessions
from accounts.models import Organization, Person, Post, User
from accounts.permissions import can_give_post, can_manage_account, can_manage_person, can_manage_post
from accounts.rules.activations import new_code
from common.conflicts import check_revision


class AccountExists(ValueError):
    """The person has an account, perhaps since a moment ago."""

    def __init__(self) -> None:
        super().__init__("这名同志已经有账号，不能重复开通。")


class SecondFirstResponsible(IntegrityError):
    """Two first responsible persons on one day: what the database cannot compare is refused as if by it (S-06)."""


@transaction.atomic
def create_person(
    *, code: str, name: str, organization: Organization, title: str, role: str, by: User | None, **facts: Any
) -> Person:
    """Add a person with a first post; a person never stands without an organization. Raises PermissionDenied."""
    person = Person.objects.create(code=code, name=name)
    start_post(person, organization=organization, title=title, role=role, by=by, **facts)
    record(person, "新增人员", by=by, after=snapshot(person))
    return person


@transaction.atomic
def rename_person(person: Person, *, code: str, name: str, by: User) -> Person:
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not can_manage_person(by, person):
        raise PermissionDenied
    before = snapshot(person)
    person.code, person.name = code, name
    person.save()
    record(person, "修改人员", by=by, before=before, after=snapshot(person))
    return person


@transaction.atomic
def start_post(
    person: Person, *, organization: Organization, title: str, role: str, by: User | None, **facts: Any
) -> Post:
    """Give a person a post. A new first responsible person ends nobody's post by itself: the old one is ended first."""
    if by is not None and not can_give_post(by, role, organization, person):
        raise PermissionDenied
    post = Post(person=person, organization=organization, title=title, role=role, **facts)
    _refuse_rival(post)
    post.save()
    record(post, "任职", by=by, after=snapshot(post))
    return post


@transaction.atomic
def edit_post(post: Post, *, facts: dict[str, Any], seen: int | None = None, by: User) -> Post:
    """`seen` is the revision a form was made from (StaleRevision); a file that was compared under its own mark has none."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    role = facts.get("role", post.role)
    if not (can_manage_post(by, post) and can_give_post(by, role, post.organization, post.person)):
        raise PermissionDenied
    if seen is not None:
        check_revision(post.revision, seen)
    before = snapshot(post)
    for name, value in facts.items():
        setattr(post, name, value)
    _refuse_rival(post)
    post.revision += 1
    post.save()
    record(post, "修改任职", by=by, before=before, after=snapshot(post))
    return post


def _refuse_rival(post: Post) -> None:
    if post.is_first_responsible:
        # Whoever names a first responsible person waits here for the other who does.
        Organization.objects.select_for_update(no_key=True).get(pk=post.organization_id)
        if post.has_rival:
            raise SecondFirstResponsible


@transaction.atomic
def end_post(post: Post, *, end: dt.date, by: User) -> Post:
    """免职: the post's rights end with that day; reports stay with whoever held it (S-08)."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    if not can_manage_post(by, post):
        raise PermissionDenied
    before = snapshot(post)
    post.end = end
    post.revision += 1
    post.save(update_fields=["end", "revision"])
    record(post, "免职", by=by, before=before, after=snapshot(post))
    account = User.objects.filter(person=post.person_id).first()
    if account and not post.person.posts.current().exists():
        close_sessions(account)  # nothing is left that the account might do
    return post


@transaction.atomic
def open_account(person: Person, *, username: str, by: User) -> tuple[User, str]:
    """Give a person an account; returns it with the one-time password, which is shown once and never stored.

    Raises AccountExists, and ValidationError for a user name that is taken.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not can_manage_account(by, person):
        raise PermissionDenied
    if User.objects.filter(person=person).exists():
        raise AccountExists
    password = new_code()
    user = User(username=username, person=person, must_change_password=True)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    record(person, "开通账号", by=by, after={"username": username})
    return user, password


@transaction.atomic
def reset_password(user: User, *, by: User) -> str:
    """A fresh one-time password for somebody who forgot; returned once."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.person is None or not can_manage_account(by, user.person):
        raise PermissionDenied
    password = new_code()
    user.set_password(password)
    user.must_change_password = True
    user.save()
    reset(username=user.username)  # whoever forgot the password has mistyped it often enough
    close_sessions(user)
    record(user.person, "重置密码", by=by)
    return password


@transaction.atomic
def set_account_active(user: User, *, active: bool, by: User) -> User:
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.person is None or user.pk == by.pk or not can_manage_account(by, user.person):
        raise PermissionDenied
    if user.is_active == active:
        return user
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        close_sessions(user)
    record(user.person, "启用账号" if active else "停用账号", by=by)
    return user


class SubjectTaken(ValueError):
    """Two accounts were to belong to one identity."""

    def __init__(self) -> None:
        super().__init__("这个身份标识已经登记在另一个账号上，请核对。")


@transaction.atomic
def set_office_subject(user: User, subject: str, *, by: User) -> User:
    """Which identity of the office's provider may sign in to the account; empty for none. Raises SubjectTaken."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.person is None or not can_manage_account(by, user.person):
        raise PermissionDenied
    before = user.office_subject
    user.office_subject = subject.strip()[:255] or None
    if user.office_subject and User.objects.exclude(pk=user.pk).filter(office_subject=user.office_subject).exists():
        raise SubjectTaken
    user.save(update_fields=["office_subject"])
    values = ({"office_subject": before}, {"office_subject": user.office_subject})
    record(user.person, "登记身份标识", by=by, before=values[0], after=values[1])
    return user
