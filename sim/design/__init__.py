"""From mappings to crises and cells: what is asked, and over which design."""
