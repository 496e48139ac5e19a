"""The page that plays: the compiled clock in a browser, every field at hand, in one file that needs no network."""
