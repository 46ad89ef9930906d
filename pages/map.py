"""map."""


def render(screen) -> None: ...
