"""What happens in a demo and when: how long somebody has listened, when the machine is off, what is exported.

Days are counted back from the demo's last one, so that every demo ends alike: with both exports imported a
week ago, and a gap since then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from generator.demo.catalogue import Dice
from generator.demo.plays import plays

PAST = 425  # days of listening before a demo
SHORT = 15  # of a short demo, so many times its own days
LIFE = 1826  # days of listening in all, where a demo lasts longer than a year
A_YEAR = 365
EXTENDED_AGO, ACCOUNT_AGO, IMPORTED_AGO = 14, 10, 7  # days before the last: asked for, and imported
OFF_FROM, OFF_DAYS = 5, 3  # the last stretch without a run: when it begins, and how long each is
OFF_WITHIN = 6  # days in which the others may begin
SETTLED = 4  # days at the beginning in which nothing fails
MONTH = 30
A_DAY = timedelta(days=1)
OFTEN = 40  # out of a hundred months, so many have days on which the machine is off
EVERY = timedelta(hours=4)  # as often as a run could ask; it does when it must
MOST = 49  # plays since the last time: of fifty one has to be known, or there is a gap


@dataclass(frozen=True, slots=True)
class Story:
    """A demo of so many days that end now."""

    days: int
    now: datetime
    seed: str
    has_plays: bool = True  # without them nothing is imported, and the machine is never off

    def first_heard(self) -> date:
        """The first day of the listener's past."""
        past = max(PAST, LIFE - self.days) if self.days > A_YEAR else min(PAST, SHORT * self.days)
        return (self.now - timedelta(days=past + self.days)).date()

    def exported(self) -> tuple[datetime, datetime]:
        """Up to which instants the extended history and the account's data tell."""
        return self.now - timedelta(days=EXTENDED_AGO), self.now - timedelta(days=ACCOUNT_AGO)

    def is_imported(self, ago: int) -> bool:
        """Do the exports arrive on this day?"""
        return self.has_plays and ago == min(IMPORTED_AGO, self.days - 1)

    def is_off(self, ago: int) -> bool:
        """Is the machine off on this day?"""
        if not self.has_plays or ago > self.days - SETTLED:
            return False
        return any(begin - OFF_DAYS < ago <= begin for begin in (OFF_FROM, self._off_from(ago // MONTH)))

    def _off_from(self, month: int) -> int:
        """The day on which the machine is switched off in the month, counted back; -1: it is not."""
        dice = Dice(f"{self.seed}/off/{month}")
        if month and not dice.is_so(OFTEN):
            return -1
        return month * MONTH + EXTENDED_AGO + OFF_DAYS + dice.below(OFF_WITHIN)

    def moments(self, ago: int, asked: datetime | None) -> Iterator[datetime]:
        """When a day's runs ask: at its end, and before that when Spotify would forget plays until then.

        `asked`: when the last run before them did; None: there was none.
        """
        if self.is_off(ago):
            return
        end = self.now - timedelta(days=ago)
        moment = end - A_DAY + EVERY
        while self.has_plays and asked and moment < end:
            if self.told(asked, moment) <= MOST < self.told(asked, moment + EVERY):
                yield moment
                asked = moment
            moment += EVERY
        yield end

    def told(self, since: datetime, until: datetime) -> int:
        """How many plays Spotify has to tell of a stretch of time."""
        length = (until.date() - since.date()).days
        days = (since.date() + timedelta(days=number) for number in range(length + 1))
        return sum(since <= play.ended < until for day in days for play in plays(day, seed=self.seed))
