"""Kinds of issue: one file each, with all that depends on the kind (how it is measured, worded and shown).

Another kind is one file too: a subclass of :class:`positions.model.issues.Issue` (or of its ``IssueWithElements``) that
reads such an issue from a codebook, a subclass of :class:`positions.kinds.base.IssueKind` with its operations, and a
call of :func:`positions.kinds.registry.register`. ``tests/positions/kinds/ranking.py`` is one from end to end.
"""
