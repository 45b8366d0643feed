"""What each account of the demonstration is good for seeing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TRIES = {
    "secretariat": _("See how every unit stands, keep the directory, admit members."),
    "presidency": _("Read a plan that was submitted and approve it, or return it with remarks."),
    "coordinator-economy": _("Follow a plan in progress: record steps, evidence, new dates."),
    "subcoordinator-economy": _(
        "Work on a plan together with the city that coordinates the unit, and switch between"
        " the city and its agency: this person acts for both."
    ),
    "focal-point-parnaiba": _("Work from a member city's desk: its commitments, its meetings."),
    "officer-ruta-n": _("Keep the commitments of a development agency up to date."),
    "mayor-parnaiba": _("See in a minute what your city promised and how it stands."),
    "citizen": _("Read all that is public, signed in, without acting for anyone."),
    "observer-university": _("Read what members read, without writing."),
    "vice-presidency-innovation": _("Bring a work-plan document in and check how it was read."),
    "coordinator-science": _("Finish a draft plan and submit it."),
    "coordinator-youth": _("Answer the remarks on a plan that was returned."),
    "coordinator-tourism": _("Wait for the decision on a plan that was submitted."),
}
