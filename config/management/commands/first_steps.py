"""`manage.py first_steps`: on an empty server, how the first account is made; nothing where there is one."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import User


class Command(BaseCommand):
    help = "还没有任何账号时，说明怎样建立第一个管理员账号。"

    def handle(self, **options: Any) -> None:
        if User.objects.exists():
            return
        self.stdout.write(
            "本系统还没有任何账号。请在另一个终端用同样的环境变量运行：\n"
            "  ./dev manage set_up_installation --organization 中国共产党××县委员会 --code 3300 --name 张三 --username admin\n"
            "它打印管理员的一次性密码；登录以后，首页一步一步引导到开始报送。"
        )
