"""How probable is what plain runs hardly ever see?"""
