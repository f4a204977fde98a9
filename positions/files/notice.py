"""Telling the person at the terminal something beside the answer: one line on standard error."""

from __future__ import annotations


def notify(message: str) -> None:
    """Say something that is neither an answer nor an error, through the logger ``positions``.

    Nothing has to be set up for it to reach standard error; a program that uses the toolkit may send it elsewhere.
    """
    # Not at every start: most commands have nothing to say.
    import logging

    from positions.files.characters import show_controls

    logging.getLogger("positions").warning("positions: %s", show_controls(message))
