"""Plans with what they promise, how it went, and what was said about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from mutirao.commitments.models import Commitment, Evidence, Step
from mutirao.commitments.states import State as CommitmentState
from mutirao.core.states import Visibility
from mutirao.discussions.models import Comment
from mutirao.plans.models import Activity, Axis, Move, Plan
from mutirao.plans.states import IN_FORCE, State
from mutirao.topics.models import Theme

from ..data import read, when
from .network import Network

APPROVER = "presidency"
_WORKING_HOURS = (9, 10, 11, 14, 15, 16)


def on(value: int | str, today: date, nth: int = 0) -> datetime:
    """A moment in working hours of a day of the data; `nth` tells apart several of one day."""
    hour = _WORKING_HOURS[nth % len(_WORKING_HOURS)]
    day = datetime.combine(when.day(value, today), time(hour, (7 * nth) % 60))
    # What is recorded on the day of loading lies behind us, at whatever hour it is loaded.
    return min(timezone.make_aware(day), timezone.now() - timedelta(minutes=1))


def keep(record: Model) -> None:
    """Insert a row with the times it carries: `auto_now` would say that all of it is of today."""
    record.save_base(raw=True, force_insert=True)


def load_plans(network: Network, today: date, files: list) -> dict[str, Plan]:
    """Make every plan of plans.json, by slug; what is written to the storage is put in `files`."""
    loader = PlanLoader(network, today, files)
    return {record["slug"]: loader.load(record) for record in read("plans")}


class PlanLoader:
    """Loads plans one after the other, knowing the network, the day, and the themes' codes."""

    def __init__(self, network: Network, today: date, files: list) -> None:
        self.network, self.today, self.files = network, today, files
        self.themes = {theme.code: theme.pk for theme in Theme.objects.all()}
        self.types: dict[type[Model], ContentType] = {
            model: ContentType.objects.get_for_model(model)
            for model in (Activity, Commitment, Plan)
        }

    def load(self, record: dict[str, Any]) -> Plan:
        plan = self._plan(record)
        keep(plan)
        self._moves(plan, record)
        self._remarks(plan, record)
        axes = self._axes(plan, record)
        for position, item in enumerate(record["activities"]):
            activity = self._activity(plan, item, position, axes)
            for number, promise in enumerate(item["commitments"]):
                self._commitment(plan, activity, record, promise, number)
        return plan

    def _plan(self, record: dict[str, Any]) -> Plan:
        moves = list(_moves_of(record))
        begun = on(moves[0][2], self.today) - timedelta(days=9) if moves else on(-4, self.today)
        approved = record["dates"]["approved"]
        return Plan(
            unit=self.network.units[record["unit"]],
            term=self.network.terms[record["term"]],
            presented_by=self.network.organisations[record["presented_by"]],
            title=record["title"],
            language=record["language"],
            introduction=record["presentation"],
            state=record["state"],
            approved_on=when.day(approved, self.today) if approved is not None else None,
            is_sample=record["sample"],
            created_at=begun,
            updated_at=on(moves[-1][2], self.today) if moves else begun,
        )

    def _moves(self, plan: Plan, record: dict[str, Any]) -> None:
        remark = next((r for r in record["remarks"] if r["account"] == APPROVER), None)
        for nth, (before, after, day, decided) in enumerate(_moves_of(record)):
            key = APPROVER if decided else record["account"]
            move = Move(plan=plan, from_state=before, to_state=after, at=on(day, self.today, nth))
            move.person = self.network.people[key]
            move.organisation = self.network.acts_for[key]
            if after == State.RETURNED and remark:
                move.remark = remark["text"]
            keep(move)

    def _remarks(self, plan: Plan, record: dict[str, Any]) -> None:
        """The first remark of whoever decides goes with the return; the others are comments."""
        first = next((r for r in record["remarks"] if r["account"] == APPROVER), None)
        for nth, remark in enumerate(record["remarks"]):
            if remark is not first:
                self._comment(plan, remark, f"{record['slug']}/remark/{nth}", nth)

    def _axes(self, plan: Plan, record: dict[str, Any]) -> dict[str, Axis]:
        axes = {
            item["key"]: Axis(
                plan=plan,
                kind=item["kind"],
                number=item["number"] or "",
                text=item["text"],
                position=position,
            )
            for position, item in enumerate(record["axes"])
        }
        Axis.objects.bulk_create(axes.values())
        return axes

    def _activity(
        self, plan: Plan, item: dict[str, Any], position: int, axes: dict[str, Axis]
    ) -> Activity:
        activity = Activity.objects.create(
            plan=plan,
            number=item["number"] or "",
            title=item["title"],
            text=item["text"],
            position=position,
        )
        activity.axes.set([axes[key] for key in item["axes"]])
        activity.themes.set([self.themes[code] for code in item["themes"]])
        activity.targets.set(item["targets"])
        activity.organisations.set(
            [self.network.organisations[slug] for slug in item["responsible"]]
        )
        if item["responsible_unit"]:
            activity.units.set([self.network.units[item["responsible_unit"]]])
        return activity

    def _commitment(
        self,
        plan: Plan,
        activity: Activity,
        record: dict[str, Any],
        item: dict[str, Any],
        position: int,
    ) -> None:
        commitment = self._promise(plan, activity, item, position)
        keep(commitment)
        owner_key = self._account_of(item["owner"]) or record["account"]
        # What an old plan left undone stays with the organisation, not with today's people.
        if self.network.acts_for[owner_key] == commitment.owner and plan.state != State.CLOSED:
            commitment.people.add(self.network.people[owner_key])
        self._steps(commitment, item)
        for nth, evidence in enumerate(item["evidence"]):
            self._evidence(commitment, evidence, owner_key, nth)
        for nth, comment in enumerate(item["comments"]):
            key = f"{record['slug']}/{activity.position}/{item['key']}/{nth}"
            self._comment(commitment, comment, key, nth)

    def _promise(
        self, plan: Plan, activity: Activity, item: dict[str, Any], position: int
    ) -> Commitment:
        public = plan.state in IN_FORCE
        return Commitment(
            title=item["title"],
            # The promise carries the reason it was given up for, if it was.
            description=item["cancelled_why"] or "",
            owner=self.network.organisations[item["owner"]],
            unit=plan.unit,
            term=plan.term,
            language=plan.language,
            due_on=when.day(item["due"], self.today) if item["due"] is not None else None,
            state=item["state"],
            progress=_progress(item),
            done_on=when.day(item["done_on"], self.today) if item["state"] == "done" else None,
            position=position,
            visibility=Visibility.PUBLIC if public else Visibility.DRAFT,
            source_type=self.types[Activity],
            source_id=activity.pk,
            is_sample=item["sample"],
            created_at=plan.created_at,
            updated_at=self._last_touched(plan, item),
        )

    def _last_touched(self, plan: Plan, item: dict[str, Any]) -> datetime:
        days = [item["done_on"], *(step["done_on"] for step in item["steps"])]
        days += [part["on"] for part in item["evidence"] + item["comments"]]
        moments = [on(day, self.today) for day in days if day is not None]
        return max([plan.created_at, *moments])

    def _steps(self, commitment: Commitment, item: dict[str, Any]) -> None:
        Step.objects.bulk_create(
            Step(
                commitment=commitment,
                text=step["text"],
                done_on=(
                    when.day(step["done_on"], self.today) if step["done_on"] is not None else None
                ),
                position=position,
            )
            for position, step in enumerate(item["steps"])
        )

    def _evidence(
        self, commitment: Commitment, item: dict[str, Any], account: str, nth: int
    ) -> None:
        evidence = Evidence(
            commitment=commitment,
            title=item["label"],
            url=item["url"] if item["kind"] == "link" else "",
            person=self.network.people[account],
            organisation=self.network.acts_for[account],
            created_at=on(item["on"], self.today, nth),
        )
        if item["kind"] == "note":
            evidence.filename = f"{slugify(item['label'])[:60] or 'evidence'}.txt"
            text = f"{item['label']}\n".encode()
            evidence.file.save(evidence.filename, ContentFile(text), save=False)
            self.files.append(evidence.file)
        keep(evidence)

    def _comment(self, record: Model, item: dict[str, Any], key: str, nth: int) -> None:
        keep(
            Comment(
                record_type=self.types[type(record)],
                record_id=record.pk,
                text=item["text"],
                person=self.network.people[item["account"]],
                organisation=self.network.acts_for[item["account"]],
                created_at=on(item["on"], self.today, nth),
                key=uuid5(NAMESPACE_URL, f"demonstration:{key}"),
            )
        )

    def _account_of(self, slug: str) -> str | None:
        """The first account that acts for an organisation, if one does."""
        return next(
            (key for key, acting in self.network.acts_for.items() if acting.slug == slug), None
        )


def _progress(item: dict[str, Any]) -> int:
    """Per cent: all of what is done, otherwise the share of its steps that are."""
    if item["state"] == CommitmentState.DONE:
        return 100
    steps = item["steps"]
    done = sum(step["done_on"] is not None for step in steps)
    return round(100 * done / len(steps)) if steps else 0


def _moves_of(record: dict[str, Any]) -> Iterator[tuple[str, str, int | str, bool]]:
    """(from, to, day, whether the presidency decided it) for each step of a plan's life."""
    dates = record["dates"]
    if dates["submitted"] is None:
        return
    yield State.DRAFT, State.SUBMITTED, dates["submitted"], False
    if dates["returned"] is not None:
        yield State.SUBMITTED, State.RETURNED, dates["returned"], True
    if dates["approved"] is None:
        return
    if dates["returned"] is not None:  # sent in again a few days before it was approved
        yield State.RETURNED, State.SUBMITTED, dates["approved"] - 4, False
    yield State.SUBMITTED, State.APPROVED, dates["approved"], True
    yield State.APPROVED, State.IN_PROGRESS, dates["approved"], False
    if dates["closed"] is not None:
        yield State.IN_PROGRESS, State.CLOSED, dates["closed"], False
