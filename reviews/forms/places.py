"""Who is heard at which meeting, and the halls of a meeting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from common.forms import Form
from reviews.models import Meeting
from reviews.models.places import PlaceRow
from reviews.rules.places import Hall, chosen_places


class PlacesForm(Form):
    """A choice for each reporter, and one for each domain that goes before those of its reporters."""

    def __init__(self, *args: Any, rows: Sequence[PlaceRow], meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        choices = [(str(meeting.pk), meeting.title) for meeting in meetings]
        for row in rows:
            domain = row.reporter.organization.domain_id
            self.fields.setdefault(
                f"domain-{domain}",
                forms.ChoiceField(
                    label=_("全部列入"), choices=[("", _("逐个选择")), *choices], required=False, initial=""
                ),
            )
            self.fields[f"reporter-{row.reporter.pk}"] = forms.ChoiceField(
                label=row.reporter.organization.label,
                choices=[("", _("没有列入")), *choices],
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
                initial=str(row.meeting_id or ""),
            )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """For the page: each domain with its field, and its reporters with theirs."""
        found: dict[int | None, dict[str, Any]] = {}
        for row in self.rows:
            domain = row.reporter.organization.domain_id
            group = found.setdefault(
                domain, {"domain": row.reporter.organization.domain, "field": self[f"domain-{domain}"], "rows": []}
            )
            group["rows"].append((row, self[f"reporter-{row.reporter.pk}"]))
        return list(found.values())

    @property
    def places(self) -> dict[int, int | None]:
        facts = self.cleaned_data
        domain_of = {row.reporter.pk: row.reporter.organization.domain_id for row in self.rows}
        each = {pk: _number(facts[f"reporter-{pk}"]) for pk in domain_of}
        domains = {domain: _number(facts[f"domain-{domain}"]) for domain in set(domain_of.values())}
        return chosen_places(each, domain_of, domains)


def _number(text: str) -> int | None:
    return int(text) if text else None


class VenueForm(Form):
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("分会场"), max_length=60, strip=False, help_text=_("如“柳河镇分会场”。"))
    place = forms.CharField(label=_("地点"), max_length=120, required=False, strip=False)
    contact = forms.CharField(label=_("联系人和电话"), max_length=80, required=False, strip=False)


class BaseVenueFormSet(forms.BaseFormSet):
    @property
    def halls(self) -> list[Hall]:
        rows = [form.cleaned_data for form in self.ordered_forms if form.cleaned_data.get("name")]
        return [Hall(row["name"], row["place"], row["contact"], row["id"]) for row in rows]


VenueFormSet = formset_factory(
    VenueForm, formset=BaseVenueFormSet, extra=0, can_order=True, can_delete=True, max_num=60
)


def venue_rows(meeting: Meeting) -> list[dict[str, Any]]:
    return list(meeting.venues.values("id", "name", "place", "contact"))
