"""The hosting script as the facts of its meeting give it today, and as somebody edited it (S-182)."""

from __future__ import annotations

import dataclasses

from reporting.models import Reporter
from reporting.rules.basis_documents import cited
from reviews.rules.attendance import Member, identity, spoken_total
from reviews.rules.meetings import AgendaItemKind, MeetingState, SlotState
from reviews.rules.script import ItemFacts, ScriptFacts, SlotFacts, compose_script, count_warnings
from reviews.rules.titles import reporters_phrase

from .agenda import AgendaItem
from .meeting_facts import MeetingFacts, SlotLine, printed_reporter
from .meetings import HostingScript


def script_facts(facts: MeetingFacts) -> ScriptFacts:
    meeting = facts.meeting
    oral = [line.slot.reporter for line in facts.slots]
    done = sum(line.slot.state == SlotState.DONE for line in facts.slots)
    return ScriptFacts(
        committee=meeting.committee.display_name,
        title=meeting.title,
        basis=meeting.basis,
        cited=tuple(cited(title) for title in meeting.basis_documents.values_list("title", flat=True)),
        purpose=meeting.purpose,
        guests=tuple(guest.printed for guest in facts.guests),
        categories=tuple(line.group.name for line in facts.groups),
        total=spoken_total(meeting.total_text, facts.total),
        items=tuple(_item_facts(facts, line.item) for line in facts.items),
        slots=tuple(_slot_facts(line) for line in facts.slots) if facts.has_reports_item else (),
        # Those who did report, once that is known; until then those who are to (S-98).
        reported=done if meeting.state == MeetingState.CLOSED else len(oral),
        oral_phrase=_phrase(oral),
        written=tuple(printed_reporter(reporter) for reporter in facts.written),
        written_phrase=_phrase(facts.written),
        list_deadline=str(meeting.cycle.scheme.list_deadline),
        is_together=meeting.is_together,
    )


def _phrase(reporters: list[Reporter] | tuple[Reporter, ...]) -> str:
    kinds = {reporter.organization.kind for reporter in reporters}
    return reporters_phrase(kinds, [reporter.title for reporter in reporters])


def _item_facts(facts: MeetingFacts, item: AgendaItem) -> ItemFacts:
    meeting = facts.meeting
    host = meeting.host.person.name if meeting.host else ""
    # Names repeat (S-05): a guest who is called *** like the host does not become the host.
    own = item.kind in (AgendaItemKind.SECRETARY_SPEECH, AgendaItemKind.DEPLOYMENT)
    speaker = _with_post(facts, item.speaker) if item.kind == AgendaItemKind.SUPERIOR_SPEECH else item.speaker
    is_host = own and item.speaker == host != ""
    return ItemFacts(item.kind, item.title, speaker, is_host, item.printed_document, item.recipients)


def _with_post(facts: MeetingFacts, name: str) -> str:
    """A guest who speaks is announced by unit and post; the name as typed where two could be meant (S-05)."""
    named = [guest for guest in facts.guests if guest.name == name]
    found = [guest.printed for guest in named if identity(Member(guest.name, guest.unit)) is not None]
    return found[0] if len(named) == len(found) == 1 else name


def _slot_facts(line: SlotLine) -> SlotFacts:
    return SlotFacts(
        reporter=printed_reporter(line.slot.reporter),
        by_host=line.by_host,
        commenters=tuple(post.person.name for post in line.others),
    )


@dataclasses.dataclass(frozen=True)
class CurrentScript:
    """`text` is what would be printed now; `composed` what the facts give today.

    `is_stale`: somebody edited the text, and facts have changed since (S-182).
    """

    text: str
    composed: str
    row: HostingScript | None

    @property
    def is_edited(self) -> bool:
        return self.row is not None and self.row.is_edited

    @property
    def is_stale(self) -> bool:
        return self.is_edited and self.row is not None and self.row.generated != self.composed

    @property
    def revision(self) -> int:
        return self.row.revision if self.row else 0


def current_script(facts: MeetingFacts) -> CurrentScript:
    """Nobody's edits are overwritten; an unedited script simply follows the facts."""
    composed = compose_script(script_facts(facts))
    row = HostingScript.objects.filter(meeting=facts.meeting).first()
    edited = row is not None and row.is_edited
    return CurrentScript(row.text if row and edited else composed, composed, row)


def script_warnings(facts: MeetingFacts, script: CurrentScript) -> list[str]:
    """Counts typed into an edited script that disagree with the system's (S-200)."""
    return count_warnings(script.text, script_facts(facts)) if script.is_edited else []
