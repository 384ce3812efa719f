"""Shuts a process and its children off from every network, for good (Linux seccomp(2)).

Standard library alone: the go-between to LibreOffice imports this under Debian's own Python.
"""

import ctypes
import platform
import socket
import struct

_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # AUDIT_ARCH_*, number of socket(2)
_IO_URING_SETUP = 425  # the same number everywhere; its rings open sockets that no filter sees
_X32 = 0x40000000  # on x86_64 the same calls once more under other numbers

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _ANSWER = 0x20, 0x15, 0x35, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, |JGE|K, BPF_RET|K
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050000 | 97, 0x7FFF0000  # 97: EAFNOSUPPORT
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER_MODE = 38, 22, 2  # prctl(2)


class NetworkStaysOpen(Exception):
    """This machine cannot shut a process off from the network."""


def forbid_internet() -> None:
    """Let this process and its children open Unix sockets only: no document can reach a network.

    Raises:
        NetworkStaysOpen: no filter is known for this machine, or its kernel takes none.
    """
    code = b"".join(struct.pack("HBBI", *line) for line in _program())
    buffer = ctypes.create_string_buffer(code)
    header = struct.pack("HP", len(code) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(_SECCOMP, _FILTER_MODE, header):
        raise NetworkStaysOpen("seccomp")


def _program() -> tuple[tuple[int, int, int, int], ...]:
    """The filter as lines of code, jump if true, jump if false, operand; each jump counts the lines it leaves out."""
    if platform.machine() not in _MACHINES:
        raise NetworkStaysOpen(platform.machine())
    architecture, socket_call = _MACHINES[platform.machine()]
    return (
        (_LOAD, 0, 0, 4),  # the architecture the call is made for
        (_IF_EQUAL, 1, 0, architecture),
        (_ANSWER, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_IF_AT_LEAST, 5, 0, _X32),
        (_IF_EQUAL, 4, 0, _IO_URING_SETUP),
        (_IF_EQUAL, 0, 2, socket_call),
        (_LOAD, 0, 0, 16),  # its first argument, the address family
        (_IF_EQUAL, 0, 1, socket.AF_UNIX),
        (_ANSWER, 0, 0, _ALLOW),
        (_ANSWER, 0, 0, _REFUSE),
    )
