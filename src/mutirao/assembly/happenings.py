"""What assemblies tell people."""

from django.utils.translation import gettext_lazy as _

from mutirao.core.happenings import Kind, declare

declare(
    Kind(
        "assembly.announced",
        _("An assembly receives candidacies"),
        _("%(record)s receives candidacies from %(first)s to %(last)s."),
        "now",
    ),
    Kind(
        "assembly.vote",
        _("A vote is open"),
        _("The vote of %(record)s is open until %(closes)s: your organisation has one."),
        "now",
    ),
    Kind(
        "assembly.candidacy",
        _("A city stands for an office"),
        _("%(organisation)s submitted a candidacy: %(record)s."),
    ),
    Kind(
        "assembly.refused",
        _("Your candidacy is refused"),
        _("The secretariat refused the candidacy %(record)s: %(reason)s"),
        "now",
    ),
    Kind(
        "assembly.admitted",
        _("Your candidacy stands after all"),
        _("The candidacy %(record)s stands after all."),
        "now",
    ),
    Kind(
        "assembly.elected",
        _("Your city is elected"),
        _("Your city is elected: %(record)s."),
        "now",
    ),
    Kind(
        "assembly.not_elected",
        _("Another city is elected"),
        _("The office was decided for another candidacy than yours: %(record)s."),
        "now",
    ),
    Kind(
        "assembly.mandate",
        _("Your city holds an office"),
        _("Your city's mandate is registered: %(office)s."),
        "now",
    ),
    Kind("assembly.concluded", _("An assembly is concluded"), _("%(record)s is concluded.")),
)
