"""Which assumptions drive the answer?"""
