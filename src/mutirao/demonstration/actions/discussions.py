"""A discussion in two languages, one citizen's comment that waits, one that was reported."""

from __future__ import annotations

from uuid import uuid4

from django.db.models import Model

from mutirao.discussions import actions
from mutirao.discussions.models import Comment
from mutirao.discussions.states import Admits, Audience, Ground
from mutirao.network.acting import Actor, actor_for
from mutirao.plans.models import Plan

from .network import Network

PLAN = "local-economic-development-current"


def load_discussions(network: Network, plans: dict[str, Plan]) -> None:
    """What is said about the current plan of one unit, which admits citizens."""
    plan = plans[PLAN]
    people = {
        key: actor_for(network.people[key])
        for key in ("coordinator-economy", "subcoordinator-economy", "focal-point-parnaiba",
                    "officer-ruta-n", "citizen")
    }  # fmt: skip
    leader = people["coordinator-economy"]
    actions.open_to_citizens(unit=plan.unit, admits=Admits.MODERATED, by=leader)
    barueri = network.organisations["barueri"]
    first = _say(
        plan, leader, "es", Audience.EVERYONE,
        f"@{barueri.display}: ¿ustedes pueden compartir la ficha que usaron con las agencias?"
        " Serviría de modelo para las otras ciudades.",
    )  # fmt: skip
    _say(
        plan, people["subcoordinator-economy"], "pt", Audience.EVERYONE,
        "Sim. Enviamos até sexta-feira, com as perguntas que as agências mais fizeram.", first,
    )  # fmt: skip
    _say(
        plan, people["focal-point-parnaiba"], "pt", Audience.EVERYONE,
        "Santana de Parnaíba também tem interesse: a nossa agência quer ser uma das próximas.",
        first,
    )  # fmt: skip
    _say(
        plan, leader, "es", Audience.MEMBERS,
        "Entre nosotros: conviene cerrar la lista de agencias antes de la reunión de la unidad.",
    )  # fmt: skip
    doubtful = _say(
        plan, people["officer-ruta-n"], "es", Audience.EVERYONE,
        "Nuestra agencia ofrece consultorías: escríbannos y les pasamos los precios.",
    )  # fmt: skip
    actions.report_comment(
        comment=doubtful, ground=Ground.SPAM, text="Parece propaganda, não contribuição ao plano.",
        by=people["focal-point-parnaiba"],
    )  # fmt: skip
    _say(
        plan, people["citizen"], "es", Audience.EVERYONE,
        "¿Las fichas de las agencias van a ser públicas? Nos interesa seguirlas desde el barrio.",
    )  # fmt: skip


def _say(
    record: Model, by: Actor, language: str, audience: str, text: str, parent: Comment | None = None
) -> Comment:
    """A comment as it would come in."""
    return actions.comment(
        record=record, text=text, key=uuid4(), by=by, parent=parent, audience=audience,
        language=language,
    )  # fmt: skip
