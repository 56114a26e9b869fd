"""What the database holds beside the facts: what it remembers of them, and what SQL cannot find."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, MetaData, Table, Text

own = MetaData()

# The Git name of every file that the database holds. The row `schema` names our own SQL, and counts what all
# our tables hold: somebody may have emptied one behind our back.
loaded = Table(
    "loaded",
    own,
    Column("path", Text, primary_key=True),
    Column("fingerprint", Text),
    Column("row_count", BigInteger),
)

# Which tracks are one song; the few that are not alone have rows.
song_of = Table("song_of", own, Column("id", Text, primary_key=True), Column("song", Text, nullable=False))

# How names are spelled, whatever their case: a key of the catalog or of an export, and a digest of its name.
spellings = Table(
    "spellings",
    own,
    Column("kind", Text, primary_key=True),  # tracks, artists, albums; artist_of and album_of a named track
    Column("key", Text, primary_key=True),
    Column("spelled", Text, nullable=False),
)

# How many minutes a listener's clock is before UTC (`shift`), from one instant to another of a UTC day.
clocks = Table(
    "clocks",
    own,
    Column("listener", Text, primary_key=True),
    Column("utc_day", Date, primary_key=True),
    Column("since", DateTime, primary_key=True),
    Column("until", DateTime, nullable=False),
    Column("shift", Integer, nullable=False),
)

# The rule of what counts as a play; one row.
counting = Table("counting", own, Column("least_ms", Integer, nullable=False))
