"""What a mentee declares and says, and whom an organiser chooses."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.matching.models import Request
from ampersand.schemes.models import Member, Role, Scheme
from ampersand.wording import Declaration


class DeclarationsForm(forms.Form):
    """The sentences of the agreement that must be declared before asking, one box each."""

    read = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, declarations: Sequence[Declaration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for declaration in declarations:
            self.fields[declaration.term] = forms.BooleanField(
                label=declaration.sentence,
                error_messages={"required": _("To ask for a mentor here, this needs to be true and ticked.")},
            )

    def declared(self) -> list[str]:
        return [name for name, value in self.cleaned_data.items() if name != "read" and value]


class WishForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a mentee hopes for, if they want to say."""

    class Meta:
        model = Request
        fields: ClassVar = ("wish",)
        labels: ClassVar = {"wish": gettext_lazy("What do you hope for?")}
        help_texts: ClassVar = {
            "wish": gettext_lazy(
                "Only if you like. The organisers read it, and a mentor you are introduced to. "
                "You can leave out anything you would rather say yourself."
            )
        }
        widgets: ClassVar = {"wish": forms.Textarea(attrs={"rows": 5})}


class IntroduceForm(forms.Form):
    """Which mentor to introduce; mentors it came to nothing with before need a second thought."""

    mentor = forms.ModelChoiceField(
        label=gettext_lazy("Which mentor?"), queryset=Member.objects.none(), widget=forms.RadioSelect
    )
    again = forms.BooleanField(
        label=gettext_lazy("Introduce these two again, although it did not go ahead before"), required=False
    )

    def __init__(
        self, *args: Any, scheme: Scheme, members: Sequence[Any], tried: Collection[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        mentor = self.fields["mentor"]
        assert isinstance(mentor, forms.ModelChoiceField)
        mentor.queryset = scheme.members.filter(role=Role.MENTOR).select_related("person")
        mentor.choices = [(member.pk, _described(member, member.pk in tried)) for member in members]
        if not tried:
            del self.fields["again"]


def _described(member: Any, tried: bool) -> str:
    """Say who a mentor is, how much room they have, and what they can help with."""
    words = [_("%(mentor)s, room for %(count)d") % {"mentor": member.person, "count": member.room}]
    if tried:
        words.append(_("introduced before; it did not go ahead"))
    if member.offers:
        words.append(f"“{member.offers[:300]}”")
    return " · ".join(words)
