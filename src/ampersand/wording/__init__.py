"""The language of agreements: parse, write, fill, compare, render and typeset. Plain Python, usable alone."""
