"""Forecasts held against what came next: the model's beside those of base rates, on the same moments of the same records."""
