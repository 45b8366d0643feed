"""More records for the table: each module has `fill(made)`, which puts some into the world."""
