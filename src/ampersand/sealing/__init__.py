"""The signature on a PDF and its verification. Plain Python, usable alone."""
