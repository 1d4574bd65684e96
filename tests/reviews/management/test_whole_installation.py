"""`./dev attack` at a small size: an installation as a server runs it, a hall that votes over HTTP, and every trace of it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.attack.story import told_since
from tests.stack import ROOT

VOTERS = 20


def test_a_whole_installation_gives_nobody_away_and_every_planted_design_falls() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("takes a minute; runs with the whole suite on a real PostgreSQL")
    command = [sys.executable, "-m", "tests.attack", "--voters", str(VOTERS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    said = done.stdout
    assert done.returncode == 0, said + done.stderr[-3000:]
    assert "没有一种办法比碰运气更好；普通设计全部攻破。" in said
    # Half of the hall had voted; one in twelve changes his mind, which is another row.
    assert re.search(r"恢复到投票中途：票箱1[0-2]行。", said)
    assert re.search(r"恢复到封箱后：票箱22行。", said)
    assert "恢复到清除残留后：票箱0行。" in said
    planted = re.findall(r"普通设计——.*：对上(.*)%。", said)
    assert len(planted) == 8
    assert all(float(rate) >= 99 for rate in planted)
    assert "三样凑齐：对上100.0%。" in said


def test_the_clock_in_a_log_is_no_trace_of_a_voter(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    log.write_text("before the vote\n")
    size = log.stat().st_size
    with log.open("a") as more:
        more.write("Task reviews.schedule.scrub_waiting_boxes[1] received\n")
        more.write("POST /r/1/ballot\nTask documents.tasks.render_document[2] received\n")
    assert told_since(log, size) == 2
