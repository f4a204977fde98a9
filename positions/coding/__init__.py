"""From candidates to statements: review by people, and extraction into the record book."""
