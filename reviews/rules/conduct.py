"""会议须知: what everybody in the hall is asked to keep to, unless the office wrote its own (practice.md 3.2)."""


def conduct_lines(typed: str, *, report_minutes: int, comment_minutes: int) -> list[str]:
    """One rule a line, as typed or the usual ones; without numbers, which the paper adds."""
    if typed.strip():
        return [line for line in typed.splitlines() if line.strip()]
    return [
        "请提前10分钟入场，按座次就座，并在签到处签到。",
        "着正装，中共党员佩戴党员徽章。",
        "会议期间请将手机调至静音或者关闭；使用手机评分的，只用于评分。",
        f"述职限时{report_minutes}分钟，点评限时{comment_minutes}分钟，剩余1分钟时有提示，请严格把握时间。",
        "因故不能参会的，须在会前向组织部门书面请假；述职人不能到会的，按书面述职办理。",
        "客观公正评议，独立填写，不相互打听、不泄露评分情况。",
        "会议材料注意保密，不得拍照、录音、外传。",
    ]
