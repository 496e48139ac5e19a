"""Numbers that are the same to the last bit everywhere: compiled functions, random blocks, elementary functions."""
