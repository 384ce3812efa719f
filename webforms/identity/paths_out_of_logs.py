"""Keeps addresses out of the logs: the link of an invitation is a secret, and the id of a case is nobody's business.

Flask names the address in the line of an unhandled fault. The server's own log of requests is off (serve.py).
"""

import logging

from flask import has_request_context, request


class PathsOutOfLogs(logging.Filter):
    """Puts the pattern of an address where a line names the address itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; never drops one."""
        if not has_request_context():
            return True
        line = record.getMessage()
        for address in (request.url, request.full_path, request.path):
            if len(address) > 1:
                line = line.replace(address, request.url_rule.rule if request.url_rule else "(ukendt adresse)")
        record.msg, record.args = line, ()
        return True
