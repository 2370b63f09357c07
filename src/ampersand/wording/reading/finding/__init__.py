"""From a sheet of lines to what an agreement asks for: its blanks, either/ors, points and signatures.

Knows nothing of files. `blanks` and `clauses` go over the whole sheet; the other modules each know one shape.
"""
