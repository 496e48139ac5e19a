"""What a rule reads: so that a state may forget what no rule in force will ever ask."""

import dis
import inspect


def reads(function, seen=()):
    """Every name that ``function``, and any function of the program it names, loads: fields, arguments and globals.

    More names than it truly reads are harmless: what is read is kept.
    """
    if function in seen:
        return set()
    found = set()
    for instruction in dis.get_instructions(function):
        if instruction.opname.startswith("LOAD_") and instruction.opname != "LOAD_CONST":
            value = instruction.argval
            found |= {value} if isinstance(value, str) else {name for name in value if isinstance(name, str)}
    called = [function.__globals__.get(name) for name in sorted(found)]
    for other in filter(inspect.isfunction, called):
        if other.__module__.startswith("sim."):
            found |= reads(other, (*seen, function))
    return found
