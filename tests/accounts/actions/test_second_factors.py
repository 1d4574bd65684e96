"""Set up, asked for, taken away; what is kept of it and what is not."""

import base64
import datetime as dt
import time
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.actions.second_factors import (
    SecondFactorRefused,
    check_second_factor,
    remove_second_factor,
    renew_recovery_codes,
    reset_second_factor,
    set_up_second_factor,
)
from accounts.models import AuditEntry, RecoveryCode, User, second_factor_of
from accounts.models.sealed_keys import open_key
from tests.world import World

pytestmark = pytest.mark.django_db

KEY = "31323334353637383930" * 2
START = dt.datetime(2027, 1, 5, 1, 0, tzinfo=dt.UTC)


def token_now() -> str:
    return f"{totp(bytes.fromhex(KEY)):06d}"


@pytest.fixture
def traveller():
    with time_machine.travel(START, tick=False) as travelling:
        yield travelling


@pytest.fixture
def clerk(world: World) -> User:
    return world.user("clerk")


@pytest.fixture
def codes(clerk: User, traveller) -> list[str]:
    codes = set_up_second_factor(clerk, key=KEY, token=token_now(), by=clerk)
    traveller.shift(dt.timedelta(seconds=60))
    return codes


def test_setting_up_needs_what_the_app_shows_and_gives_ten_codes_that_are_not_kept(
    codes: list[str], clerk: User
) -> None:
    assert len(set(codes)) == 10
    assert not RecoveryCode.objects.filter(code_hash__in=codes).exists()
    assert AuditEntry.objects.of(clerk.person).get(verb="启用二次验证").actor == clerk


@pytest.mark.parametrize("token", ["000000", "", "abcdef"])
def test_a_wrong_token_sets_nothing_up(clerk: User, traveller, token: str) -> None:
    with pytest.raises(SecondFactorRefused, match="动态码不正确"):
        set_up_second_factor(clerk, key=KEY, token=token, by=clerk)
    assert TOTPDevice.objects.count() == 0


def test_secretaries_have_none(world: World, traveller) -> None:
    with pytest.raises(PermissionDenied):
        set_up_second_factor(world.user("secretary"), key=KEY, token=token_now(), by=world.user("secretary"))


def test_nobody_sets_one_up_for_another(world: World, clerk: User, traveller) -> None:
    with pytest.raises(PermissionDenied):
        set_up_second_factor(clerk, key=KEY, token=token_now(), by=world.user("administrator"))


def test_a_token_counts_once(codes: list[str], clerk: User) -> None:
    token = token_now()
    check_second_factor(clerk, code=f" {token[:3]} {token[3:]} ")
    with pytest.raises(SecondFactorRefused):
        check_second_factor(clerk, code=token)


def test_a_recovery_code_counts_once_however_it_is_typed(codes: list[str], clerk: User, traveller) -> None:
    check_second_factor(clerk, code=codes[3].upper().replace("-", " "))
    with pytest.raises(SecondFactorRefused):
        check_second_factor(clerk, code=codes[3])
    assert clerk.recovery_codes.unused().count() == 9
    assert AuditEntry.objects.of(clerk.person).filter(verb="使用恢复码").count() == 1


def test_wrong_codes_make_the_next_wait_longer(codes: list[str], clerk: User, traveller) -> None:
    for number in range(4):
        with pytest.raises(SecondFactorRefused, match="不正确"):
            check_second_factor(clerk, code="abcd-abcd-abcd" if number % 2 else "000000")
        with pytest.raises(SecondFactorRefused, match="秒后再试"):
            check_second_factor(clerk, code=token_now())  # even the right one
        traveller.shift(dt.timedelta(seconds=2**number + 1))
    check_second_factor(clerk, code=token_now())


def test_new_codes_void_the_old(codes: list[str], clerk: User) -> None:
    fresh = renew_recovery_codes(clerk, by=clerk)
    with pytest.raises(SecondFactorRefused):
        check_second_factor(clerk, code=codes[0])
    assert not set(fresh) & set(codes)


