"""What a report says, as a paper (see `core.papers.blocks`): gathered from the records, at once.

A report for everyone is gathered as a visitor would read the house, one for members as a member
would: nothing gets into it that its readers could not look up.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from .frame import Frame
from .network import network_sections
from .unit import unit_sections


def gather(frame: Frame) -> dict[str, Any]:
    """The whole paper in the language that is active, which must be the frame's.

    Words that wait for a language are said now: what comes back is plain data, to be kept.
    """
    sections = unit_sections if frame.report.unit_id else network_sections
    paper = frame.paper(*sections(frame))
    return json.loads(json.dumps(paper, cls=DjangoJSONEncoder))


__all__ = ["Frame", "gather"]
