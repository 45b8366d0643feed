"""The roles, and what a row of the table is made of. No Django here (see the package)."""

from __future__ import annotations

from dataclasses import dataclass, field

ROLES: dict[str, str] = {
    "visitor": "nobody signed in",
    "citizen": "signed in, acts for no organisation",
    "observer": "observer of the city that leads the unit",
    "officer": "officer of the city that leads the unit",
    "focal_point": "focal point of the city that leads the unit",
    "coordinator": "coordinator: acts for the city with the mandate that leads the unit",
    "sub_coordinator": "acts for a city that shares the unit (sub-coordination)",
    "other_coordinator": "coordinator of another unit",
    "former": "acts for the city whose mandate in the unit has ended",
    "expired": "was coordinator of the leading city until the membership ended",
    "board": "acts for a city of the executive board",
    "owner": "acts for the city that owes the commitment or hosts the event",
    "owner_observer": "observer of the city that owes the commitment or hosts the event",
    "member": "focal point of any other member city",
    "secretariat": "technical secretariat",
}
SHORT = {
    "visitor": "visitor",
    "citizen": "citizen",
    "observer": "observer",
    "officer": "officer",
    "focal_point": "focal p.",
    "coordinator": "coord.",
    "sub_coordinator": "sub-c.",
    "other_coordinator": "other c.",
    "former": "former",
    "expired": "expired",
    "board": "board",
    "owner": "owner",
    "owner_observer": "owner obs.",
    "member": "member",
    "secretariat": "secr.",
}

ALL = frozenset(ROLES)
# Where nobody is let through, those are tried who would be first.
NEAREST = frozenset({"officer", "coordinator", "sub_coordinator", "former", "board", "secretariat"})
SIGNED_IN = ALL - {"visitor"}
MEMBERS = SIGNED_IN - {"citizen", "expired"}
WRITING_MEMBERS = MEMBERS - {"observer", "owner_observer"}
NOBODY: frozenset[str] = frozenset()
SECRETARIAT = frozenset({"secretariat"})
# Writes what the unit plans, and follows it up.
LEADING = frozenset({"officer", "focal_point", "coordinator", "secretariat"})
# Binds the city that leads: submits, withdraws, starts, closes.
DECIDING = LEADING - {"officer"}
SERVING = LEADING | {"sub_coordinator"}
JUDGING = frozenset({"board", "secretariat"})
OWNING = frozenset({"owner", "secretariat"})
WORKING = LEADING | {"owner"}


@dataclass(frozen=True)
class Row:
    """One action. `path` and `data` are filled with the records of `world.py`.

    A GET counts as allowed when it answers 200 (or leads on, `status`) and, with `shows`, when
    that text is there. A POST counts as allowed when it changed a record (`effect="written"`), or
    when it was answered as done for what has no history (`effect="done"`), or with a page that says
    so (`effect="shown"`).
    """

    what: str
    record: str
    allowed: frozenset[str]
    path: str
    data: dict[str, str] | None = None
    shows: str = ""
    status: int = 200
    effect: str = "written"
    htmx: bool = False

    @property
    def is_post(self) -> bool:
        return self.data is not None


@dataclass(frozen=True)
class Area:
    title: str
    about: str
    rows: list[Row] = field(default_factory=list)
