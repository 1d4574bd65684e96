"""The figures, as they are copied into docs/ballot-secrecy.md."""

from __future__ import annotations

from collections.abc import Callable

from reviews.management.attacks.linking import relation_line
from reviews.management.attacks.run import Report
from tests.attack.story import Story


def tell(report: Report, story: Story, say: Callable[[str], None]) -> int:
    best, closest = report.best, report.closest
    say(
        f"投票{report.voters}人，办了{report.halls}场；第一场有对照{report.pairs}对，次序互不相同的{len(report.attacks)}种；"
        f"其中{report.lucky}种越线，换人重做{report.halls - 1}场后还越线的{sum(a.succeeds for a in report.attacks)}种。"
    )
    say(f"逐个对上最多的一种：{best.rate:.1%}（{best.name}）；碰运气加三倍标准差为{best.line:.1%}。")
    say(
        f"次序最相像的一种：相关{closest.relation:+.3f}（{closest.name}）；"
        f"碰运气的三倍标准差为±{relation_line(closest.linked):.3f}。"
    )
    for name, rate in report.planted.items():
        say(f"普通设计——{name}：对上{rate:.1%}。")
    say(f"防不住的——两个信封、备份里的票箱、会场网络的记录三样凑齐：对上{story.collusion:.1%}。")
    for leak in report.leaks:
        say(f"泄露：{leak}")
    for attack in report.attacks:
        if attack.succeeds:
            say(f"攻破：{attack.name}，对上{attack.rate:.1%}，相关{attack.relation:+.3f}。")
    if not report.holds:
        say("结论：有办法对上人和票，不能用于无记名测评。")
        return 1
    if not report.planted_falls or story.collusion < 1:
        say("结论：普通设计没有全部攻破，本次检验没有意义。")
        return 1
    say("结论：没有一种办法比碰运气更好；普通设计全部攻破。")
    return 0
