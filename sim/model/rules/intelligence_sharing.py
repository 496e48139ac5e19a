"""What does the host pass on? A rule says whether it shares a warning of an attack planned on its soil.

Every rule has the signature ``rule(host, trust, returned, agreed) -> bool``: the host's fixed numbers, its trust in the
other side, whether the other side shared when last it had something to share, and whether a mechanism is in force.
"""

from sim.model.parameter import Plain
from sim.model.registry import ALL, Registry

sharing = Registry("sharing", "what does the host pass on?")


@sharing.seeing()
def none(host: Plain, trust: float, returned: int, agreed: bool) -> bool:
    """Keeps everything to itself: sources are not for sharing (Walsh 2010, on the risks of sharing)."""
    return False


@sharing.seeing()
def full(host: Plain, trust: float, returned: int, agreed: bool) -> bool:
    """Passes on every warning, whatever it costs in sources (Walsh 2010)."""
    return True


@sharing.seeing(returned=ALL)
def reciprocal(host: Plain, trust: float, returned: int, agreed: bool) -> bool:
    """Shares as the other side did when last it could (tit-for-tat in sources; Walsh 2010)."""
    return returned == 1


@sharing.seeing(trust=ALL)
def trusting(host: Plain, trust: float, returned: int, agreed: bool) -> bool:
    """Shares while its trust stands above its threshold (Kydd 2005)."""
    return trust > host.sharing_trust


@sharing.seeing()
def under_agreement(host: Plain, trust: float, returned: int, agreed: bool) -> bool:
    """Shares only while a mechanism is in force (Walsh 2010 on intelligence-sharing agreements)."""
    return agreed


choose = sharing.switch()
