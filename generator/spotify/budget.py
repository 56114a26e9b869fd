"""The one wait budget of a run."""

from collections.abc import Callable


class Budget:
    """The seconds that one run may spend on waiting for Spotify, whatever for."""

    def __init__(self, seconds: float, sleep: Callable[[float], object]) -> None:
        self.left_s = seconds
        self._sleep = sleep

    def has(self, seconds: float) -> bool:
        return seconds <= self.left_s

    def charge(self, seconds: float) -> None:
        """Count time that has passed already."""
        self.left_s -= seconds

    def wait(self, seconds: float) -> None:
        self.charge(seconds)
        self._sleep(seconds)
