"""Does each mechanism do what is predicted of it, nulls and backfires included?"""
