"""Asks the views what is known of a listener's plays."""

from sqlalchemy import Connection, text

from generator.model import Listening

KNOWN = text("""
    select count(*) as plays, coalesce(sum(ms), 0) as ms,
           count(case when is_estimated then 1 end) as estimated,
           min(played_at) as first, max(played_at) as last
    from counted where listener = :listener
""")
GAPS = text("select since, until from open_gaps where listener = :listener order by since")


def listening(connection: Connection, listener: str) -> Listening | None:
    """The plays that count, all together, and where some may be missing; None: there are none."""
    row = connection.execute(KNOWN, {"listener": listener}).one()
    if not row.plays:
        return None
    gaps = connection.execute(GAPS, {"listener": listener}).all()
    return Listening(
        plays=row.plays,
        hours=int(row.ms) / 3_600_000,
        is_estimated=bool(row.estimated),
        first=row.first.date(),
        last=row.last.date(),
        gaps=tuple((gap.since.date(), gap.until.date()) for gap in gaps),
    )
