"""A named tuple with some of its fields replaced, by name: ``changed(side, trust=0.4, envoy=0)``, on either clock.

Whoever changes a field names it and no other, so a field may be added to a tuple without a word anywhere else.
"""

import inspect
from typing import Any, TypeVar

from sim.model.numerics.jit import teach

T = TypeVar("T")


def changed(value: T, **fields: Any) -> T:
    """``value``, a named tuple of numbers and such tuples, with other ``fields``; ``ValueError`` for one it does not have.

    Compiled, a field keeps its type: another kind of number is converted, but a fraction is no whole number.
    """
    return value._replace(**fields)  # type: ignore[attr-defined]  # any named tuple; typing has no name for that


def _for_numba() -> None:
    """What the compiler is told of ``changed``: its type, and its instructions."""
    import numba
    from numba.core.typing import signature
    from numba.core.typing.templates import AbstractTemplate, infer_global
    from numba.extending import lower_builtin

    @infer_global(changed)
    class Changed(AbstractTemplate):
        """The result is of the tuple's own type; in which order the fields come."""

        def generic(self, args: Any, kws: Any) -> Any:
            """The signature of a call, refused where a field is unknown or of another type."""
            (value,) = args
            _check_fields(self.context, value, kws)
            order = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in ("value", *kws)]
            return signature(value, value, *kws.values()).replace(pysig=inspect.Signature(order))

    @lower_builtin(changed, numba.types.VarArg(numba.types.Any))
    def lowered(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        """The instructions: each new field is put into its place."""
        kind, whole = sig.return_type, args[0]
        for name, part, given in zip(list(sig.pysig.parameters)[1:], args[1:], sig.args[1:], strict=True):
            place = kind.fields.index(name)
            whole = builder.insert_value(whole, context.cast(builder, part, given, kind.types[place]), place)
        return whole


def _check_fields(context: Any, value: Any, fields: dict[str, Any]) -> None:
    """Raise Numba's error of types where a tuple has no such field, or one of another type."""
    from numba import TypingError
    from numba.core import types

    for name, new in fields.items():
        if name not in value.fields:
            raise TypingError(f"{value.instance_class.__name__} has no field {name!r}")
        old = value.types[value.fields.index(name)]
        if context.can_convert(new, old) is None or (isinstance(new, types.Float) and isinstance(old, types.Integer)):
            raise TypingError(f"{value.instance_class.__name__}.{name} is {old}, got {new}")


teach(_for_numba)
