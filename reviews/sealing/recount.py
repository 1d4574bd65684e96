"""Count a sealed output anew: python3 recount.py ballot-output-7.json [--key VERIFY_KEY]

Needs Python 3.11 and nothing else: no database, no network, no package. It checks the signature, that every line has
exactly as many votes as the category has valid ballots, that what was given out and came back adds up, and that there
is one receipt for each ballot that could be read; then it counts every vote and prints the result. Exit code 1 when a
check fails. `--key` is the verify key printed on the result sheet (测评汇总); without it the one in the file is used,
which shows only that the file was not damaged since.

The file holds votes, not ballots: who holds it cannot see which votes came from one hand.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from decimal import Decimal

# --- Ed25519, to check a signature (RFC 8032), plainly and slowly ---------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _point(data):
    """A point from 32 bytes; None when there is no such point."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _add(total, point)
        point = _add(point, point)
        number >>= 1
    return total


def is_signed(data, signature, verify_key):
    """Whether `signature` (hexadecimal) of these bytes was made with the key of `verify_key` (hexadecimal)."""
    try:
        sig, key = bytes.fromhex(signature), bytes.fromhex(verify_key)
    except ValueError:
        return False
    if len(sig) != 64 or len(key) != 32:
        return False
    a, r, s = _point(key), _point(sig[:32]), int.from_bytes(sig[32:], "little")
    if a is None or r is None or s >= L:
        return False
    y = 4 * pow(5, -1, P) % P
    base = _point(y.to_bytes(32, "little"))
    h = int.from_bytes(hashlib.sha512(sig[:32] + key + data).digest(), "little") % L
    left, right = _times(s, base), _add(r, _times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- the file --------------------------------------------------------------------------------------


def wrap(text, signature, verify_key):
    """The file that is handed out: the signed text exactly as it was signed, and what checks it."""
    found = {"text": text, "sha256": hashlib.sha256(text.encode()).hexdigest(), "signature": signature}
    return json.dumps(found | {"verify_key": verify_key}, ensure_ascii=False)


def unwrap(data, key=""):
    """The output, and sentences about what is wrong with its wrapping."""
    file = json.loads(data)
    text = file["text"].encode()
    faults = []
    if hashlib.sha256(text).hexdigest() != file["sha256"]:
        faults.append("校验值不符：文件被改动过。")
    if key and key.lower() != file["verify_key"]:
        faults.append("文件中的验证公钥与测评汇总表上印的不同。")
    if not is_signed(text, file["signature"], key or file["verify_key"]):
        faults.append("签名不符：文件不是计票时写出的那一份。")
    return json.loads(text), faults


VOID = "void"  # a line of a paper ballot that is ticked twice or crossed out, since format 2

# --- counting --------------------------------------------------------------------------------------


def count(output):
    """{(category, reporter, line): Counter of marks}; a mark is written good, good:95, :95, void, or nothing (弃权)."""
    return {(row["category"], row["reporter"], row["line"]): Counter(row["votes"]) for row in output["votes"]}


def check(output):
    """Sentences about what does not add up."""
    faults, valid, together = [], Counter(), Counter()
    names = {pile["category"]: pile["name"] for pile in output["piles"]}
    for pile in output["piles"]:
        returned = pile["by_phone"] + pile["on_paper"]
        into = pile["category"] if pile["merged_into"] is None else pile["merged_into"]
        if pile["printed"] != pile["issued"] + pile["unissued"] + pile["spoiled"]:
            faults.append(f"{pile['name']}：印制数不等于发出、未发、作废之和。")
        if returned > pile["issued"]:
            faults.append(f"{pile['name']}：收回多于发出。")
        # Since format 3 those of a category that was merged stand with the one it was merged into.
        together[into] += returned - sum(pile[kind] or 0 for kind in ("valid", "invalid", "abstained"))
        valid[into] += pile["valid"] or 0
    faults += [f"{names[key]}：收回数不等于有效、无效、弃权之和。" for key, rest in together.items() if rest]
    lines = {(reporter["id"], line) for reporter in output["reporters"] for line in _lines(output, reporter)}
    expected = {(category, *line): number for category, number in valid.items() if number for line in lines}
    found = {key: sum(counter.values()) for key, counter in count(output).items()}
    if found != expected:
        faults.append("有的项目票数与有效票数不等，或者缺少项目。")
    phones = sum(pile["by_phone"] for pile in output["piles"])
    invalid = sum(pile["invalid"] or 0 for pile in output["piles"])
    if not phones - invalid <= len(output["receipts"]) <= phones or output["receipts"] != sorted(output["receipts"]):
        faults.append("验票码的个数与手机票数不符。")
    if len(set(output["receipts"])) != len(output["receipts"]):
        faults.append("有重复的验票码。")
    return faults


def _lines(output, reporter):
    items = reporter.get("items") or output["items"]
    return [item["id"] for item in items] + ([""] if output["overall"] else [])


def mean(output, counter):
    """Mean of the marks without abstentions and void ones, two places, half up; None when nothing is left."""
    worth = {grade["code"]: Decimal(grade["points"]) for grade in output["grades"]}
    total, votes = Decimal(0), 0
    for mark, number in counter.items():
        grade, _, points = mark.partition(":")
        if mark and mark != VOID:
            total += (Decimal(points) if points else worth[grade]) * number
            votes += number
    return (total / votes).quantize(Decimal("0.01"), "ROUND_HALF_UP") if votes else None


def report(output):
    """The result as lines of text."""
    names = {grade["code"]: grade["label"] for grade in output["grades"]}
    piles = {pile["category"]: pile for pile in output["piles"]}
    yield f"{output['meeting']}　{output['round']}"
    yield f"票箱：{output['box']['count']}张密封选票，校验值{output['box']['hash']}"
    for pile in output["piles"]:
        merged = f"，并入{piles[pile['merged_into']]['name']}计票" if pile["merged_into"] is not None else ""
        yield (
            f"{pile['name']}（{pile['label']}）：印制{pile['printed']} 发出{pile['issued']} 未发{pile['unissued']} "
            f"作废{pile['spoiled']}；手机收回{pile['by_phone']} 纸票收回{pile['on_paper']}{_kinds(pile)}{merged}"
        )
    counted = count(output)
    for reporter in output["reporters"]:
        yield f"\n{reporter.get('order', '')} {reporter.get('unit', '')}{reporter.get('name', '')}"
        titles = {item["id"]: item["name"] for item in reporter.get("items") or output["items"]} | {"": "总体评价"}
        for category, pile in piles.items():
            for line in _lines(output, reporter):
                counter = counted.get((category, reporter["id"], line))
                if counter:
                    words = "，".join(f"{_mark(mark, names)}{number}票" for mark, number in sorted(counter.items()))
                    yield f"  {pile['name']} {titles[line]}：{words}；平均{mean(output, counter)}"


def _kinds(pile):
    if pile["valid"] is None:
        return ""
    kinds = f"有效{pile['valid']} 无效{pile['invalid']} 弃权{pile['abstained']}"
    return f"；{kinds}{_shortcuts(pile)}"


def _shortcuts(pile):
    """Since format 2: ballots with lines that were filled all at once."""
    return f"（其中一次填好{pile['shortcuts']}）" if pile.get("shortcuts") else ""


def _mark(mark, names):
    grade, _, points = mark.partition(":")
    if mark == VOID:
        return "无效"
    return (names.get(grade, grade) + (f"{points}分" if points else "")) or "弃权"


def main(arguments=None):
    """Exit code 0 when everything adds up."""
    parser = argparse.ArgumentParser(description="重新计算密封输出")
    parser.add_argument("file", help="下载的密封输出")
    parser.add_argument("--key", default="", help="测评汇总表上印的验证公钥")
    options = parser.parse_args(arguments)
    with open(options.file, encoding="utf-8") as file:  # noqa: PTH123  # runs alone
        output, faults = unwrap(file.read(), options.key)
    faults += check(output)
    sys.stdout.write("\n".join(report(output)) + "\n\n")
    sys.stdout.write("".join(f"不符：{fault}\n" for fault in faults) or "核对无误：签名、票数、验票码都相符。\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
