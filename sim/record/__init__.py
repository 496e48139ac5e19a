"""Tables on disk: rows of runs and cells, written whole or not at all, with what made them beside them."""
