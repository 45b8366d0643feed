"""Lists of axes, activities and objectives: numbered, lettered, bulleted or plain paragraphs."""

from .fold import fold, is_upper, tidy
from .labels import Label, Levels
from .model import Item, Other, PlanReading
from .sections import ACTIVITY_WORDS, AXIS_WORDS, Section
from .segments import Seg


class ItemReader:
    """Reads the paragraphs of one section into the reading.

    `nest` says what items below an axis become: "activities" where the document has no list of
    activities of its own, "text" (part of the axis) where it has.
    """

    def __init__(
        self, reading: PlanReading, section: Section, *, nest: str, axis: tuple[str, int] | None
    ) -> None:
        self.reading = reading
        self.kind = section.kind
        self.nest = nest
        self.axis = axis
        self.levels = Levels()
        self.current: Item | Other | None = None
        self.segs = [b for b in section.blocks if isinstance(b, Seg)]
        self.labelled = any(s.label for s in self.segs)
        self.heads = any(s.heading is not None for s in self.segs)
        self.last_label = max(
            (i for i, s in enumerate(self.segs) if s.label or s.heading is not None), default=-1
        )
        self.opened: Item | Other | None = None
        self.headed: tuple[str, int] | None = None  # axis named by a bullet over its activities
        self.prosed = 0
        self.seen = 0

    def read(self, index: int) -> None:
        """One paragraph, the one at `index` of the section's paragraphs."""
        seg = self.segs[index]
        if seg.label and self._named_elsewhere(seg):
            return
        if self._group_heading(index):
            return
        if seg.label:
            self._labelled(seg, self.levels.depth(seg.label))
        elif seg.heading is not None and self.kind != "objective":
            self._new(seg, None)
        elif self.labelled or self.heads:
            self._prose(index)
        else:
            self._plain(index)

    def _named_elsewhere(self, seg: Seg) -> bool:
        """ "Eje 2: …" among the activities opens the next axis, or names one already read."""
        label = seg.label
        if (
            not label
            or label.kind != "named"
            or self.kind != "activities"
            or label.word not in AXIS_WORDS
        ):
            return False
        found = _same_axis(self.reading, label, seg.body)
        if found:
            self.axis = found
            self.reading.other.append(Other("heading", seg.text, list(seg.lines)))
        else:
            target = "work_axes" if not self.reading.axes and self.reading.work_axes else "axes"
            items = getattr(self.reading, target)
            items.append(Item(label.number, tidy(seg.body), list(seg.lines)))
            self.axis = (target, len(items) - 1)
        self.levels = Levels()
        self.current = None if found else getattr(self.reading, self.axis[0])[self.axis[1]]
        self.opened = self.current
        return True

    def _group_heading(self, index: int) -> bool:
        """A short unnumbered line over a list: "Capacitación:" above "1. … 2. …"."""
        seg = self.segs[index]
        after = self.segs[index + 1] if index + 1 < len(self.segs) else None
        if seg.label or not after or seg.words > 12 or self.kind == "objective":
            return False
        named = self.kind == "activities" and bool(axis_named(self.reading, seg.text))
        looks = (
            named
            or seg.bold
            or seg.text.endswith(":")
            or is_upper(seg.text)
            or seg.heading is not None
        )
        if not looks or not (after.label or seg.text.endswith(":")):
            return False
        if (
            self.kind in {"axes", "work_axes"}
            and seg.heading is not None
            and (self.nest == "activities" or after.heading is None)
        ):
            return False
        if (
            self.kind in {"axes", "work_axes"}
            and (seg.bold or is_upper(seg.text))
            and self.nest == "activities"
            and not seg.text.endswith(":")
        ):
            self._new(seg, None)
            self.levels = _below()
            return True
        if (
            self.kind in {"axes", "work_axes"}
            and self.current is not None
            and seg.text.endswith(":")
        ):
            return False
        self.axis = axis_by_text(self.reading, seg.text) or self.axis
        kind = "presentation" if seg.words > 6 and seg.text.endswith(":") else "heading"
        self.reading.other.append(Other(kind, seg.text, list(seg.lines)))
        self.levels, self.current = Levels(), None
        return True

    def _labelled(self, seg: Seg, depth: int) -> None:
        label = seg.label
        assert label is not None
        if depth == 0:
            self._new(seg, label)
        elif self._below_axis_name(seg) or self._nested_activity(label):
            self._activity(seg, label)
        elif self.kind == "activities" and len(label.path) > 1:
            self._new(seg, label)
        elif self.current is not None:
            self._add(seg, whole=True, glue="\n")
        else:
            self._new(seg, label)

    def _nested_activity(self, label: Label) -> bool:
        axes = self.kind in {"axes", "work_axes"}
        return axes and (self.nest == "activities" or label.word in ACTIVITY_WORDS)

    def _below_axis_name(self, seg: Seg) -> bool:
        """ "• Turismo:" among the activities, where "Turismo" is an axis, heads the ones below."""
        item = self.current
        if self.kind != "activities" or not isinstance(item, Item) or not self.reading.activities:
            return False
        heads = item.number is None and item.text.endswith(":")
        axis = axis_by_text(self.reading, item.text) if heads else None
        if axis and item is self.reading.activities[-1]:
            self.reading.activities.pop()
            self.reading.other.append(Other("heading", item.text, item.lines))
            self.axis = self.headed = axis
            return True
        return self.headed is not None and self.headed == self.axis and seg.label is not None

    def _new(self, seg: Seg, label: Label | None) -> None:
        self.seen += 1
        if self.kind == "objective":
            text = seg.text if label and label.numbered else seg.body
            self.current = Other("objective", tidy(text), list(seg.lines))
            self.reading.other.append(self.current)
            return
        number = label.number if label else None
        item = Item(number, tidy(seg.body), list(seg.lines))
        items = getattr(self.reading, self.kind)
        if self.kind == "activities" and self.axis:
            item.axis_list, item.axis = self.axis
        items.append(item)
        self.current = item
        if self.kind in {"axes", "work_axes"}:
            self.axis = (self.kind, len(items) - 1)
            if seg.heading is not None or (label and label.kind == "named"):
                self.levels = _below() if label is None else self.levels

    def _activity(self, seg: Seg, label: Label | None) -> None:
        item = Item(label.number if label else None, tidy(seg.body), list(seg.lines))
        if self.axis:
            item.axis_list, item.axis = self.axis
        self.reading.activities.append(item)
        self.current = item

    def _add(self, seg: Seg, *, whole: bool, glue: str) -> None:
        assert self.current is not None
        text = seg.text if whole else seg.body
        if self.current.text.strip():
            self.current.text = tidy(f"{self.current.text}{glue}{text}")
        else:
            self.current.text = tidy(text)
        self.current.lines += [n for n in seg.lines if n not in self.current.lines]

    def _prose(self, index: int) -> None:
        """A paragraph without a number in a numbered list: before it, inside it or after it."""
        seg = self.segs[index]
        last = index > self.last_label
        if self.current is None:
            self.reading.other.append(Other("presentation", seg.text, list(seg.lines)))
        elif last and not self._belongs(seg):
            self.reading.other.append(Other("presentation", seg.text, list(seg.lines)))
            self.current = None
        else:
            self.prosed += 0 if last else 1
            self._add(seg, whole=True, glue=self._glue(seg))

    def _glue(self, seg: Seg) -> str:
        """A title and the sentence below it stay two lines; a wrapped sentence becomes one."""
        text = self.current.text if self.current else ""
        titled = text.rstrip()[-1:] not in {".", ",", ";"} and seg.text[:1].isupper()
        return "\n" if seg.gap or seg.split or titled else " "

    def _belongs(self, seg: Seg) -> bool:
        """The prose after the last item is its own where other items have prose too."""
        text = self.current.text if self.current else ""
        titled = len(text) < 200 and len(text.split()) <= 12 and not text.endswith(".")
        if self.current is not None and self.current is self.opened:
            return True  # the description of an axis opened among the activities
        return not seg.gap or self.prosed > 0 or (titled and self.seen == 1) or not text

    def _plain(self, index: int) -> None:
        """No number in the whole section: every paragraph is an item, with its exceptions."""
        seg = self.segs[index]
        after = self.segs[index + 1] if index + 1 < len(self.segs) else None
        intro = seg.text.endswith(":") or (
            self.seen == 0
            and self.kind != "objective"
            and _announces(seg.text)
            and after is not None
        )
        if intro and after is not None and self.kind != "objective":
            self.reading.other.append(Other("presentation", seg.text, list(seg.lines)))
        elif self.current is not None and self._describes(seg):
            self._add(seg, whole=True, glue="\n")
        else:
            self._new(seg, None)

    def _describes(self, seg: Seg) -> bool:
        """Long prose under a short title is the title's description."""
        text = self.current.text if self.current else ""
        titled = (
            len(text.split()) <= 12 and "\n" not in text and not text.rstrip().endswith((".", ";"))
        )
        return (
            titled
            and self.kind != "objective"
            and seg.words > 14
            and seg.text.rstrip().endswith(".")
            and not seg.bold
        )


