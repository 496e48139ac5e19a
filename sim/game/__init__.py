"""The model, pure: it knows no clock, no file, no picture. ``course`` holds its three functions; start there."""
