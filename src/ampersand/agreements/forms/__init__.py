"""What is written on the pages of agreements."""

from ampersand.agreements.forms.bringing import BringForm
from ampersand.agreements.forms.changing import AcceptForm, ChangeForm
from ampersand.agreements.forms.filling import BlankForm, CheckForm, ScanForm, SignForm

__all__ = ["AcceptForm", "BlankForm", "BringForm", "ChangeForm", "CheckForm", "ScanForm", "SignForm"]
