"""Titles of basis documents as offices cite them (S-202)."""


def cited(title: str, number: str = "") -> str:
    """《title》（number）; a title that has its 《》 already, or is masked, keeps what it has."""
    text = title.strip()
    if text and not (text.startswith("《") and text.endswith("》")):
        text = f"《{text}》"
    return f"{text}（{number.strip()}）" if number.strip() else text
