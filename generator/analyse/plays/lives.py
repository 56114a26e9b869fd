"""What was played of everything that has a page of its own, and the days of which free ranges are summed."""

from collections import defaultdict
from datetime import date

from generator.analyse.plays.ask import Plays, tally
from generator.tally.lives import Life, Listed
from generator.tally.played import PLAYED_KINDS, Played, PlayedKind
from generator.tally.tally import Tally

PAGES = 500  # of each kind, the most played have a page; so has whatever was on a chart of Spotify's

# What has a page, with its place of all time.
PAGED = f"""
    select kind, item_id, plays, ms, estimated, first_date, last_date, place
    from (
        select lifetimes.*,
               rank() over (partition by kind order by plays desc) as place,
               row_number() over (partition by kind order by plays desc, ms desc, item_id collate "C") as nth
        from lifetimes where listener = :listener
    ) as ranked
    where nth <= {PAGES} or (kind, item_id) in (
        select kind, item_id from chart where listener = :listener
    )
"""
LIVES = f'{PAGED} order by kind, place, ms desc, item_id collate "C"'
MONTHS = f"""
    select period_plays.kind, period_plays.item_id, period,
           period_plays.plays, period_plays.ms, period_plays.estimated
    from period_plays
    join ({PAGED}) as paged on paged.kind = period_plays.kind and paged.item_id = period_plays.item_id
    where listener = :listener and grain = 'month'
    order by period
"""
# Of a span that stands further behind, the position is the larger.
SPANS = "short_term medium_term long_term"
LISTED = f"select * from listed where listener = :listener order by position(span in '{SPANS}')"
# Songs are numbered in the order in which they were first heard, so that a number stays.
NUMBERS = """
    select item_id, row_number() over (order by first_date, item_id collate "C") - 1 as number
    from lifetimes where listener = :listener and kind = 'tracks'
"""
NUMBERED = f"""
    select numbers.item_id, lifetimes.plays, lifetimes.ms, lifetimes.estimated
    from ({NUMBERS}) as numbers
    join lifetimes on lifetimes.item_id = numbers.item_id
    where lifetimes.listener = :listener and lifetimes.kind = 'tracks'
    order by number
"""
RANGES = f"""
    with numbers as ({NUMBERS}),
    dates as (
        select local_date,
               '[' || string_agg(
                   '[' || number || ',' || plays || ',' || ms
                       || case when estimated > 0 then ',' || estimated else '' end || ']',
                   ',' order by number
               ) || ']' as songs
        from day_plays
        join numbers on numbers.item_id = day_plays.item_id
        where listener = :listener
        group by local_date
    )
    select min(local_date) as first_date,
           '{{' || string_agg('"' || local_date || '":' || songs, ',' order by local_date) || '}}' as days
    from dates
    group by date_trunc('month', local_date)
    order by 1
"""

Ids = tuple[str, str]  # kind and id
Month = tuple[date, Tally]  # its first day, and what was played in it


def lives(plays: Plays) -> dict[PlayedKind, dict[str, Life]]:
    """Everything that has a page, the most played first."""
    months: defaultdict[Ids, list[Month]] = defaultdict(list)
    for kind, one, month, *heard in plays.ask(MONTHS):
        months[kind, one].append((month, Tally(*heard)))
    listed: defaultdict[Ids, list[Listed]] = defaultdict(list)
    for row in plays.ask(LISTED):
        dates = row.first_date, row.edition
        listed[row.kind, row.item_id].append(Listed(row.span, row.position, *dates, tally(row), row.place))
    found: dict[PlayedKind, dict[str, Life]] = {kind: {} for kind in PLAYED_KINDS}
    for row in plays.ask(LIVES):
        ids = row.kind, row.item_id
        found[row.kind][row.item_id] = Life(
            plays.named(*ids),
            tally(row),
            row.first_date,
            row.last_date,
            row.place,
            tuple(months[ids]),
            tuple(listed[ids]),
        )
    return found


def ranges(plays: Plays) -> dict[str, str]:
    """By month: the songs of each day as JSON, from which a browser sums any range of dates."""
    return {f"{row.first_date:%Y-%m}": row.days for row in plays.ask(RANGES)}


def numbered(plays: Plays) -> tuple[tuple[Played, Tally], ...]:
    """The songs of `ranges` in the order of their numbers, and all that was played of each."""
    return tuple((plays.named("tracks", row.item_id), tally(row)) for row in plays.ask(NUMBERED))
