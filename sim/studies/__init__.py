"""A folder a question: its options, computation, table, words, figures and command. Studies do not know each other."""
