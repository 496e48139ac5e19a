"""The families of rules a configuration chooses from."""
