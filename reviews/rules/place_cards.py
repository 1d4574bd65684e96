"""What stands on a place card, and how big."""

SIZES = (150, 130, 110, 90, 75, 60, 48, 36, 24)  # points; each has its class in gb9704.css
FACE_POINTS = 540  # of the width of a face that a name may take


def card_text(name: str) -> str:
    """李　明: two characters stand as wide as three; a masked name gives no card."""
    text = "".join(name.split())
    if not any(sign.isalnum() for sign in text) or set(text) <= {"X", "x", "Ｘ"}:
        return ""
    return "　".join(text) if len(text) == 2 and not text.isascii() else text


def name_points(text: str) -> int:
    """The largest type size at which the name fits its face; Latin letters are half as wide."""
    width = sum(0.55 if sign.isascii() else 1.0 for sign in text)
    return next((points for points in SIZES if points * width <= FACE_POINTS), SIZES[-1])
