"""Matrix games: equilibria, best replies, dynamics."""
