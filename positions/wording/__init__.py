"""Results in sentences and as plain rows: one home for every word and key that a user sees."""
