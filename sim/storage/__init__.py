"""Studies on disk: written whole, checked, found again."""
