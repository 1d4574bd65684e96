"""Bytes as text that can be read aloud and typed: Crockford's base 32, without I, L, O and U."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def to_letters(data: bytes) -> str:
    """Five bits a letter, the first bits first; the last letter is filled up with noughts."""
    bits = int.from_bytes(data, "big")
    missing = -len(data) * 8 % 5
    count = (len(data) * 8 + missing) // 5
    bits <<= missing
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(count)))


def from_letters(text: str) -> bytes:
    """The whole bytes in it. Raises ValueError when it is not made of such letters."""
    bits = 0
    for letter in text:
        bits = bits << 5 | ALPHABET.index(letter)
    size = len(text) * 5 // 8
    return (bits >> len(text) * 5 - size * 8).to_bytes(size, "big")


def tidy(text: str) -> str:
    """What somebody typed, as it was meant: without spaces and dashes, O as 0, I and L as 1; full width as well."""
    kept = [chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text]
    return "".join(c for c in "".join(kept).upper().translate(_MISREAD) if c.isalnum())


def are_letters(text: str) -> bool:
    return bool(text) and all(letter in ALPHABET for letter in text)


def in_groups(text: str, size: int = 4) -> str:
    """7K3M-9QXT-2BHF-C8W4."""
    return "-".join(text[start : start + size] for start in range(0, len(text), size))
