"""A person's own page: what they are called, how they are reached, what becomes of their data."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ampersand.people.access import PersonRequest, kept_typing, signed_in
from ampersand.people.forms import AccountForm


@signed_in
def account(request: PersonRequest) -> HttpResponse:
    """Show and change what an account holds."""
    form = AccountForm(request.POST or None, instance=request.user, initial=kept_typing(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("people:account")
    return render(request, "people/account.html", {"form": form})
