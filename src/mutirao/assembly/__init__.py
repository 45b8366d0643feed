"""Candidacies, and the assembly that decides on them."""
