"""Where somebody wanted to go, as long as that is with us."""


def own_address(wanted: str) -> str:
    """The address, or the first page where it could be another site's.

    Browsers read “//” and “/\\” as the start of a host, and leave out control characters before they look.
    """
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_ours else "/"
