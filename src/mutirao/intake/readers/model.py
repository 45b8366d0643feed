"""What every reader gives back: a document as numbered lines."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line of a text, paragraph of a document or row of a table.

    `number` counts from 1 over the body in reading order; headers, footers, footnotes and
    comments follow after the body (`furniture`), each text once. `label` is the number or bullet
    that the word processor paints and does not store in the text ("1.2", "IV)", "•"); `level` is
    its depth. `cells` keeps the columns of a row, an empty string where a merged cell continues.
    A line break typed inside a paragraph or cell stays as "\\n" in `text` and `cells`.
    """

    number: int
    text: str
    kind: str = "paragraph"  # or "row"
    cells: tuple[str, ...] = ()
    table: int | None = None
    heading: int | None = None  # 1 = outermost heading style; 0 = title style
    label: str | None = None
    level: int = 0
    bold: bool = False
    indent: float = 0.0  # centimetres in documents, characters in texts
    gap: bool = True  # an empty line, or a paragraph boundary, comes before
    page: int | None = None
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read. `format` is txt, md, docx, odt or pdf; `sha256` is of its bytes."""

    format: str
    lines: tuple[Line, ...]
    sha256: str

    @property
    def wrapped(self) -> bool:
        """True where a line may be a piece of a paragraph (texts, PDF), not a whole one."""
        return self.format in {"txt", "md", "pdf"}
