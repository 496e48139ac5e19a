"""What would the two sides choose? Finite games between them: payoff tables, their equilibria, and how sure those are."""
