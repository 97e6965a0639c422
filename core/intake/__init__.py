"""Spreadsheets of any kind become records: sheet (cells), header (columns), values, plan, commit."""
