"""The game itself, pure: it knows no clock, file, picture or configuration library."""
