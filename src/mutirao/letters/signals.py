"""What the apps above are told."""

from django.dispatch import Signal

address_refused = Signal()  # address, reason, letter
