"""The names a user of Python needs: the same questions as on the command line, asked by functions."""
