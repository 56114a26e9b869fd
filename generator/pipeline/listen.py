"""Spotify → what was heard: the lists and, where a listener keeps them, the last plays."""

from dataclasses import dataclass
from datetime import timedelta

from generator.model import KINDS, SPANS, Listener, Report
from generator.pipeline.ending import ending
from generator.pipeline.keeping import play_key
from generator.pipeline.run import Run
from generator.spotify.client import Client, Credentials
from generator.store.ledger import Ledger
from generator.store.plays import check_secret
from generator.transform import lists as list_tables
from generator.transform import plays as play_tables


@dataclass(frozen=True, slots=True)
class Options:
    """What a person or the schedule asked for."""

    commit: bool = False
    push: bool = False
    scheduled: bool = False  # leave a listener alone who has an edition of today already
    asks: bool = True  # False: only what waits in data/, as an import, is committed


A_DAY = timedelta(days=1)  # by which a clock may be wrong


@dataclass(frozen=True, slots=True)
class Listened:
    """What Spotify told; None: it was not asked."""

    lists: list_tables.Tables | None = None
    plays: play_tables.Tables | None = None

    def __bool__(self) -> bool:
        return bool(self.lists or self.plays)


def listen(run: Run, listener: Listener, options: Options) -> tuple[Listened, Report]:
    """Ask Spotify for what is due: the lists, unless the schedule asks on a day that has them, and plays."""
    if not options.asks:
        # Plays that lose a race are stored again, so their key is looked at before anything is given up.
        check_secret(run.data, listener.slug, play_key(run, listener))
        return Listened(), Report(listener)
    latest = Ledger(run.data, listener.slug).latest()
    if options.scheduled and latest is None and not is_set_up(run, listener):
        note = "It is not set up yet: the README's numbered steps tell how."
        return Listened(), Report(listener, is_set_up=False, notes=(note,))
    has_lists = options.scheduled and latest == listener.local_date(run.now)
    if has_lists and listener.plays == "off":
        return Listened(), Report(listener, notes=("There is an edition of today already.",))
    secret = play_key(run, listener)
    if listener.plays != "off":
        check_secret(run.data, listener.slug, secret)  # before anything is asked
    run.say(f"Asking Spotify for the {'plays' if has_lists else 'lists'} of {listener.name} …")
    spotify = client(run, listener)
    account = run.settings.slot(listener, "SPOTIFY_ACCOUNT")
    spotify.check_account(run.settings.get(account), account)
    heard = Listened(
        None if has_lists else _lists(run, spotify),
        None
        if listener.plays == "off"
        else play_tables.tables(spotify.recent(run.now + A_DAY), listener, secret, run.settings.hidden),
    )
    skipped = tuple(one for part in (heard.lists, heard.plays) if part for one in part.skipped)
    end = ending(run, listener)
    notes = (*spotify.notes, end.sentence) if end.day and end.sentence else spotify.notes
    return heard, Report(listener, asked=True, skipped=skipped, notes=notes)


def _lists(run: Run, spotify: Client) -> list_tables.Tables:
    answers = [spotify.top(kind, span) for kind in KINDS for span in SPANS]
    return list_tables.tables(answers, run.settings.hidden)


def is_set_up(run: Run, listener: Listener) -> bool:
    """Has a person stored anything at all? A fresh copy of the template should not fail every day."""
    names = (
        "SPOTIFY_CLIENT_ID",
        "SPOTIFY_CLIENT_SECRET",
        run.settings.slot(listener, "SPOTIFY_REFRESH_TOKEN"),
    )
    return any(run.settings.get(name) for name in names)


def client(run: Run, listener: Listener) -> Client:
    """Who asks Spotify for a listener."""
    settings = run.settings
    credentials = Credentials(
        settings.need("SPOTIFY_CLIENT_ID"),
        settings.need("SPOTIFY_CLIENT_SECRET"),
        settings.need(settings.slot(listener, "SPOTIFY_REFRESH_TOKEN")),
    )
    return Client(
        credentials,
        who=listener.slug,
        api_url=settings.api_url,
        accounts_url=settings.accounts_url,
        budget=run.patience,
    )
