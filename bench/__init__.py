"""Figures: each module prints one table, medians over several runs, peers in the same run."""
