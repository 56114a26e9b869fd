"""Sites with a past: data/ told in letters, loaded into a real database, asked of its views, rendered."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from blank import blank
from chart_stories import FIRST, lived
from rendered_site import Rendered

from generator.analyse.archive import archive, charts
from generator.model import Listener, Shelf, Site
from generator.render.site import TEMPLATES, write
from generator.warehouse.engine import connected


def site_of(folder: Path, *days: str, start: date = FIRST, listeners: int = 1) -> Site:
    """A site whose listeners have all lived through these days: see chart_stories.lived."""
    warehouse = blank(folder / "warehouse.duckdb")
    lived(warehouse, folder / "data", *days, start=start)
    with connected(warehouse) as connection:
        whole = archive(connection, "me", {})
        assert whole
        latest = whole.editions[-1]
        now = charts(connection, "me", latest.date)
    warehouse.dispose()
    people = [Listener(slug, slug.title(), ZoneInfo("UTC")) for slug in ("me", "ida")[:listeners]]
    return Site(
        "Heavy & rotating",
        "https://nora.example.org/rotation/",
        None,
        tuple(Shelf(person, now, latest.date, latest.number, None, whole) for person in people),
    )


def pages(folder: Path, *days: str, start: date = FIRST, listeners: int = 1) -> dict[str, str]:
    """The text of every page of such a site, by path."""
    files = Rendered(site_of(folder, *days, start=start, listeners=listeners))
    return {path: files[path].decode() for path in sorted(files) if path.endswith(".html")}


def written(folder: Path, *days: str, listeners: int) -> dict[str, str]:
    """The same of a site that stands in folder/site, with all that its pages lead to."""
    to = folder / "site"
    write(site_of(folder, *days, listeners=listeners), templates=TEMPLATES, to=to)
    return {file.relative_to(to).as_posix(): file.read_text("utf-8") for file in sorted(to.rglob("*.html"))}
