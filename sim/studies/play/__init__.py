"""How does one run go, and how do thousands like it end?"""
