"""From a file to a sheet of lines: one module for each kind of file, and what they share.

Each gives what its format says about a line (a heading, a point, a cell, a box, room to write on) and decides
nothing about what is asked for.
"""
