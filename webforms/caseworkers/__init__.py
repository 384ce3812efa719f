"""What a caseworker needs around a case: the worklist, the case's front, people, journal, visits, documents."""
