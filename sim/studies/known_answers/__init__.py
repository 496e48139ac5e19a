"""Does the engine meet limits whose exact answer is known?"""
