import pytest

from accounts.rules.sign_ins import device_words


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
            "Windows 电脑，Edge 浏览器",
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/86.0 Safari/537.36",
            "Windows 7 电脑，Chrome 内核浏览器",
        ),
        ("Mozilla/5.0 (X11; Linux aarch64) Gecko/20100101 Firefox/115.0", "Linux 电脑（统信、麒麟等），火狐浏览器"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 MicroMessenger/8.0 wxwork/4.1",
            "苹果手机，企业微信",
        ),
        ("Mozilla/5.0 (Linux; Android 13; V2) Chrome/110.0 Mobile Safari/537.36", "安卓设备，Chrome 内核浏览器"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_told_as_its_owner_knows_it(agent: str, words: str) -> None:
    assert device_words(agent) == words
