"""Keeping an installation: one file that holds all of it, and an installation out of that file.

`archive` the file's format, `programs` PostgreSQL's own dump and restore, `backup` and `restore`
what the commands do, `words` what they say. docs: docs/adr/ (backups), docs/operations.md.
"""
