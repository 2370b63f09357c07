"""What organisers and mentors fill in."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ampersand.people.forms import ReachForm as AboutYouForm
from ampersand.people.forms import zones, zones_and
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.actions.making import Details
from ampersand.schemes.models import InvitedAs, Member, Scheme
from ampersand.schemes.rules import check_review_is_ahead, check_slug_is_free

MOST = 100  # people one mentor can take, and addresses pasted at once


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """A scheme's name, address, help lines and habits."""

    website = forms.URLField(
        label=_("Website"),
        help_text=_("It stands on the public page, and an agreement may name it."),
        assume_scheme="https",
        required=False,
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="Europe/London")

    class Meta:
        model = Scheme
        fields: ClassVar = (
            "name",
            "slug",
            "contact_email",
            "website",
            "welcome",
            "urgent_help",
            "urgent_help_review_on",
            "time_zone",
            "discreet",
            "leave_button",
            "pairs_may_reword",
            "solo",
            "asks_months",
        )
        labels: ClassVar = {
            "slug": _("Address of its page"),
            "discreet": _("Keep the scheme's name out of e-mail subjects"),
            "leave_button": _("Show a button to leave this site at once"),
            "pairs_may_reword": _("Let pairs change the words of a clause, if both agree"),
            "asks_months": _("When two people are asked whether to carry on: before the end, by"),
        }
        help_texts: ClassVar = {
            "slug": _("Small letters, digits and hyphens. Leave it empty and it is made from the name."),
            "contact_email": _("Where a person answers. It stands on the public page and in letters."),
            "welcome": _("They stand at the top of the public page."),
            "urgent_help": _("Who to call or write to when it cannot wait, one a line. Shown on every page."),
            "urgent_help_review_on": _("Telephone numbers change. On that day we ask you to check them."),
            "discreet": _("Someone else may see a telephone's screen. We suggest yes."),
            "leave_button": _(
                "For people who must not be seen reading this. It opens a weather page instead."
            ),
            "pairs_may_reword": _(
                "They can always change what stands in the blanks. Clauses by which the software acts keep "
                "your words either way."
            ),
            "asks_months": _("Each is asked alone. It is renewed only if both say yes and sign again."),
            "solo": _("Requests then come straight to you, to accept or to leave waiting."),
        }
        widgets: ClassVar = {
            "slug": forms.TextInput(),
            "welcome": forms.Textarea(attrs={"rows": 3}),
            "urgent_help": forms.Textarea(attrs={"rows": 3}),
            "urgent_help_review_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["asks_months"].required = False
        self.fields["time_zone"].choices = zones_and(self.instance.time_zone)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "slug" not in self.errors:
            self._settle_slug(data)
        return data

    def _settle_slug(self, data: dict[str, Any]) -> None:
        slug = data.get("slug") or slugify(data.get("name", ""))[:60].strip("-") or "scheme"
        data["slug"] = slug
        try:
            check_slug_is_free(slug, besides=self.instance.pk)
        except Refused as refusal:
            self.add_error("slug", refusal.sentence)

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"] or "").lower()

    def clean_asks_months(self) -> int:
        return int(self.cleaned_data["asks_months"] or self.instance.asks_months)

    def clean_urgent_help_review_on(self) -> Any:
        day = self.cleaned_data["urgent_help_review_on"]
        if "urgent_help_review_on" in self.changed_data:
            try:
                check_review_is_ahead(day)
            except Refused as refusal:
                raise ValidationError(refusal.sentence) from refusal
        return day

    def validate_unique(self) -> None:
        """Leave the address to `_settle_slug`, which also suggests one that is free."""

    def details(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class InviteForm(forms.Form):
    """Addresses as pasted from anywhere, and what the people are invited as."""

    invited_as = forms.ChoiceField(label=_("Invite as"), choices=InvitedAs, widget=forms.RadioSelect)
    emails = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One a line, or with commas between. “Ana Ruiz <ana@example.org>” is fine too."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
    )

    def clean_emails(self) -> list[str]:
        """Give every address, or say which lines hold none; nothing typed is thrown away."""
        good, bad = read_addresses(self.cleaned_data["emails"])
        if bad:
            raise ValidationError(
                [
                    gettext("Line %(line)s: “%(words)s” is not an e-mail address.") % {"line": n, "words": w}
                    for n, w in bad
                ]
            )
        if not good:
            raise ValidationError(gettext("No e-mail address was found here."))
        if len(good) > MOST:
            raise ValidationError(
                ngettext(
                    "One address at a time, please.", "At most %(count)d addresses at a time, please.", MOST
                )
                % {"count": MOST}
            )
        return good


def read_addresses(pasted: str) -> tuple[list[str], list[tuple[int, str]]]:
    """Find the addresses in what was pasted, and the lines that hold something else."""
    good: list[str] = []
    bad: list[tuple[int, str]] = []
    for number, line in enumerate(pasted.splitlines(), start=1):
        for piece in line.replace(";", ",").replace("\t", ",").split(","):
            words = piece.strip()
            if not words:
                continue
            email = words.rpartition("<")[2].rstrip(">").strip().lower() if "<" in words else words.lower()
            try:
                validate_email(email)
            except ValidationError:
                bad.append((number, words[:60]))
            else:
                good.append(email)
    return list(dict.fromkeys(good)), bad


class CalledForm(AboutYouForm):
    """A name to be called by, alone on its page."""

    reach = None  # type: ignore[assignment]
    message_safe = None  # type: ignore[assignment]

    class Meta:
        model = Person
        fields: ClassVar = ("called",)


class ReachForm(AboutYouForm):
    """How to be reached and whether a message is safe, alone on their page."""

    called = None  # type: ignore[assignment]
    message_safe = forms.TypedChoiceField(  # type: ignore[assignment]
        label=_("Is it safe to leave a message there?"),
        choices=[("True", _("Yes")), ("False", _("No")), ("", _("I would rather not say"))],
        coerce=lambda answer: {"True": True, "False": False}.get(answer),
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Person
        fields: ClassVar = ("reach", "message_safe")


class CapacityForm(forms.ModelForm):  # type: ignore[type-arg]
    """How many people a mentor can take."""

    capacity = forms.IntegerField(
        label=_("How many people can you take at a time?"),
        help_text=_("None is an answer: write 0, and nobody new is introduced to you until you change it."),
        min_value=0,
        max_value=MOST,
    )

    class Meta:
        model = Member
        fields: ClassVar = ("capacity",)


class OffersForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a mentor can help with, in their own words."""

    class Meta:
        model = Member
        fields: ClassVar = ("offers",)
        labels: ClassVar = {"offers": _("What can you help with?")}
        help_texts: ClassVar = {
            "offers": _("In your own words. The organisers and the people introduced to you read it.")
        }
        widgets: ClassVar = {"offers": forms.Textarea(attrs={"rows": 5})}


class MentoringForm(CapacityForm):
    """Both, on the page of someone who mentors already."""

    class Meta:
        model = Member
        fields: ClassVar = ("capacity", "offers")
        labels: ClassVar = OffersForm.Meta.labels
        help_texts: ClassVar = OffersForm.Meta.help_texts
        widgets: ClassVar = OffersForm.Meta.widgets
