"""What hangs on a plan and its activities, as columns of lists in plain SQL (see core.sql)."""

from __future__ import annotations

from django.db.models import BigIntegerField

from mutirao.core.sql import array_of
from mutirao.network.states import LEADING_OFFICES, Office

_ORGANISATION = "'id', city.id, 'slug', city.slug, 'name', city.name"

# Who leads a plan's unit in its term: {id, slug, name, office}, leaders first.
COORDINATION = array_of(
    f"""
    SELECT jsonb_build_object({_ORGANISATION}, 'office', held.office)
    FROM network_mandate AS held
    JOIN network_organisation AS city ON city.id = held.organisation_id
    WHERE held.unit_id = plans_plan.unit_id AND held.term_id = plans_plan.term_id
      AND held.office = ANY(%s)
    ORDER BY held.office, city.name""",  # noqa: S608  nothing in it comes from a reader
    [[str(office) for office in (*LEADING_OFFICES, Office.SUB_COORDINATOR)]],
)

# The numbers of the SDGs a plan's activities serve.
GOAL_NUMBERS = array_of(
    """
    SELECT DISTINCT target.goal_id FROM plans_activity AS activity
    JOIN plans_activity_targets AS link ON link.activity_id = activity.id
    JOIN topics_target AS target ON target.code = link.target_id
    WHERE activity.plan_id = plans_plan.id ORDER BY target.goal_id""",
    of=BigIntegerField(),
)

# What `queries.activities_of` says of each activity's links.
OF_ACTIVITIES = {
    "served": array_of(
        """
        SELECT axis.id FROM plans_activity_axes AS link
        JOIN plans_axis AS axis ON axis.id = link.axis_id
        WHERE link.activity_id = plans_activity.id ORDER BY axis.kind, axis.position""",
        of=BigIntegerField(),
    ),
    "themes_shown": array_of(
        """
        SELECT jsonb_build_object('code', theme.code, 'id', theme.id, 'label', theme.label)
        FROM plans_activity_themes AS link
        JOIN topics_theme AS theme ON theme.id = link.theme_id
        WHERE link.activity_id = plans_activity.id ORDER BY theme.position"""
    ),
    "targets_shown": array_of(
        """
        SELECT jsonb_build_object(
            'code', target.code, 'label', target.label, 'goal', goal.number, 'title', goal.title)
        FROM plans_activity_targets AS link
        JOIN topics_target AS target ON target.code = link.target_id
        JOIN topics_goal AS goal ON goal.number = target.goal_id
        WHERE link.activity_id = plans_activity.id ORDER BY target.position"""
    ),
    "organisations_shown": array_of(
        f"""
        SELECT jsonb_build_object({_ORGANISATION})
        FROM plans_activity_organisations AS link
        JOIN network_organisation AS city ON city.id = link.organisation_id
        WHERE link.activity_id = plans_activity.id ORDER BY city.name"""  # noqa: S608
    ),
    "units_shown": array_of(
        """
        SELECT jsonb_build_object('id', unit.id, 'slug', unit.slug, 'name', unit.name)
        FROM plans_activity_units AS link
        JOIN network_unit AS unit ON unit.id = link.unit_id
        WHERE link.activity_id = plans_activity.id ORDER BY unit.slug"""
    ),
}
