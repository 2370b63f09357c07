"""What is filled in: questions and lists, leave to ask, what people declare of themselves."""

from ampersand.boundaries.forms.asking import GrantForm, ListForm, QuestionForm
from ampersand.boundaries.forms.declaring import ConflictForm, NumberForm

__all__ = ["ConflictForm", "GrantForm", "ListForm", "NumberForm", "QuestionForm"]
