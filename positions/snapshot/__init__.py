"""Snapshot: the report of one date, one frozen model with several renderers.

:func:`positions.snapshot.build.build_report` makes the :class:`positions.snapshot.report.Report` from the records in
force; :func:`positions.snapshot.render.render_report` writes it as HTML, Markdown or JSON. Both are pure: the same
log and the same arguments give the same bytes, whatever the clock, the timezone, the locale or the hash seed.
"""
