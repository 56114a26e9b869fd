"""The guard that keeps every test on this machine."""

import socket

import pytest
from world import Root


def test_no_test_reaches_the_network() -> None:
    with pytest.raises(AssertionError, match=r"wants to reach example\.org"):
        socket.create_connection(("example.org", 443), timeout=1)
    with socket.socket() as stranger, pytest.raises(AssertionError, match=r"wants to reach 192\.0\.2\.1"):
        stranger.connect(("192.0.2.1", 443))


def test_no_command_of_a_test_reaches_the_network(root: Root) -> None:
    done = root.given(SPOTIFY_API_URL="https://api.example.org/v1").run()
    assert "a test wants to reach api.example.org" in done.said
