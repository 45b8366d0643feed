"""What happens to plans. Every function is atomic, takes keywords only and checks its rule."""

from .bring_in import create_from_reading

__all__ = ["create_from_reading"]
