"""When a sign-in ends: six months after it was made, whatever the program does."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from generator.model import Listener
from generator.pipeline.run import Run
from generator.render.filters import long_date

MONTHS = 6
A_DAY = timedelta(days=1)  # by which a clock may be wrong, and a date be another's elsewhere
SPOKEN_OF_DAYS = 30  # before the end, from which on the page and the job's summary say so
REMINDED_DAYS = 14  # before the end, from which on an issue asks for a new sign-in


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of a sign-in's end on a day."""

    day: date | None  # None: nobody knows
    days_left: int | None
    sentence: str | None  # what a reader should know by now; None: nothing yet

    @property
    def is_near(self) -> bool:
        """Is it time to ask for a new sign-in?"""
        return self.days_left is not None and self.days_left <= REMINDED_DAYS


def ending(run: Run, listener: Listener) -> Ending:
    """The end of a listener's sign-in, from the day on which they signed in; never a guess."""
    name = run.settings.slot(listener, "SPOTIFY_AUTHORIZED_AT")
    said = run.settings.get(name)
    day = ends(said, until=run.now)
    if day is None:
        remedy = f"run rotation login, which stores the day of the sign-in as the variable {name}."
        if said:
            remedy = (
                f"the variable {name} holds no instant of the past, such as 2026-11-20T06:00:00Z; {remedy}"
            )
        return Ending(None, None, f"When the Spotify sign-in ends is unknown: {remedy}")
    left = (day - listener.local_date(run.now)).days
    return Ending(day, left, _sentence(day, left) if left <= SPOKEN_OF_DAYS else None)


def ends(signed_in: str | None, *, until: datetime) -> date | None:
    """The date on which a sign-in ends that was made at an instant; None: that is none, or after `until`."""
    try:
        day = datetime.fromisoformat(signed_in or "").date()
    except ValueError:
        return None
    if day > (until + A_DAY).date():  # nobody has signed in tomorrow
        return None
    month = day.month - 1 + MONTHS
    year, month = day.year + month // 12, month % 12 + 1
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return None


def _sentence(day: date, left: int) -> str:
    if left < 0:
        return f"The Spotify sign-in was to end on {long_date(day)}. Run rotation login to renew it."
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    return f"The Spotify sign-in ends {when}, on {long_date(day)}. Run rotation login to renew it."
