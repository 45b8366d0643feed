"""The assembly that elected the current term, the one that takes candidacies, and reminders."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from mutirao.assembly.models import Assembly, Candidacy, Election
from mutirao.assembly.states import Candidate, How, State, Way
from mutirao.continuity.models import Nudge
from mutirao.network.models import Mandate, Term
from mutirao.network.states import GRACE_DAYS, LEADING_OFFICES, Office
from mutirao.plans.models import Activity, Axis, Plan
from mutirao.plans.states import Proposal

from .network import Network

ZONE = "America/Montevideo"
# Offices of the current term that were contested: unit → (votes of the elected, the other, its).
CONTESTED = {
    "local-economic-development": (21, "rafaela", 13),
    "culture": (18, "valparaiso", 15),
}
RULES = (
    "Cada ciudad miembro tiene un voto. Pueden postularse las ciudades miembros al día con la red,"
    " con un plan de trabajo para la gestión."
)


def load_assemblies(network: Network, today: date) -> None:
    """Two assemblies and two reminders; some forty rows."""
    following = _next_term(network.terms["current"])
    _elected(network)
    _receiving(network, following, today)
    _reminders(network)


def _next_term(current: Term) -> Term:
    first = current.ends_on + timedelta(days=1)
    last = first.replace(year=first.year + 1) - timedelta(days=1)
    return Term.objects.create(
        code=str(first.year),
        starts_on=first,
        ends_on=last,
        closes_on=last + timedelta(days=GRACE_DAYS),
    )


def _elected(network: Network) -> None:
    """The one before the current term: its result is the mandates of today."""
    term = network.terms["current"]
    day = term.starts_on - timedelta(days=25)
    assembly = Assembly.objects.create(
        title="Asamblea general de la red",
        language="es",
        term=term,
        held_on=day,
        place="Montevideo",
        candidacies_from=day - timedelta(days=60),
        candidacies_until=day - timedelta(days=15),
        note=RULES,
        state=State.CONCLUDED,
        is_sample=True,
    )
    noon = datetime.combine(day, time(12), ZoneInfo(ZONE))
    mandates = Mandate.objects.filter(term=term, office__in=LEADING_OFFICES).select_related("unit")
    elections, candidacies = [], []
    for mandate in mandates:
        contested = CONTESTED.get(mandate.unit.slug)
        how = How.VOTES if contested else How.ACCLAMATION
        election = Election(
            assembly=assembly, unit=mandate.unit, office=mandate.office, how=how, decided_at=noon
        )
        if contested:
            election.entitled, election.turnout, election.blank = 46, 37, 37 - contested[0]
            election.blank -= contested[2]
        elections.append(election)
        candidacies.append(_stood(election, mandate, contested[0] if contested else None))
        if contested:
            candidacies.append(_lost(network, election, contested[1], contested[2]))
    Election.objects.bulk_create(elections)
    Candidacy.objects.bulk_create(candidacies)


def _stood(election: Election, mandate: Mandate, votes: int | None) -> Candidacy:
    return Candidacy(
        election=election,
        organisation_id=mandate.organisation_id,
        statement="Nuestra ciudad propone seguir el trabajo de la unidad y ampliar su calendario.",
        language="es",
        state=Candidate.ELECTED,
        votes=votes,
        submitted_at=election.decided_at - timedelta(days=30) if election.decided_at else None,
        is_sample=True,
    )


def _lost(network: Network, election: Election, slug: str, votes: int) -> Candidacy:
    return Candidacy(
        election=election,
        organisation=network.organisations[slug],
        statement="Una ciudad de tamaño medio puede acercar la unidad a las agencias de la región.",
        language="es",
        state=Candidate.NOT_ELECTED,
        votes=votes,
        is_sample=True,
    )


def _receiving(network: Network, term: Term, today: date) -> None:
    """The one for the next term: its window is open, its vote will be secret and held here."""
    day = today + timedelta(days=45)
    opens = datetime.combine(day, time(9), ZoneInfo(ZONE))
    assembly = Assembly.objects.create(
        title=f"Asamblea general {term.code}",
        language="es",
        term=term,
        held_on=day,
        place="Rosario",
        candidacies_from=today - timedelta(days=12),
        candidacies_until=today + timedelta(days=25),
        note=RULES,
        way=Way.SECRET,
        opens_at=opens,
        closes_at=opens + timedelta(hours=30),
        time_zone=ZONE,
        quorum=33,
        state=State.ANNOUNCED,
        is_sample=True,
    )
    wanted = ("local-economic-development", "culture", "tourism", "vp-innovation-governance")
    offices = {
        slug: Office.VICE_PRESIDENT if slug.startswith("vp-") else Office.COORDINATOR
        for slug in wanted
    }
    elections = {
        slug: Election.objects.create(assembly=assembly, unit=network.units[slug], office=office)
        for slug, office in offices.items()
    }
    economy = elections["local-economic-development"]
    _stands(network, economy, "rosario", "es", Candidate.SUBMITTED, 9)
    _stands(network, economy, "barueri", "pt", Candidate.SUBMITTED, 4)
    _stands(network, elections["culture"], "valparaiso", "es", Candidate.SUBMITTED, 2)
    _stands(network, elections["tourism"], "cusco", "es", Candidate.DRAFT, 0)


_WORDS = {
    "es": (
        "Proponemos que las agencias de desarrollo trabajen en parejas: una ciudad que aprende y"
        " otra que acompaña, con resultados medidos cada semestre.",
        "Plan de trabajo {term}: {unit}",
        "Cooperación entre agencias que deja resultados medidos.",
        ("Doce parejas de agencias", "Encuentro anual de la unidad", "Informe semestral abierto"),
    ),
    "pt": (
        "Queremos que as pequenas cidades também proponham: um calendário descentralizado, reuniões"
        " por vídeo e um fundo comum para intercâmbios técnicos.",
        "Plano de trabalho {term}: {unit}",
        "Uma unidade em que as pequenas cidades também propõem.",
        ("Reuniões mensais por vídeo", "Fundo comum de intercâmbios", "Guia de boas práticas"),
    ),
}


def _stands(
    network: Network, election: Election, slug: str, language: str, state: str, days_ago: int
) -> None:
    """A candidacy with a small plan of its own, shown to the members once it is submitted."""
    organisation = network.organisations[slug]
    statement, title, axis, activities = _WORDS[language]
    term, unit = election.assembly.term, election.unit
    submitted = state == Candidate.SUBMITTED
    plan = Plan.objects.create(
        unit=unit,
        term=term,
        presented_by=organisation,
        title=title.format(term=term, unit=unit.name[language]),
        language=language,
        introduction=statement,
        proposal=Proposal.SHOWN if submitted else Proposal.OWN,
        is_sample=True,
    )
    Axis.objects.create(plan=plan, number="I", text=axis)
    for position, text in enumerate(activities):
        Activity.objects.create(plan=plan, number=str(position + 1), text=text, position=position)
    Candidacy.objects.create(
        election=election,
        organisation=organisation,
        statement=statement,
        language=language,
        plan=plan,
        state=state,
        submitted_at=timezone.now() - timedelta(days=days_ago) if submitted else None,
        is_sample=True,
    )


def _reminders(network: Network) -> None:
    """One a city answered, one that waits."""
    sender = {
        "person": network.people["secretariat"],
        "organisation": network.acts_for["secretariat"],
        "term": network.terms["current"],
        "language": "es",
    }
    now = timezone.now()
    answered = Nudge.objects.create(
        unit=network.units["culture"],
        to=network.organisations["la-paz"],
        text="¡Hola! ¿Podrían contarnos en pocas palabras cómo está el trabajo de la unidad?",
        answer="El encuentro se pasó a otro mes; los demás compromisos van a tiempo.",
        answered_by=network.people["coordinator-culture"],
        answered_at=now - timedelta(days=12),
        **sender,
    )
    waiting = Nudge.objects.create(
        unit=network.units["local-economic-development"],
        to=network.organisations["rosario"],
        text=(
            "¡Hola! Hay compromisos de la unidad con la fecha vencida. ¿Podrían contarnos en pocas"
            " palabras cómo están? Gracias."
        ),
        **sender,
    )
    Nudge.objects.filter(pk=answered.pk).update(at=now - timedelta(days=16))
    Nudge.objects.filter(pk=waiting.pk).update(at=now - timedelta(days=3))
