"""What does a small model say, solved without a single random number?"""
