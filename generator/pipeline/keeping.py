"""What a run needs to know to keep a listener's past: since when, and by which key plays are told apart."""

from datetime import date, timedelta

from generator.listening import PLAY_KEY
from generator.model import Listener
from generator.pipeline.run import Run


def kept_since(run: Run, listener: Listener) -> date | None:
    """The day from which on rotation.toml lets the past be kept; None: all of it."""
    days = run.settings.file.privacy.retention_days
    return listener.local_date(run.now) - timedelta(days) if days else None


def play_key(run: Run, listener: Listener) -> str | None:
    """The key that tells plays apart whose instants are not kept; None: it is not needed and not there."""
    if listener.plays in {"hour", "day"}:
        return run.settings.need(PLAY_KEY)
    return run.settings.get(PLAY_KEY)
