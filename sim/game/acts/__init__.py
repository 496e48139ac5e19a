"""What happens: one file for each kind of act. Each takes a view, the setting and chance, and returns view and deed."""
