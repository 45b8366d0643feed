"""Another process that writes: adds a piece of evidence with its file, takes the one before away.

Each act is one line of what it says: its number. Ends when its standard input is closed.
"""

from __future__ import annotations

import select
import sys

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.db import transaction  # noqa: E402

from mutirao.accounts.models import User  # noqa: E402
from mutirao.commitments.actions.evidence import add_evidence, delete_evidence  # noqa: E402
from mutirao.commitments.models import Commitment, Evidence  # noqa: E402
from mutirao.network.acting import actor_for  # noqa: E402

KEPT = 3


def main() -> None:
    by = actor_for(User.objects.get(email="secretariat@demo.mutirao.example"), None)
    commitment = Commitment.objects.order_by("pk")[0]
    number = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        number += 1
        with transaction.atomic():  # both or neither: a moment between the two does not exist
            file = ContentFile(f"content of {number}".encode())
            add_evidence(
                commitment=commitment,
                title=f"w{number}",
                by=by,
                file=file,
                filename=f"{number}.txt",
                kind="txt",
            )
            old = Evidence.objects.filter(title=f"w{number - KEPT}").first()
            if old:
                delete_evidence(evidence=old, by=by)
        print(number, flush=True)


main()
