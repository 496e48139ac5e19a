"""The table of targets as text."""


def target_table(targets, request):
    """A line a quantity: target, simulated value with its interval, near or not, source."""
    head = f"{'quantity':<62} {'target':>15}   {'simulated':>9}  {'95 % interval':<19} {'near':<5} source"
    lines = [head, "-" * len(head)]
    for t in targets:
        interval = f"[{t.value_low:.4g}, {t.value_high:.4g}]"
        lines.append(
            f"{t.quantity:<62} {t.target:>15}   {t.value:>9.3g}  {interval:<19} {'near' if t.near else 'NOT':<5} {t.source}"
        )
    met = sum(t.near for t in targets)
    foot = f"""
{met} of {len(targets)} near. {request.runs:,} runs, seed {request.seed}. For the clock of January 2024 the brackets hold the
simulated 10th and 90th percentiles, over runs whose first strike was answered: one crisis identifies almost nothing."""
    return "\n".join([*lines, foot])
