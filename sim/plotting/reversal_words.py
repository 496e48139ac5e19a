"""What would have to be true for a ranking to reverse, in sentences: a favourite or a tie, how often behind, and where."""

from sim.model.text import counted
from sim.plotting.numbers import bracketed, listed
from sim.runs.ranking import BY_CHANCE, Ranking

NO_RULE = "No rule found: nothing in these assumptions reverses it reliably"
MOST = 3  # names in a tie that are told one by one


def reversal(order: Ranking) -> list[str]:
    """The answer of a ``Ranking``: a list of sentences."""
    return [favourite(order), behind(order), *where(order)]


def favourite(order: Ranking) -> str:
    """Which is most often best; a tie is called one."""
    shares = {place.name: f"{readable(place.name)} ({100 * place.best:.1f} %)" for place in order.places}
    if len(order.leaders) == 1:
        return f"Most often best is {shares[order.leaders[0]]}, told from all others over these points."
    names = [shares[name] for name in order.leaders]
    return f"A tie: which of {listed(names)} is most often best, {counted(len(order.u), 'point')} do not tell."


def behind(order: Ranking) -> str:
    """How often some other is better than the first."""
    first = order.places[0].name
    than = readable(first) if len(order.leaders) == 1 else f"{readable(first)}, the first of these,"
    at = f"at {bracketed(order.flipped, 100)} % of the points"
    said = f"Some other is better than {than} {at} by a difference whose interval leaves out zero"
    return f"{said}." if order.reverses else f"{said}; chance alone may give {100 * BY_CHANCE:g} %, so this shows no reversal."


def where(order: Ranking) -> list[str]:
    """The rules that say where, each judged on points it was not found on; or that there are none."""
    if not order.rules:
        tried = f", judged on {counted(len(order.u) // 2, 'point')} held back" if order.reverses else ""
        return [f"{NO_RULE}{tried}."]
    return [_rule(rule) for rule in order.rules]


def _rule(rule):
    """A rule in a sentence, and what is best where it holds."""
    return (
        f"Where {readable(rule.words)}, it is so at {bracketed(rule.precision, 100)} % of {counted(rule.inside, 'point')} held "
        f"back, against {bracketed(rule.outside, 100)} % of the {rule.of - rule.inside:,} others; that takes in "
        f"{100 * rule.coverage:.0f} % of all {rule.flips:,} such points. {_instead(rule.instead)}"
    )


def _instead(names):
    """What is best there, or a tie."""
    if len(names) == 1:
        return f"Most often best is then {readable(names[0])}."
    told = listed([readable(name) for name in names]) if len(names) <= MOST else f"{len(names)} alternatives"
    return f"What is then most often best, these points do not tell: a tie of {told}."


def readable(text: str) -> str:
    """Names of fields and alternatives as a reader says them."""
    return text.replace("nation.", "").replace("_", " ")
