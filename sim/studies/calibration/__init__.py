"""How near is the model to what is known of real crises?"""
