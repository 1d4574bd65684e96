"""What the parts of an office file can hold: XML knows most control characters not at all."""

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_text(text: str) -> str:
    return _UNWRITABLE.sub("", text)
