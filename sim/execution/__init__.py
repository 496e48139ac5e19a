"""Who plays the tasks of a study, in which order, and how far they are."""
