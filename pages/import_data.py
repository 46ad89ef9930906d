"""import_data."""


def render(screen) -> None: ...
