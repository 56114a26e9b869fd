"""A listener's plays, asked of the views once for all pages."""

from datetime import date

from sqlalchemy import Connection

from generator.analyse.plays import finds, habits, lives, periods
from generator.analyse.plays.ask import Plays
from generator.model import Listener
from generator.tally.diary import Diary, Rule

# Where plays are kept, they are asked for whenever the lists are; that they were off once nobody knows.
ASKED = """
    select max(edition) as edition from editions
    where listener = :listener
      and exists (select 1 from plays where plays.listener = :listener and source = 'api')
"""
GAPS = "select first_date, last_date from open_gaps where listener = :listener order by since"


def diary(connection: Connection, listener: Listener, rule: Rule, heard: date | None = None) -> Diary | None:
    """Everything that pages tell of a listener's plays; None: no play counts.

    Plays are known up to `heard`, on the listener's calendar, up to the last one, or up to the last edition
    on which Spotify was asked for plays, too: the latest of them.
    """
    plays = Plays(connection, listener.slug)
    days = habits.days(plays)
    if not days:
        return None
    asked = None if listener.plays == "off" else plays.ask(ASKED)[0].edition
    known = max(one for one in (heard, days[-1].date, asked) if one)
    songs = lives.numbered(plays)
    return Diary(
        keeping=listener.plays,
        rule=rule,
        periods=periods.periods(plays, days[-1].date, known),
        days=days,
        hours=habits.hours(plays),
        streaks=habits.streaks(plays),
        sessions=habits.sessions(plays),
        novelty=habits.novelty(plays),
        forgotten=finds.forgotten(plays),
        rediscovered=finds.rediscovered(plays),
        obsessions=finds.obsessions(plays),
        one_hits=finds.one_hits(plays),
        first_listens=finds.first_listens(plays),
        release_years=finds.release_years(plays),
        skips=finds.skips(plays),
        more=finds.more(plays),
        skip_rate=finds.skip_rate(plays),
        eddington=habits.eddington(plays),
        lives=lives.lives(plays),
        ranges=lives.ranges(plays),
        numbered=tuple(song for song, _ in songs),
        totals=tuple(total for _, total in songs),
        gaps=tuple((row.first_date, row.last_date) for row in plays.ask(GAPS)),
    )
