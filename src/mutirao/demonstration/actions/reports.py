"""Two reports: of the 2018 vice-presidency on its term, and of the network to its assembly.

Making an edition takes seconds, which the first start must not wait for: the job worker makes and
publishes them while the first pages are looked at.
"""

from __future__ import annotations

from procrastinate.contrib.django import app

from mutirao.accounts.models import User
from mutirao.core.languages import LANGUAGES
from mutirao.network.acting import actor_for
from mutirao.plans.models import Plan
from mutirao.reports import actions as reports
from mutirao.reports.models import Production, Report
from mutirao.reports.tasks import make

from .network import Network

SECRETARIAT = "secretariat"
_UNIT = {
    "title": "Relatório da gestão 2018: Vice-Presidência de Inovação e Governança",
    "language": "pt",
    "introduction": (
        "Registro de exemplo. Em 2018 a vice-presidência propôs aproximar agências de "
        "desenvolvimento, organizar visitas de negócios e reunir em um só lugar as boas práticas "
        "de governança.\n\n"
        "Este relatório mostra, compromisso por compromisso, o que foi cumprido e o que não pôde "
        "ser feito, com as evidências que cada cidade apresentou."
    ),
    "closing": (
        "A plataforma de boas práticas mostrou-se o resultado mais duradouro. Recomenda-se à "
        "assembleia que a próxima gestão retome os dois compromissos cancelados, com prazos mais "
        "longos para os trâmites com os bancos."
    ),
}
_NETWORK = {
    "title": "Informe a la asamblea de la red",
    "language": "es",
    "introduction": (
        "Registro de ejemplo. La Secretaría Técnica presenta a la asamblea el estado del trabajo "
        "de las unidades en la gestión en curso: qué se prometió, qué se cumplió y qué está "
        "atrasado.\n\n"
        "Las cifras salen de los registros de la plataforma; cada una lleva a la lista que la "
        "compone."
    ),
    "closing": (
        "Se propone a la asamblea pedir a las unidades que aún no aprobaron su plan de trabajo que "
        "lo presenten antes de la próxima reunión de la Dirección Ejecutiva."
    ),
}


def load_reports(network: Network, plans: dict[str, Plan]) -> None:
    """Begin both reports; what makes and publishes them waits in the queue."""
    past = min(plans.values(), key=lambda plan: plan.term.starts_on)
    present = max(network.terms.values(), key=lambda term: term.starts_on)
    secretariat = network.acts_for[SECRETARIAT]
    for report in (
        Report(unit=past.unit, term=past.term, organisation=past.presented_by, **_UNIT),
        Report(unit=None, term=present, organisation=secretariat, **_NETWORK),
    ):
        report.is_sample = True
        report.save()
        app.configure_task("demonstration.publish_report").defer(
            report_id=report.pk, person_id=network.people[SECRETARIAT].pk
        )


def publish_report(*, report_id: int, person_id: int) -> None:
    """Make the first edition of a sample report and publish it; a second run changes nothing."""
    report = Report.objects.get(pk=report_id)
    if report.is_published:
        return
    by = actor_for(User.objects.get(pk=person_id))
    production = Production.objects.filter(report=report).first()
    if production is None:
        production = reports.ask_for_edition(report=report, languages=LANGUAGES, by=by)
    make(production.pk)
    production.refresh_from_db()
    if production.edition is not None:
        reports.publish(edition=production.edition, by=by)
