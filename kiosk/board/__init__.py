"""The read side: one snapshot for each kind of screen. Shapes are in docs/protocol.md."""

from kiosk.board.board import Board

__all__ = ["Board"]
