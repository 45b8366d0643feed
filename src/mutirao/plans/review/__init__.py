"""Bringing a plan in: from the uploaded document, through a person's review, to a plan."""
