"""How probable is escalation over a design of fields and groups?"""
