"""methods."""


def render(screen) -> None: ...
