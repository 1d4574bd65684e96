"""`manage.py reseal_second_factors`: after SECRET_KEY has changed, seal the keys of all second factors with the new one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.second_factors import reseal_second_factors


class Command(BaseCommand):
    help = "更换 SECRET_KEY 以后，用新的密钥重新加密全部二次验证密钥；原来的放在 SECRET_KEY_FALLBACKS 里。"

    def handle(self, *args: Any, **options: Any) -> None:
        resealed, unreadable = reseal_second_factors()
        self.stdout.write(f"已重新加密 {resealed} 个二次验证密钥。")
        if unreadable:
            raise CommandError(
                f"有 {len(unreadable)} 个密钥打不开：{'、'.join(unreadable)}。请把加密时用的 SECRET_KEY 放进 "
                "SECRET_KEY_FALLBACKS 后再试，或者在人员页面重置二次验证。"
            )
