"""The command ``play``."""

from sim.studies.command import Asked, Command
from sim.studies.play.options import PlayOptions


def ready(job):
    """The question of a job: its crisis, one run of it and thousands."""
    crisis, options = job.asked(PlayOptions)

    def compute():
        from sim.studies.play.compute import Play

        return Play(crisis, options)

    return Asked(options, (crisis,), compute)


COMMAND = Command("play", PlayOptions, ready)
