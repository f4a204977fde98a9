"""The semantics once more, slow, obvious and exact: what the real computations are held against.

Fractions, dicts and lists only; of the toolkit nothing but its frozen input models is used. Where the page leaves a
question open the comment ``reading:`` says how it was read here. One module a section of semantics.md.
"""
