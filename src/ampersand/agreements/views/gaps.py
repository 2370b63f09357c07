"""A gap of the sheet as one of the two sees it: what stands in it, and what they can do about it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape  # Django's own looks for lazy texts first, which takes ten times as long

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ampersand.agreements.models import Filling
from ampersand.agreements.queries import Standing
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.wording import Field, FilledPart, read_value, show_value


@lru_cache(maxsize=5000)
def _address(what: str, agreement: int, field: str) -> str:
    """Give an address; put together once, since two people open the same gaps again and again."""
    return reverse(f"agreements:{what}", args=[agreement, field])


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
        return _address("blank", self.standing.agreement.pk, self.field.id)

    @cached_property
    def way_in(self) -> str:
        """Where the reader writes here, while they may."""
        return self.url if self.live and self.mine else ""

    @property
    def agree_url(self) -> str:
        return _address("agree", self.standing.agreement.pk, self.field.id)

    @property
    def take_back_url(self) -> str:
        return _address("take_back", self.standing.agreement.pk, self.field.id)

    @property
    def owner(self) -> str:
        """What the one is called who fills this in alone."""
        pair = self.standing.agreement.pair
        return "" if self.field.together else name_in(pair, people_of(pair)[self.field.by])

    @property
    def other(self) -> str:
        """What the other one is called."""
        pair = self.standing.agreement.pair
        return name_in(pair, pair.other(self.reader))

    @property
    def said(self) -> SafeString:
        """Tell who suggests what, instead of what, for those who do not see the colours."""
        told = {"other": self.other, "words": self.suggested, "old": self.agreed}
        return SafeString(self._sentence() % {name: escape(words) for name, words in told.items()})

    def _sentence(self) -> str:
        if self.by_reader:
            if self.agreed:
                return _(
                    "You suggest <b>“%(words)s”</b> instead of “%(old)s”. %(other)s has not answered yet."
                )
            return _("You suggest <b>“%(words)s”</b>. %(other)s has not answered yet.")
        if not self.field.together:
            return _("Should “%(words)s” stand here?")
        if not self.by:
            return _("The scheme’s wording suggests <b>“%(words)s”</b>.")
        if self.agreed:
            return _("%(other)s suggests <b>“%(words)s”</b> instead of “%(old)s”.")
        return _("%(other)s suggests <b>“%(words)s”</b>.")

    @property
    def hint(self) -> str:
        """Whose turn it is, for “Left to agree”."""
        other = self.other
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
    words = escape(part.text)
    if part.kind == "scheme":
        words = f'<bdi class="of-scheme">{words}</bdi>'
    elif part.applies is None:
        words = f'<span class="part--pending">{words}</span>'
    return SafeString(words)


def set_gap(gap: Gap, anchor: str) -> SafeString:
    """Set a gap: what stands in it, and the way in for whoever may write there."""
    inside = _options(gap) if gap.options else _blank(gap)
    named = f'class="{escape(gap.classes)}" id="{escape(anchor)}"'
    if not gap.way_in:
        return SafeString(f"<span {named}>{inside}</span>")
    way = escape(gap.way_in)
    return SafeString(f'<a href="{way}" hx-get="{way}" {named}>{inside}</a>')


def _blank(gap: Gap) -> str:
    if gap.state == "open":
        return escape(gap.field.label)
    if gap.state == "agreed":
        return f"<bdi>{escape(gap.agreed)}</bdi>"
    before = f"<del>{escape(gap.agreed)}</del> " if gap.agreed else ""
    return f"{before}<ins>{escape(gap.suggested)}</ins>"


def _options(gap: Gap) -> str:
    """Set the options of an either/or; a line through one is also told in words."""
    return hidden(f"{gap.field.label}:") + gap.between.join(
        _option(words, fate) for words, fate in gap.options
    )


def _option(words: str, fate: str) -> str:
    if fate == "struck":
        return f"<s>{hidden(_('struck out:'))}{escape(words)}</s>"
    return f"<strong>{escape(words)}</strong>" if fate == "agreed" else f"<span>{escape(words)}</span>"


def hidden(words: str) -> str:
    """Set words for those who do not see what they tell."""
    return f'<span class="visually-hidden">{escape(words)} </span>'
