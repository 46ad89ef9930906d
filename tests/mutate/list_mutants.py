"""Lists a seeded sample of mutants as JSON lines; run with Cosmic Ray's own Python, which our locks do not hold.

``python list_mutants.py SEED COUNT MODULE…``: of each ``module, line, operator, was, source``.
"""

import json
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

# Binding the same name again, or an exception that nobody throws here, is no fault that a test could see.
_SKIPPED = ("core/VariableInserter", "core/VariableReplacer", "core/ExceptionReplacer", "core/RemoveDecorator")
# In a note of a type "X | None" the sign is no arithmetic.
_OF_TYPES = "core/ReplaceBinaryOperator_BitOr"


def list_mutants(modules: list[Path]) -> Iterator[tuple[Path, Any]]:
    """Every place that an operator changes."""
    for module in modules:
        for item in _all_work_items([module], {}):
            mutation = item.mutations[0]
            if not mutation.operator_name.startswith((*_SKIPPED, _OF_TYPES)):
                yield module, mutation


def main(seed: int, count: int, modules: list[Path]) -> None:
    found = sorted(list_mutants(modules), key=lambda one: (str(one[0]), one[1].operator_name, one[1].occurrence))
    random.Random(seed).shuffle(found)
    for said in islice(filter(None, (_write(module, mutation) for module, mutation in found)), count):
        print(json.dumps(said))


def _write(module: Path, mutation: Any) -> dict[str, object] | None:
    """A mutant; none where it is no Python any more."""
    code, line = module.read_text(encoding="utf-8"), mutation.start_pos[0]
    changed = mutate_code(code, get_operator(mutation.operator_name)(), mutation.occurrence)
    try:
        compile(changed, str(module), "exec")
    except SyntaxError:
        return None
    said = {"module": str(module), "line": line, "operator": mutation.operator_name.removeprefix("core/")}
    texts = {"was": code.splitlines()[line - 1].strip(), "is": changed.splitlines()[line - 1].strip(), "source": changed}
    return {**said, **texts}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
