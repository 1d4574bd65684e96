"""Taking what was deleted off the disk: why it did not work this time, in words for the page of the round."""

from django.utils.translation import gettext as _

# Whoever reads these tables meanwhile (a backup) holds the scrub up, and behind it the ballots of another round.
LOCK_WAIT = "2s"

# SQLSTATE: lock_not_available, object_in_use, disk_full.
BUSY = frozenset({"55P03", "55006"})
FULL = frozenset({"53100"})


def fault_words(sqlstate: str) -> str:
    """A sentence for whoever looks after the round; the database's own words stay in the log."""
    if sqlstate in BUSY:
        return _("有别的程序正在读票箱所在的表，例如正在做备份。")
    if sqlstate in FULL:
        return _("硬盘空间不足。")
    return _("数据库没有完成清除。")


def remnants_words() -> str:
    """An older snapshot still sees the rows, so the database had to keep them."""
    return _("有一个较早开始的读取（例如备份）还没有结束，数据库不得不为它保留已删除的行。")
