"""What is written on the pages of agreements."""

from ampersand.agreements.forms.bringing import BringForm
from ampersand.agreements.forms.filling import BlankForm, CheckForm, ScanForm, SignForm

__all__ = ["BlankForm", "BringForm", "CheckForm", "ScanForm", "SignForm"]
