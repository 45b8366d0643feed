"""What came in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mutirao.core.forms import FilterForm


class OutboxFilter(FilterForm):
    q = forms.CharField(label=_("Address or words"), widget=forms.SearchInput)
