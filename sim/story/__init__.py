"""A run in words: phrases as data, and what tells a run by them. The page that plays renders the same data."""
