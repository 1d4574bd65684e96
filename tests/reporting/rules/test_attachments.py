from reporting.rules.attachments import AttachmentLimits, no_room

MB = 1024 * 1024
LIMITS = AttachmentLimits(count=3, total_bytes=10 * MB)


def test_what_fits_to_the_last_byte_fits() -> None:
    assert no_room([MB, MB], [8 * MB], LIMITS) == ""


def test_too_many_are_counted() -> None:
    assert "最多带3个附件，现有2个，这次选了2个" in no_room([1, 1], [1, 1], LIMITS)


def test_too_large_together_is_said_in_megabytes() -> None:
    assert "不超过10兆，现有9兆，这次选了1.5兆" in no_room([9 * MB], [MB + MB // 2], LIMITS)
