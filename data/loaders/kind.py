"""A kind of definition: which files hold it, how their content becomes values, and what these must agree with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.loaders.slips import Slip
from data.loaders.structuring import structure

if TYPE_CHECKING:
    # Known imports the texts of screens, which import the territories: at run time only its instances are needed here.
    from data.loaders.known import Known


def _agrees(_value: Any, _known: Known) -> Iterator[Slip]:
    """Nothing to compare with other files."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Kind:
    """``files`` is a name without its suffix, or a folder and ``*``; ``shape`` what one file holds; ``build`` turns that into
    what is handed out; ``check`` compares it (as ``shape`` gives it) with the other files. An ``optional`` kind may have no file."""

    files: str
    shape: Any
    build: Callable[[Any], Any] = lambda value: value
    check: Callable[[Any, Known], Iterator[Slip]] = _agrees
    optional: bool = False

    def read(self, raw: Any) -> Any:
        """The content of one file in its shape.

        Raises:
            SlipsError: everything that does not fit.
        """
        return structure(raw, self.shape)

    def is_in(self, name: str) -> bool:
        """Whether a file belongs to this kind, by its name without suffix."""
        folder, _, rest = self.files.partition("/")
        return name.rpartition("/")[0] == folder if rest == "*" else name == self.files
