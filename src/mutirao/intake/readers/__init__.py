"""Readers of documents: .txt, .md, .docx, .odt and text PDF -> numbered lines."""

from .errors import MESSAGES, UnreadableDocument
from .model import Document, Line
from .read import read_document

__all__ = ["MESSAGES", "Document", "Line", "UnreadableDocument", "read_document"]
