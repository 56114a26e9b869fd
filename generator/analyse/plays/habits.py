"""When somebody listens: days, hours, streaks, sessions, and how much of it is new."""

from generator.analyse.plays.ask import Plays, tally
from generator.tally.habits import LENGTHS, Day, Eddington, Hour, Novelty, Session, Sessions, Streak
from generator.tally.tally import Tally

STREAKS, SESSIONS = 10, 10  # that are named

LONGEST_STREAKS = f"""
    select * from streaks where listener = :listener
    order by is_current desc, days desc, first_date
    limit {STREAKS + 1}
"""
COUNTS = ",\n           ".join(
    f"count(case when minutes >= {least}{f' and minutes < {below}' if below else ''} then 1 end)"
    for least, below in LENGTHS
)
ALL_SESSIONS = f"""
    select count(*) as count, cast(coalesce(sum(plays), 0) as bigint) as plays,
           cast(coalesce(sum(ms), 0) as bigint) as ms,
           cast(coalesce(sum(estimated), 0) as bigint) as estimated,
           {COUNTS}
    from (
        select plays, ms, estimated, lasted / 60000.0 as minutes
        from sessions where listener = :listener
    ) as lengths
"""
LONGEST_SESSIONS = f"""
    select * from sessions where listener = :listener
    order by lasted desc, began
    limit {SESSIONS}
"""


def days(plays: Plays) -> tuple[Day, ...]:
    """Every date with a play, oldest first."""
    rows = plays.ask("select * from days where listener = :listener order by local_date")
    return tuple(Day(row.local_date, tally(row), row.songs, row.new_songs, row.new_artists) for row in rows)


def hours(plays: Plays) -> tuple[Hour, ...]:
    """Every hour of a weekday and year in which plays ended."""
    rows = plays.ask("select * from clock where listener = :listener order by year, weekday, hour")
    return tuple(Hour(row.year, row.weekday, row.hour, tally(row)) for row in rows)


def streaks(plays: Plays) -> tuple[Streak, ...]:
    """The longest runs of dates with a play, and the current one, longest first."""
    rows = plays.ask(LONGEST_STREAKS)
    found = (
        Streak(row.first_date, row.last_date, row.days, row.plays, row.is_current, row.has_gap)
        for row in rows
    )
    return tuple(sorted(found, key=lambda one: (-one.days, one.first)))


def sessions(plays: Plays) -> Sessions | None:
    """All sessions together and the longest; None where no instant is kept exactly."""
    ((count, heard, ms, estimated, *lengths),) = plays.ask(ALL_SESSIONS)
    if not count:
        return None
    longest = tuple(
        Session(one.began, one.ended, one.lasted, tally(one)) for one in plays.ask(LONGEST_SESSIONS)
    )
    return Sessions(count, Tally(heard, ms, estimated), tuple(lengths), longest)


def novelty(plays: Plays) -> tuple[Novelty, ...]:
    """New against familiar music, month by month."""
    rows = plays.ask("select * from novelty where listener = :listener order by month")
    return tuple(
        Novelty(
            row.month,
            new=Tally(row.new_plays, row.new_ms, row.new_estimated),
            familiar=Tally(row.familiar_plays, row.familiar_ms, row.familiar_estimated),
        )
        for row in rows
    )


def eddington(plays: Plays) -> Eddington:
    (row,) = plays.ask("select * from eddington where listener = :listener")
    return Eddington(row.number, row.wanting)
