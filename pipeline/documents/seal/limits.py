"""Limits a process sets on itself before it touches a file from outside."""

import resource

from pipeline.giving_way import give_way

_MEGABYTE = 1024 * 1024


def limit_this_process(*, cpu_seconds: int, memory_megabytes: int) -> None:
    """From here on: no more CPU time or memory than this, nothing before the pages, not a byte to any file."""
    give_way()
    memory = memory_megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
