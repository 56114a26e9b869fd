"""The page of habits: days, hours, years, streaks, sessions, and how much of the music is new."""

from collections.abc import Iterator
from functools import partial

from generator.model import Shelf, Site
from generator.render.pages.page import Later, Page
from generator.render.plays import addresses
from generator.render.plays.addresses import SHEETS
from generator.render.plays.clock import Clock, clock
from generator.render.plays.heat import heat
from generator.render.plays.looks import allowed
from generator.render.plays.novelty import novelty_years
from generator.render.plays.sessions import length_bars, middle
from generator.render.plays.words import WEEKDAYS, counted, mean, rule_words, spoken, stretch
from generator.render.plays.years import years
from generator.tally.diary import Diary
from generator.tally.habits import Sessions, Streak
from generator.tally.tally import Tally, together

NAMED = 10  # streaks


def habits(site: Site) -> Iterator[Page]:
    """A page for every listener who has plays."""
    for shelf in site.shelves:
        if shelf.diary:
            made = Later(partial(values, site, shelf, shelf.diary))
            yield Page(addresses.room(site, shelf, "habits/"), "plays/habits.html", made)


def values(site: Site, shelf: Shelf, diary: Diary) -> dict[str, object]:
    """What the page shows."""
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    hours = clock(diary)
    return {
        "title": f"Habits{whose}",
        "description": description(diary),
        "shelf": shelf,
        "diary": diary,
        "rooms": addresses.rooms(site, shelf, "Habits"),
        "sheets": SHEETS,
        "rule": rule_words(diary.rule),
        "gaps": [stretch(first, last) for first, last in diary.gaps],
        "heat": heat(diary),
        "clock": hours,
        "hours_note": hours_note(diary, hours),
        "weekdays": WEEKDAYS,
        "years": years(diary),
        "current": current(diary),
        "streaks": [(one, streak_tally(diary, one)) for one in diary.streaks[:NAMED]],
        "lengths": length_bars(diary.sessions.lengths) if diary.sessions else (),
        "typical": typical(diary.sessions) if diary.sessions else "",
        "sessions_note": sessions_note(diary, hours),
        "novelty": novelty_years(diary.novelty, diary.gaps),
        "csp": allowed(()),
    }


def description(diary: Diary) -> str:
    """How many plays there are, for how long, on how many days."""
    whole = diary.whole
    least = "At least " if diary.gaps else ""
    told = f"{counted(whole.tally.plays, 'play')}, {spoken(whole.tally)}"
    return f"{least}{told}, on {counted(whole.days, 'day')}: {stretch(whole.first, whole.last)}."


def current(diary: Diary) -> Streak:
    """The streak that reaches the last date with a play: there always is one."""
    return next(one for one in diary.streaks if one.is_current)


def streak_tally(diary: Diary, streak: Streak) -> Tally:
    """All plays of a streak, and how long they were heard."""
    return together(day.tally for day in diary.days if streak.first <= day.date <= streak.last)


def hours_note(diary: Diary, hours: Clock | None) -> str:
    """Why there are no hours, or of how many plays; blank: of all."""
    whole = diary.whole.tally.plays
    if not hours:
        return "Hours of the day are left out: of these plays only the date is kept."
    if hours.plays < whole:
        return f"The hour is kept of {hours.plays:,} of {counted(whole, 'play')}; these are shown."
    return ""


def sessions_note(diary: Diary, hours: Clock | None) -> str:
    """Why there are no sessions, or of how many plays; blank: of all."""
    whole, kept = diary.whole.tally.plays, "hour" if hours else "date"
    if not diary.sessions:
        return f"Sessions are left out: of these plays only the {kept} is kept, and silences cannot be seen."
    if diary.sessions.tally.plays < whole:
        told = f"The exact time is kept of {diary.sessions.tally.plays:,} of {counted(whole, 'play')}"
        return f"{told}; sessions are made of these."
    return ""


def typical(sessions: Sessions) -> str:
    """How long most sessions are, and what a session holds."""
    whole, count = sessions.tally, sessions.count
    average = Tally(mean(whole.plays, count), whole.ms // count, whole.estimated)
    middling = f"The typical session, the middle one by length, lasts {middle(sessions.lengths)}"
    return f"{middling}; on average a session holds {counted(average.plays, 'play')}, {spoken(average)}."
