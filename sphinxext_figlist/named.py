"""Named tuples that are quick to define: a build with nothing to do takes no time.

Those of the standard library compile a constructor for each class, which takes as long
as an import.  These have one for all, which is slower: they are for what is made a few
times in a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["Named"]

if TYPE_CHECKING:
    from typing import NamedTuple as Named
else:
    from operator import itemgetter

    class Named(tuple):
        """A tuple whose class names its items, and gives defaults."""

        def __init_subclass__(cls) -> None:
            cls._fields = tuple(cls.__annotations__)
            own = vars(cls)
            cls._defaults = {name: own[name] for name in cls._fields if name in own}
            for place, name in enumerate(cls._fields):
                setattr(cls, name, property(itemgetter(place)))

        def __new__(cls, *values, **named):
            """A tuple of the *values* of the first fields, and of those *named*.

            :raises TypeError: where one is missing, or of a name that is no field's.
            """
            rest = cls._fields[len(values) :]
            given = cls._defaults | named
            try:
                items = (*values, *map(given.__getitem__, rest))
            except KeyError as error:
                raise TypeError(f"{cls.__name__}: {error} is missing") from None
            if len(items) > len(cls._fields) or not named.keys() <= {*rest}:
                raise TypeError(f"{cls.__name__} has the fields {cls._fields}")
            return super().__new__(cls, items)

        def __repr__(self):
            pairs = zip(self._fields, self, strict=True)
            items = ", ".join(f"{name}={value!r}" for name, value in pairs)
            return f"{type(self).__name__}({items})"

        def __getnewargs__(self):
            return tuple(self)
