"""What every answer tells the browser to refuse (OWASP ASVS 5.0, 3.4 and 14.3.2)."""

from flask import Response, request

_NOT_NEEDED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone")
_ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in (*_NOT_NEEDED, "payment", "usb")),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_STATIC_ENDPOINTS = ("public.static", "public.icon", "design.static")
_KEPT = (200, 304)
_TWO_YEARS = "max-age=63072000; includeSubDomains"


def protect(response: Response) -> Response:
    """Add the headers to an answer; everything but the style sheet and the like stays out of every cache."""
    response.headers.update(_ALWAYS)
    if request.is_secure:  # a browser must ignore it over plain http (RFC 6797, 8.1)
        response.headers["Strict-Transport-Security"] = _TWO_YEARS
    if request.endpoint not in _STATIC_ENDPOINTS or response.status_code not in _KEPT:
        response.headers["Cache-Control"] = "no-store"
    return response
