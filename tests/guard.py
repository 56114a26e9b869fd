"""No test reaches the network: whoever tries hears of it at once."""

import sys
from ipaddress import ip_address


def forbid_network() -> None:
    """From now on this process, and what it forks, connects to this machine alone."""
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(args[1], tuple):
        _require_here(str(args[1][0]))
    elif event == "socket.getaddrinfo" and args[0]:
        _require_here(args[0].decode() if isinstance(args[0], bytes) else str(args[0]))


def _require_here(host: str) -> None:
    if host != "localhost" and not _is_loopback(host):
        raise AssertionError(f"a test wants to reach {host}")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
