"""The third clock: the compiled clock in a browser, where the same functions give the same bits."""
