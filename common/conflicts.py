"""Two people, one form: the later save is told, never silently wins."""


class StaleRevision(Exception):
    """The row changed since the form was opened; the view shows both texts."""

    def __init__(self, current_revision: int) -> None:
        self.current_revision = current_revision
        super().__init__("您打开页面之后，已有人修改了这项内容。请核对双方的内容后再保存。")


def check_revision(current: int, seen: int) -> None:
    """Raise StaleRevision unless the form was made from the row as it stands."""
    if current != seen:
        raise StaleRevision(current)
