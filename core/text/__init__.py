"""What a report's Chinese text says: amounts, sentences, claims and defects. Pure functions over ``str``."""
