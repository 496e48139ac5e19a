"""What many runs say: summaries, quantiles, competing risks."""
