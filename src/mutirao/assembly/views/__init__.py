"""HTTP only."""

from . import assemblies, candidacies, votes

__all__ = ["assemblies", "candidacies", "votes"]
