"""Two clocks for one model: they decide only when the model's functions are called."""
