"""What may be filed as a due report (S-48)."""

KINDS = ("pdf", "docx")
