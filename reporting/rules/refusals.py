"""Why a deed is refused, in words for the person in front of the screen."""


class Refusal(Exception):
    """Base of the named refusals of this app; `sentences` are shown one under the other."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = list(sentences)
        super().__init__("".join(sentences))


class CycleClosed(Refusal):
    """A closed year is readable and unchangeable (S-28)."""

    def __init__(self) -> None:
        super().__init__("本年度已经办结，材料只能查看，不能再修改。")


class CycleExists(Refusal):
    """A committee has one cycle for a year (S-28)."""


class SchemeFrozen(Refusal):
    """The scheme is in use (S-119)."""


class SchemeInvalid(Refusal):
    """The scheme does not add up, or something in it is still needed."""


class ReportAttachmentRefused(Refusal):
    """A file cannot be put beside the report or taken out this way (S-73)."""


class ReporterRefused(Refusal):
    """A reporter cannot be added, changed or removed this way (S-63, S-65)."""


class ReportIncomplete(Refusal):
    """A report cannot be submitted; each sentence names what is missing (S-66 to S-68)."""


class ReminderRefused(Refusal):
    """Nobody is left to be reminded today."""


class ImportRefused(Refusal):
    """A Word file is not written into the report before every piece has a place (S-79)."""


class ReportTextKept(Refusal):
    """A piece of the report is in use elsewhere and cannot be taken out."""


class DutyEntryRefused(Refusal):
    """An entry of the duty log names nobody who could have done it (S-46)."""


class ProjectRefused(Refusal):
    """A project cannot be declared, pushed, removed or reported on this way (S-39 to S-41)."""


class TaskRefused(Refusal):
    """A key task or its assignment cannot be changed or taken away (S-34 to S-36)."""


class NotePassageUnknown(Refusal):
    """A note quotes words that the report does not have (S-74)."""

    def __init__(self) -> None:
        super().__init__("报告中没有这段原文。请在正文中选中，或者一字不差地复制过来；不针对某句话的，原文不用填。")


class FilingRefused(Refusal):
    """A list of the year's start cannot be asked for, written or filed this way (S-38)."""


class LetterRefused(Refusal):
    """A responsibility letter cannot be drawn up or noted as signed this way (S-47)."""


class DueReportRefused(Refusal):
    """A due report cannot be entered, filed or taken back this way (S-48)."""
