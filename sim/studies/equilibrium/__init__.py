"""Which policies would the two sides choose, mechanism by mechanism, and what does that cost?"""
