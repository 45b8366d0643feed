"""HTTP only: handing over, opening terms, following coordinations."""
