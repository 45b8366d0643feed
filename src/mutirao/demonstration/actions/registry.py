"""What the secretariat has before it: a suspended member, a spreadsheet with mistakes, a pair of
duplicates. All of it marked sample."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile

from mutirao.network.acting import actor_for
from mutirao.network.models import Act, Organisation, Suspension
from mutirao.network.states import ActKind
from mutirao.registry import actions as registry
from mutirao.registry.models import Import

from .network import Network

SECRETARIAT = "secretariat"
SUSPENDED = "barquisimeto"
TWIN = "rafaela"
_REASON = (
    "Registro de ejemplo: suspensión pedida por la propia ciudad mientras su concejo ratifica la"
    " adhesión."
)
# Rows as a secretariat keeps them; what is wrong in them is what the preview shows.
_SHEET = """Nome;País;Estado ou província;População;Admitido em;Site
Curitiba;Brasil;Paraná;1.829.225;;www.curitiba.pr.gov.br
Guarulhos;Brasil;São Paulo;;;
Maringá;Brasil;Paraná;409.657;14/03/2025;www.maringa.pr.gov.br
Prefeitura de Osasco;Brasil;São Paulo;743.432;;
Mendoza;Argentna;Mendoza;127.160;14/03/2025;
Neuquén;Argentina;Neuquén;cerca de 287 mil;14/03/2025;
San Miguel de Tucumán;Argentina;Tucumán;605.767;31/02/2025;
Maringá;Brasil;Paraná;409.657;14/03/2025;
"""


def load_registry(network: Network, today: date, files: list) -> None:
    """Everything under three headings of the secretariat's side."""
    _suspend(network.organisations[SUSPENDED], today)
    _double(network.organisations[TWIN])
    _bring_in(network, files)


def _suspend(city: Organisation, today: date) -> None:
    act = Act.objects.create(
        kind=ActKind.RESOLUTION,
        number=f"4/{today.year} (ejemplo)",
        signed_on=today - timedelta(days=50),
    )
    Suspension.objects.create(
        member=city.admissions.get(),
        starts_on=today - timedelta(days=45),
        reason=_REASON,
        decided_by=act,
    )


def _double(city: Organisation) -> None:
    """The same city again, as somebody in a hurry registers it."""
    Organisation.objects.create(
        kind=city.kind,
        name=f"Municipalidad de {city.name}",
        slug=f"municipalidad-de-{city.slug}",
        country=city.country,
        website=city.website,
        is_sample=True,
    )


def _bring_in(network: Network, files: list) -> None:
    person = network.people[SECRETARIAT]
    batch = registry.bring_in(
        by=actor_for(person, network.acts_for[SECRETARIAT].pk),
        kind="organisations",
        file=ContentFile(_SHEET.encode(), name="membros.csv"),
        filename="membros-exemplo.csv",
        key=uuid4(),
    )
    files.append(batch.file)
    Import.objects.filter(pk=batch.pk).update(is_sample=True)
    registry.preview(import_id=batch.pk)
