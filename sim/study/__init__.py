"""Questions asked of many runs, one file each."""
