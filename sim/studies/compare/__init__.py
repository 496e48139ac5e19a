"""Which of several alternatives lowers an outcome, by how much, how sure?"""
