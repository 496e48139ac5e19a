"""How near is the model to what is known of real crises? Each target on the scale it was coded in, with its own interval."""
