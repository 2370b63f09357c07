"""Who may open a view at all, how often, and what becomes of what they typed when they may not.

Every view declares who may open it: `@public`, `@signed_in`, `@operator_only`, `@with_token` or
`@open_to("in words")`;
a house-rule test reads it. What a person may see *within* a view is decided by `visible_to` on the rows,
and answers 404. Views of organisers stand under `@second_factor_first` besides.

**Nothing typed is lost.** When a session ends before a form is sent, the words are kept for an hour and
the person is sent to sign in. To show them again, a view gives its form one more argument:

    form = ReachForm(request.POST or None, initial=kept_typing(request))

and with a model form, whose initial values come from the row otherwise, the same. Views that take
nothing but a press of a button need nothing. Passwords do not exist here; files are not kept.

**Every public POST has a limit**, counted in the database, so that it holds across processes:

    @public
    @limited("check a copy", "30/m")
    def check(request): ...

A limit counts by network address; `by="person"` counts by who is signed in, and a function of the
request by whatever it returns. With `reading=True` it counts GET as well.
"""

from ampersand.people.access.declaring import (
    PersonRequest,
    V,
    View,
    open_to,
    operator_only,
    public,
    second_factor_first,
    signed_in,
    with_token,
)
from ampersand.people.access.limits import limited, network_address
from ampersand.people.access.refusals import tell_refusal
from ampersand.people.access.typed import kept_typing, send_once_more, sign_in_first

__all__ = [
    "PersonRequest",
    "V",
    "View",
    "kept_typing",
    "limited",
    "network_address",
    "open_to",
    "operator_only",
    "public",
    "second_factor_first",
    "send_once_more",
    "sign_in_first",
    "signed_in",
    "tell_refusal",
    "with_token",
]
