"""Files of other tools, in and out: one module a format, all by the same pair of commands."""
