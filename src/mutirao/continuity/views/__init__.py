"""HTTP only: handing over."""
