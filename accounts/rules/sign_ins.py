"""What a browser says about itself, in words that its owner recognizes."""

import re

_SYSTEMS = (
    (r"HarmonyOS|OpenHarmony", "鸿蒙设备"),
    (r"iPhone", "苹果手机"),
    (r"iPad", "苹果平板"),
    (r"Android", "安卓设备"),
    (r"Windows NT 6\.1", "Windows 7 电脑"),
    (r"Windows", "Windows 电脑"),
    (r"Macintosh|Mac OS X", "苹果电脑"),
    (r"UOS|Kylin|Linux|X11", "Linux 电脑（统信、麒麟等）"),
)
# Each names those after it as well, so the first that fits is meant.
_BROWSERS = (
    (r"wxwork", "企业微信"),
    (r"MicroMessenger", "微信"),
    (r"DingTalk", "钉钉"),
    (r"QQBrowser", "QQ 浏览器"),
    (r"QIHU|360SE|360EE", "360 浏览器"),
    (r"Edg", "Edge 浏览器"),
    (r"Firefox", "火狐浏览器"),
    (r"MSIE|Trident", "IE 浏览器"),
    (r"Chrome|Chromium", "Chrome 内核浏览器"),
    (r"Safari", "Safari 浏览器"),
)


def device_words(user_agent: str) -> str:
    """系统 and 浏览器 of a User-Agent header, e.g. Windows 电脑，Edge 浏览器."""
    found = [_first(_SYSTEMS, user_agent), _first(_BROWSERS, user_agent)]
    return "，".join(words for words in found if words) or "未知设备"


def _first(table: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((words for pattern, words in table if re.search(pattern, user_agent, re.IGNORECASE)), "")
