import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from common.flow import TransitionNotAllowed
from reporting.actions.notes import add_note, answer_note, remove_note
from reporting.actions.reports import return_report, submit_report
from reporting.models import DutyReport, ReportNote
from reporting.rules.notes import Anchor
from reporting.rules.refusals import NotePassageUnknown
from tests.reporting.rows import hand_in, write
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(world: World) -> DutyReport:
    return hand_in(world.reporter, by=world.user("secretary"))


def note_on(report: DutyReport, world: World, quote: str = "党课3次") -> ReportNote:
    return add_note(report, anchor=Anchor("", quote), text="写具体。", by=world.user("clerk"))


def test_a_note_finds_its_passage_and_is_written_down(world: World, report: DutyReport) -> None:
    note = note_on(report, world)
    assert (note.place, note.offset, note.round) == ("section-personal_duty", 4, 1)
    assert AuditEntry.objects.of(note).get().verb == "添加批注"


def test_masked_words_can_be_quoted(world: World, report: DutyReport) -> None:
    assert note_on(report, world, "走访***户").place == "section-main_responsibility"


def test_words_that_are_not_there_are_refused(world: World, report: DutyReport) -> None:
    with pytest.raises(NotePassageUnknown):
        note_on(report, world, "党课4次")


def test_authors_see_notes_only_once_the_report_comes_back(world: World, report: DutyReport) -> None:
    note = note_on(report, world)
    visible = ReportNote.objects.visible_to
    assert list(visible(world.user("secretary"))) == []
    return_report(report, reason="改", by=world.user("clerk"))
    assert {role for role in ROLES[1:] if note in visible(world.user(role))} == {"secretary", "staff", "clerk"}


def test_a_note_is_ticked_off_and_opened_again(world: World, report: DutyReport) -> None:
    note = note_on(report, world)
    return_report(report, reason="改", by=world.user("clerk"))
    note = answer_note(note, answer="已写明***村。", is_settled=True, by=world.user("staff"))
    assert (note.is_settled, note.settled_by, note.answer) == (True, world.user("staff"), "已写明***村。")
    assert not ReportNote.objects.open().exists()
    assert not answer_note(note, answer="", is_settled=False, by=world.user("staff")).is_settled


def test_what_was_handed_in_again_is_not_answered_any_more(world: World, report: DutyReport) -> None:
    note = note_on(report, world)
    report = return_report(report, reason="改", by=world.user("clerk"))
    submit_report(report, note="第2段已改。", by=world.user("secretary"))
    with pytest.raises(TransitionNotAllowed):
        answer_note(note, answer="", is_settled=True, by=world.user("secretary"))
    assert DutyReport.objects.get().submitted_version.note == "第2段已改。"
    assert note_on(report, world).round == 2


def test_a_note_that_was_seen_stays(world: World, report: DutyReport) -> None:
    seen, taken_back = note_on(report, world), note_on(report, world)
    remove_note(taken_back, by=world.user("clerk"))
    return_report(report, reason="改", by=world.user("clerk"))
    with pytest.raises(TransitionNotAllowed):
        remove_note(seen, by=world.user("clerk"))
    assert list(ReportNote.objects.all()) == [seen]


def test_nobody_notes_on_a_draft(world: World) -> None:
    report = write(world.other_reporter, by=world.user("other_secretary"))
    with pytest.raises(TransitionNotAllowed):
        note_on(report, world)


@pytest.mark.parametrize("role", ["secretary", "leader", "superior", "sibling_clerk", "administrator"])
def test_only_the_department_writes_and_removes_notes(world: World, report: DutyReport, role: str) -> None:
    note = note_on(report, world)
    with pytest.raises(PermissionDenied):
        add_note(report, anchor=Anchor("", ""), text="改", by=world.user(role))
    with pytest.raises(PermissionDenied):
        remove_note(note, by=world.user(role))


@pytest.mark.parametrize("role", ["clerk", "other_secretary", "leader"])
def test_only_the_authors_answer(world: World, report: DutyReport, role: str) -> None:
    note = note_on(report, world)
    return_report(report, reason="改", by=world.user("clerk"))
    with pytest.raises(PermissionDenied):
        answer_note(note, answer="", is_settled=True, by=world.user(role))
