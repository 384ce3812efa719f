"""Where each sealed value is kept: the place is bound into its seal, so a value moved elsewhere does not open."""


def event_place(case_id: str, seq: int, at: str) -> str:
    """An event; its moment stands in the clear beside it and is bound in as well."""
    return f"cases/{case_id}/events/{seq}/{at}"


def summary_place(case_id: str) -> str:
    """The names that lists show."""
    return f"cases/{case_id}/summary"


def draft_place(case_id: str, place: bytes, revision: int, at: str) -> str:
    """A draft; an older one put back under a newer revision does not open."""
    return f"cases/{case_id}/drafts/{place.hex()}/{revision}/{at}"


def file_place(case_id: str, file_id: str) -> str:
    """The bytes of a file."""
    return f"cases/{case_id}/files/{file_id}/content"


def file_facts_place(case_id: str, file_id: str) -> str:
    """Size and hash of a file."""
    return f"cases/{case_id}/files/{file_id}/facts"


def employee_place(employee_id: str, revision: int) -> str:
    """An employee; who left does not come back by way of an older value."""
    return f"employees/{employee_id}/{revision}"


def session_place(id_hash: bytes, ends_at: str) -> str:
    """A session; bound to its end as well, so that nobody can make it last longer by way of the database."""
    return f"sessions/{id_hash.hex()}/{ends_at}"


def invitation_place(invitation_id: str) -> str:
    """An invitation."""
    return f"invitations/{invitation_id}"
