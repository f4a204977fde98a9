"""The sections of a report, one module each; they fill the models of ``snapshot.report``."""
