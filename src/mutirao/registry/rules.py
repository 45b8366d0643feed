"""Who may: the registry is the secretariat's."""

from __future__ import annotations

import rules

from mutirao.network.rules import is_secretariat

rules.add_rule("registry.import", is_secretariat)
rules.add_rule("registry.merge", is_secretariat)
