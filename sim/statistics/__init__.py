"""Arrays in, arrays out: intervals, paired differences, survival curves."""
