"""A forecast asked from Python: the record by name, file or mapping, and the crisis that goes with it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from sim.design.errors import InputError
from sim.design.paths import CONFIGS
from sim.face.crises import Crisis, load
from sim.face.questions import asked
from sim.storage.regular_file import Odd, content
from sim.studies.result import Result

LARGEST = 2_000_000  # bytes of a record's file


def forecast_of(
    record: str | Path | Mapping[str, Any],
    overrides: tuple[str, ...],
    crisis: Crisis | None,
    config_dir: str,
    values: dict[str, Any],
) -> Result:
    """The forecast from a record. Raises ``InputError``."""
    named = isinstance(record, str) and not record.endswith((".yaml", ".yml"))
    if named:
        overrides = (f"record={record}", *overrides)
        if crisis is None and (CONFIGS / "scenario" / f"{record}.yaml").is_file():
            crisis = load(f"scenario={record}", config_dir=config_dir)
    else:
        values = values | {"record": _mapping(record)}
    return asked("forecast", crisis or load("scenario=headline_dyad", config_dir=config_dir), overrides, values)


def _mapping(record: str | Path | Mapping[str, Any]) -> Any:
    """The mapping of a record that is one or stands in a file."""
    if isinstance(record, Mapping):
        return dict(record)
    try:
        return yaml.safe_load(content(record, LARGEST))
    except (OSError, Odd) as error:
        raise InputError(f"record cannot be read: {error}") from None
    except yaml.YAMLError:
        raise InputError(f"record must be a file of YAML, got {str(record)!r}") from None