def test_it_is_removed_by_its_owner_unless_the_installation_asks_for_it(
    codes: list[str], clerk: User, settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    with pytest.raises(PermissionDenied):
        remove_second_factor(clerk, by=clerk)
    settings.SECOND_FACTOR_REQUIRED = False
    remove_second_factor(clerk, by=clerk)
    assert second_factor_of(clerk) is None
    assert RecoveryCode.objects.count() == 0


def test_the_administrator_resets_it_with_a_trace(codes: list[str], clerk: User, world: World) -> None:
    with pytest.raises(PermissionDenied):
        reset_second_factor(clerk, by=clerk)
    with pytest.raises(PermissionDenied):
        reset_second_factor(clerk, by=world.user("leader"))
    reset_second_factor(clerk, by=world.user("administrator"))
    assert second_factor_of(clerk) is None
    assert AuditEntry.objects.of(clerk.person).get(verb="重置二次验证").actor == world.user("administrator")


def test_the_clock_of_the_telephone_may_be_half_a_minute_off(codes: list[str], clerk: User, traveller) -> None:
    early = f"{totp(bytes.fromhex(KEY), t0=0, drift=1):06d}"
    assert time.time() == (START + dt.timedelta(seconds=60)).timestamp()
    check_second_factor(clerk, code=early)


# --- The key at rest ------------------------------------------------------------------------------------


def stored_key(user: User) -> str:
    """What a copy of the database would show."""
    return TOTPDevice.objects.values_list("key", flat=True).get(user_id=user.pk)


def test_a_copy_of_the_database_does_not_hold_the_key(codes: list[str], clerk: User) -> None:
    stored = stored_key(clerk)
    secret = bytes.fromhex(KEY)
    forms = (KEY, KEY.upper(), base64.b64encode(secret).decode(), base64.b32encode(secret).decode())
    assert [form for form in forms if form in stored] == []
    assert open_key(stored, user_id=clerk.pk) == secret
    check_second_factor(clerk, code=token_now())


def test_a_key_moved_to_another_account_or_put_there_in_clear_opens_nothing(
    codes: list[str], clerk: User, world: World
) -> None:
    other = world.user("administrator")
    set_up_second_factor(other, key="ff" * 20, token=f"{totp(bytes.fromhex('ff' * 20)):06d}", by=other)
    for planted in (stored_key(clerk), KEY):
        TOTPDevice.objects.filter(user_id=other.pk).update(key=planted, throttling_failure_count=0)
        with pytest.raises(SecondFactorRefused, match="请改用恢复码"):
            check_second_factor(other, code=token_now())


def test_a_new_secret_key_opens_with_the_old_one_beside_it_and_seals_anew(
    codes: list[str], clerk: User, settings
) -> None:
    before, settings.SECRET_KEY = settings.SECRET_KEY, "a-new-secret-key-of-the-installation-0123456789"
    with pytest.raises(CommandError, match="clerk"):
        call_command("reseal_second_factors")
    with pytest.raises(SecondFactorRefused, match="请改用恢复码"):
        check_second_factor(clerk, code=token_now())
    settings.SECRET_KEY_FALLBACKS = [before]
    call_command("reseal_second_factors")
    settings.SECRET_KEY_FALLBACKS = []
    check_second_factor(clerk, code=token_now())


def test_keys_of_before_are_sealed_by_the_migration_once_and_opened_on_the_way_back(clerk: User) -> None:
    migration = import_module("accounts.migrations.0013_keys_of_second_factors_are_sealed")
    TOTPDevice.objects.create(user=clerk, name="app", key=KEY, confirmed=True)
    migration.seal_keys(apps, None)
    sealed = stored_key(clerk)
    assert open_key(sealed, user_id=clerk.pk) == bytes.fromhex(KEY)
    migration.seal_keys(apps, None)
    assert stored_key(clerk) == sealed
    migration.open_keys(apps, None)
    assert stored_key(clerk) == KEY
