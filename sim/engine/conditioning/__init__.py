"""The game under a record: runs are led to what is known to have happened, and weighted by how likely that was."""
