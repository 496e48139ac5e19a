"""What a record of a crisis makes likely: followed to a moment, and played on from there under every mechanism."""
