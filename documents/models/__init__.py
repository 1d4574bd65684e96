from .documents import Document

__all__ = ["Document"]
