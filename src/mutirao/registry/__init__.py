"""Members and mandates brought in as tables; duplicates merged."""
