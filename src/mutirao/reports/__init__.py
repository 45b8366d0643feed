"""Reports made of the records: of a unit and a term, and to the assembly."""
