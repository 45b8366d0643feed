"""Later: the vote opens."""

from procrastinate.contrib.django import app

from . import actions
from .models import Assembly


@app.task(name="assembly.tell_vote")
def tell_vote(assembly: int) -> None:
    """Tell the members that they may vote now, if they still may."""
    found = Assembly.objects.filter(pk=assembly).first()
    if found is not None:
        actions.tell_vote(assembly=found)
