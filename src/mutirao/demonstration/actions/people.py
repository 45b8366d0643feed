"""People who come and go: somebody who acts for two, an invitation, a request, a hand-over."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import translation

from mutirao.accounts.models import User
from mutirao.commitments.models import Commitment
from mutirao.commitments.states import OPEN
from mutirao.continuity.actions import hand_over
from mutirao.core.languages import DJANGO_CODES
from mutirao.network.acting import actor_for
from mutirao.network.actions import ask_to_act, invite
from mutirao.network.models import Membership
from mutirao.network.states import Role

from .network import Network

_LEFT_DAYS_AGO = 20


def load_people(network: Network, today: date) -> None:
    """What a team page, a desk and a hand-over sheet have to show."""
    _acts_for_two(network, today)
    _invited_and_asking(network)
    _handed_over(network, today)


def _acts_for_two(network: Network, today: date) -> None:
    """The person of a city also sits at its development agency: switching can be tried."""
    Membership.objects.create(
        person=network.people["subcoordinator-economy"],
        organisation=network.organisations["cioeste"],
        role=Role.FOCAL_POINT,
        starts_on=today - timedelta(days=200),
    )


def _invited_and_asking(network: Network) -> None:
    city = network.organisations["santana-de-parnaiba"]
    host = network.people["focal-point-parnaiba"]
    with translation.override(DJANGO_CODES["pt"]):
        invite(
            by=actor_for(host, city.pk),
            organisation=city,
            email="cultura@demo.mutirao.example",
            name="Secretaria de Cultura e Turismo",
            language="pt",
            role=Role.OFFICER,
            message="Para acompanhar os compromissos de cultura do plano.",
        )
        ask_to_act(
            by=actor_for(network.people["citizen"]),
            organisation=city,
            role=Role.OFFICER,
            message="Trabalho no setor de convênios da prefeitura.",
        )


def _handed_over(network: Network, today: date) -> None:
    """An officer left and named who goes on; one thing lies on the city's desk."""
    city = network.organisations["rosario"]
    person = User.objects.create(
        email="former-officer-rosario@demo.mutirao.example",
        name="Equipo técnico anterior de Rosario",
        language="es",
        password=make_password(None),
        is_sample=True,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    held = Membership.objects.create(
        person=person,
        organisation=city,
        role=Role.OFFICER,
        starts_on=today - timedelta(days=900),
    )
    promised = list(Commitment.objects.filter(owner=city, state__in=OPEN).order_by("pk")[:4])
    for commitment in promised:
        commitment.people.add(person)
    desk = {f"commitment-{promised[-1].pk}": None} if len(promised) > 1 else {}
    with translation.override(DJANGO_CODES["es"]):
        hand_over(
            by=actor_for(person, city.pk),
            membership=held,
            last_day=today - timedelta(days=_LEFT_DAYS_AGO),
            successor=network.people["coordinator-economy"],
            apart=desk,
            word="Las fichas de las ciudades están en la carpeta compartida del área."
            " Falta confirmar la sede del seminario con la subcoordinación.",
        )
