"""A gap of the sheet as one of the two sees it: what stands in it, and what they can do about it."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ampersand.agreements.models import Filling
from ampersand.agreements.queries import Standing
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.wording import Field, FilledPart, read_value, show_value


@dataclass(frozen=True)
class Gap:
    """A blank or an either/or as it stands for its reader."""

    field: Field
    filling: Filling
    reader: Person
    standing: Standing
    live: bool

    @cached_property
    def mine(self) -> bool:
        """Whether the reader may write here."""
        pair = self.standing.agreement.pair
        return self.field.together or self.field.by == pair.party_of(self.reader)

    @cached_property
    def agreed(self) -> str:
        return self._shown(self.filling.agreed)

    @cached_property
    def suggested(self) -> str:
        return self._shown(self.filling.suggested)

    @cached_property
    def by(self) -> str:
        """The party who suggests, for the colour; "" when the wording itself does."""
        pair = self.standing.agreement.pair
        return {pair.mentor_id: "mentor", pair.mentee_id: "mentee"}.get(self.filling.suggested_by_id or 0, "")

    @property
    def by_reader(self) -> bool:
        return self.filling.suggested_by_id == self.reader.pk

    @cached_property
    def state(self) -> str:
        if self.filling.suggested:
            return "suggested"
        return "agreed" if self.filling.agreed else "open"

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        """The either/or's words, each with what became of it: "open", "struck", "suggested" or "agreed"."""
        taken = self.filling.suggested or self.filling.agreed
        return [
            (option.words, "struck" if taken and option.key != taken else self.state)
            for option in self.field.options
        ]

    @property
    def between(self) -> str:
        """What stands between an either/or's options."""
        return " " if self.state == "agreed" else " / "

    @property
    def classes(self) -> str:
        kind = "choice" if self.field.is_choice else "gap"
        names = [kind, f"{kind}--{self.state}", f"by-{self.by}" if self.by else ""]
        return " ".join(filter(None, names))

    @cached_property
    def url(self) -> str:
        return reverse("agreements:blank", args=[self.standing.agreement.pk, self.field.id])

    @cached_property
    def way_in(self) -> str:
        """Where the reader writes here, while they may."""
        return self.url if self.live and self.mine else ""

    @property
    def agree_url(self) -> str:
        return reverse("agreements:agree", args=[self.standing.agreement.pk, self.field.id])

    @property
    def take_back_url(self) -> str:
        return reverse("agreements:take_back", args=[self.standing.agreement.pk, self.field.id])

    @property
    def owner(self) -> str:
        """What the one is called who fills this in alone."""
        pair = self.standing.agreement.pair
        return "" if self.field.together else name_in(pair, people_of(pair)[self.field.by])

    @property
    def hint(self) -> str:
        """Whose turn it is, for “Left to agree”."""
        pair = self.standing.agreement.pair
        other = name_in(pair, pair.other(self.reader))
        if not self.mine:
            return _("%(name)s fills this in") % {"name": other}
        if not self.filling.suggested:
            return _("for you to fill in") if not self.field.together else _("for either of you to suggest")
        if self.by_reader:
            return _("waiting for %(name)s") % {"name": other}
        return _("waiting for you")

    def _shown(self, stored: str) -> str:
        return show_value(self.field, read_value(self.field, stored)) if stored else ""


def set_words(part: FilledPart) -> SafeString:
    """Set words as they read, with a mark on those that the scheme put in or that may not apply."""
    if part.kind == "scheme":
        return format_html('<bdi class="of-scheme">{}</bdi>', part.text)
    if part.applies is None:
        return format_html('<span class="part--pending">{}</span>', part.text)
    return conditional_escape(part.text)


def set_gap(gap: Gap, anchor: str) -> SafeString:
    """Set a gap: what stands in it, and the way in for whoever may write there."""
    inside = _options(gap) if gap.options else _blank(gap)
    if not gap.way_in:
        return format_html('<span class="{}" id="{}">{}</span>', gap.classes, anchor, inside)
    return format_html(
        '<a href="{0}" hx-get="{0}" class="{1}" id="{2}">{3}</a>', gap.way_in, gap.classes, anchor, inside
    )


def _blank(gap: Gap) -> SafeString:
    if gap.state == "open":
        return conditional_escape(gap.field.label)
    if gap.state == "agreed":
        return format_html("<bdi>{}</bdi>", gap.agreed)
    before = format_html("<del>{}</del> ", gap.agreed) if gap.agreed else ""
    return format_html("{}<ins>{}</ins>", before, gap.suggested)


def _options(gap: Gap) -> SafeString:
    """Set the options of an either/or; a line through one is also told in words."""
    label = format_html('<span class="visually-hidden">{}: </span>', gap.field.label)
    options = [(_option(words, fate),) for words, fate in gap.options]
    return label + format_html_join(gap.between, "{}", options)


def _option(words: str, fate: str) -> SafeString:
    if fate == "struck":
        told = _("struck out:")
        return format_html('<s><span class="visually-hidden">{} </span>{}</s>', told, words)
    return format_html("<strong>{}</strong>" if fate == "agreed" else "<span>{}</span>", words)
