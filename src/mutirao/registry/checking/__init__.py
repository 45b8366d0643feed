"""What each row of a spreadsheet would do: new, changed, same, to be decided, or wrong and why.

Nothing is written here, and the database is read once per table, however long the file.
"""

from .run import check, dates_in
from .verdicts import Finding, Verdict

__all__ = ["Finding", "Verdict", "check", "dates_in"]
