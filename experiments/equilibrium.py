"""What would the two sides choose? The game of their policies, solved mechanism by mechanism."""

import re
import sys

from sim.cli.commands import loaded
from sim.cli.main import run
from sim.cli.multirun import each
from sim.design.errors import InputError
from sim.studies.equilibrium.options import EquilibriumOptions

BLOCKS = ("strategies", "mechanisms", "noise", "search_over")


def given(arguments):
    """The command line with ``mechanism=none,hotline`` as the list it means: each mechanism is a game, all in one study.

    One mechanism is a list of one, unless ``mechanisms`` says otherwise. In a multirun each job has one mechanism, its own.
    """
    alone = not any(one.startswith("mechanisms=") for one in arguments)
    listed = re.compile(r"mechanism=([\w.-]+(?:,[\w.-]+)" + ("*)" if alone else "+)"))
    if {"-m", "--multirun"} & {*arguments}:
        chosen = {one.split("=", 1)[0] for one in arguments}
        return [*arguments, "mechanisms=[]"] if "mechanism" in chosen and "mechanisms" not in chosen else arguments
    return [f"mechanisms=[{names[1]}]" if (names := listed.fullmatch(one)) else one for one in arguments]


def finish(jobs):
    """Solve the games of every job."""
    each(jobs, ready, answer)


def ready(job):
    """The request and the games."""
    from sim.studies.equilibrium.game_spec import game_spec, overruled

    options = asked(job)
    spec = game_spec(job.mapping, job.recomposed)
    if lines := overruled(spec, job.given):
        raise InputError(*lines)
    return options, spec


def answer(job, options, spec):
    """Play and solve every game of one job, and write it all down."""
    from sim.storage.atomic_folder import folder, place
    from sim.storage.study_file import write_cells
    from sim.studies.equilibrium.figures import contest_figures
    from sim.studies.equilibrium.fixed_vs_equilibrium import fixed_vs_equilibrium
    from sim.studies.equilibrium.game_spec import cells
    from sim.studies.equilibrium.table import save
    from sim.studies.equilibrium.text import contest_table

    with folder(place(options, "equilibrium", job.scenario, spec.games, spec.menus._asdict(), words=spec.mechanisms)) as (
        aside,
        path,
    ):
        grid = fixed_vs_equilibrium(spec, options)
        more = beyond(grid, spec, options)
        text = contest_table(grid, spec, options, *more)
        print(text, flush=True)
        (aside / "equilibrium.txt").write_text(text + "\n", encoding="utf-8")
        save(aside, grid, spec, options, more)
        bases = [games[0] for games in spec.games]
        write_cells(aside, "equilibrium", options, bases, list(cells(spec)))
        job.write(aside)
        names = contest_figures(aside, grid, spec, options)
        if options.report:
            from sim.studies.equilibrium.report import contest_report

            contest_report(aside, grid, spec, options, job.given, path, more)
            names = ["report.html", *names]
    print(f"\nwritten to {path}: {', '.join(names)}, equilibrium.txt, table.parquet, summary.json, study.json, config.yaml")


def beyond(grid, spec, options):
    """What the menus do not cover: what every weight does in each game, and a ``Search`` in each where asked for."""
    from sim.studies.equilibrium.fixed_vs_equilibrium import likeliest
    from sim.studies.equilibrium.payoffs import Players
    from sim.studies.equilibrium.search import searched
    from sim.studies.equilibrium.weight_sensitivity import weight_sensitivities

    swayed, sought = [], []
    for games in grid:
        table, weights = games[0].table, spec.games[0][0].weights
        swayed.append(weight_sensitivities(table, weights, [likeliest(games[0].answer)], options.resamples, options.seed))
    if options.search:
        with Players(options.seed, options.threads) as players:
            sought = [searched(players, games[0], spec.menus.a, spec.menus.b, spec.over, options) for games in spec.games]
    return swayed, sought


def asked(job):
    """The request: ``report`` and ``search`` may be true or false; the blocks are read elsewhere."""
    mapping = {name: value for name, value in job.mapping.items() if name not in BLOCKS}
    for name in ("report", "search"):
        if isinstance(mapping.get(name), bool):
            mapping[name] = int(mapping[name])
    return job._replace(mapping=mapping).asked(EquilibriumOptions)[1]


if __name__ == "__main__":
    sys.exit(run(loaded("equilibrium"), sys.argv[1:]))
