"""The families of rules: one file a question, one decorated function an answer."""
