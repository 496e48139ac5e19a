"""What a crisis is: its nations, militants, diplomacy, mechanism and payoff weights."""
