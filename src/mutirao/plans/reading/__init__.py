"""Lines of a document -> what a work plan says (pure Python: no database, no Django)."""

from .model import Event, Item, NotUnderstood, Other, PlanReading
from .read import read_plan

__all__ = ["Event", "Item", "NotUnderstood", "Other", "PlanReading", "read_plan"]