def _below() -> Levels:
    """Levels of a list whose outermost numbering is already one level down."""
    levels = Levels()
    levels.depth(Label("title", None, (("title", 1),), 0))
    return levels


def _announces(text: str) -> bool:
    words = (
        "a continuacion",
        "a seguir",
        "seguintes",
        "siguientes",
        "following",
        "se proponen",
        "propoe-se",
        "propomos",
    )
    return any(word in fold(text) for word in words)


def _same_axis(reading: PlanReading, label: Label, body: str) -> tuple[str, int] | None:
    """The axis that "Eje 2" names: by its text, or by its number where the line says no more."""
    if found := axis_by_text(reading, body):
        return found
    for target in ("axes", "work_axes"):
        for index, item in enumerate(getattr(reading, target)):
            if item.number and label.number and item.number.lower() == label.number.lower():
                return (target, index)
    return None


def axis_named(reading: PlanReading, text: str) -> bool:
    """True where the whole line is the name of an axis."""
    wanted = fold(text).strip(" .:;-")
    items = [*reading.axes, *reading.work_axes]
    return any(fold(item.text).strip(" .:;-") == wanted for item in items)


def axis_by_text(reading: PlanReading, text: str) -> tuple[str, int] | None:
    wanted = fold(text).strip(" .:;-")
    if len(wanted) < 5:
        return None
    for target in ("axes", "work_axes"):
        for index, item in enumerate(getattr(reading, target)):
            known = fold(item.text.split("\n")[0]).strip(" .:;-")
            if known and (
                known == wanted
                or known.startswith(wanted)
                or wanted.startswith(known)
                or wanted.endswith(known)
            ):
                return (target, index)
    return None
