"""Asks the views what is known of a listener's plays."""

from datetime import UTC

from sqlalchemy import Connection, text

from generator.model import Listener, Listening

KNOWN = text("""
    select count(*) as plays, coalesce(sum(ms), 0) as ms,
           count(case when is_estimated then 1 end) as estimated,
           min(played_at) as first, max(played_at) as last
    from counted where listener = :listener
""")
GAPS = text("select since, until from open_gaps where listener = :listener order by since")


def listening(connection: Connection, listener: Listener) -> Listening | None:
    """The plays that count, all together, and where some may be missing; None: there are none."""
    row = connection.execute(KNOWN, {"listener": listener.slug}).one()
    if not row.plays:
        return None
    gaps = connection.execute(GAPS, {"listener": listener.slug}).all()
    return Listening(
        plays=row.plays,
        hours=int(row.ms) / 3_600_000,
        is_estimated=bool(row.estimated),
        first=listener.local_date(row.first.replace(tzinfo=UTC)),
        last=listener.local_date(row.last.replace(tzinfo=UTC)),
        gaps=tuple(
            (
                listener.local_date(gap.since.replace(tzinfo=UTC)),
                listener.local_date(gap.until.replace(tzinfo=UTC)),
            )
            for gap in gaps
        ),
    )
