"""The program without its window: records, arithmetic, rules, storage, reports."""

__version__ = "0.1.0"
