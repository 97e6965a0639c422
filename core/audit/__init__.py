"""Checks the text of any report: reads it, works out again what it says in figures, and judges the differences."""
