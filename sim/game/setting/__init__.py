"""What is fixed before the first shot: nations, militants, diplomacy, a mechanism, weights, and the crisis of them."""
