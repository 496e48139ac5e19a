"""Does each mechanism do what is predicted of it: lower, raise or leave the outcome?"""
