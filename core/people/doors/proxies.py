"""Who really asks, when a proxy stands in front. Nobody is believed whose address the operator has not named."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


class TrustedProxies:
    """Takes the asking address and the scheme from X-Forwarded-For and X-Forwarded-Proto of trusted proxies only.

    The chain is read from the near end: the first address that is no trusted proxy is who asks.
    """

    def __init__(self, app: WsgiApp, trusted: Iterable[str]) -> None:
        self.app = app
        self.trusted: tuple[Network, ...] = tuple(
            ipaddress.ip_network(each, strict=False) for each in trusted
        )

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self.is_trusted(environ.get("REMOTE_ADDR", "")):
            self._believe(environ)
        return self.app(environ, start_response)

    def is_trusted(self, address: str) -> bool:
        try:
            known = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(known in network for network in self.trusted)

    def _believe(self, environ: dict[str, Any]) -> None:
        chain = [each.strip() for each in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
        while len(chain) > 1 and self.is_trusted(chain[-1]):
            chain.pop()
        if chain and _is_address(chain[-1]):
            environ["REMOTE_ADDR"] = chain[-1]
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip()
        if scheme in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
