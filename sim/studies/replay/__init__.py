"""What happened in any one run of any cell of a study?"""
