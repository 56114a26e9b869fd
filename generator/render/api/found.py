"""Habits and finds as JSON documents."""

from generator.render.api.documents import Document, day
from generator.render.api.played import item, tallied
from generator.tally.diary import Diary
from generator.tally.finds import Absence
from generator.tally.habits import Sessions


def finds(diary: Diary) -> Document:
    return {
        "forgotten": [absence(one) for one in diary.forgotten],
        "rediscovered": [absence(one) for one in diary.rediscovered],
        "obsessions": [
            {**item(one.item), "date": one.date.isoformat(), **tallied(one.tally)} for one in diary.obsessions
        ],
        "one_hits": [
            {"artist": item(one.artist), "song": item(one.song), **tallied(one.tally)}
            for one in diary.one_hits
        ],
        "first_listens": {
            f"{month:02}-{on:02}": [
                {
                    **item(one.item),
                    "kind": one.item.kind,
                    "first": one.first.isoformat(),
                    **tallied(one.tally),
                }
                for one in ones
            ]
            for (month, on), ones in diary.first_listens.items()
        },
        "release_years": [
            {"year": one.year, **tallied(one.tally), "songs": one.songs} for one in diary.release_years
        ],
        "skips": [{**item(one.item), "begun": one.begun, "skipped": one.skipped} for one in diary.skips],
        "skip_rate": diary.skip_rate and {"begun": diary.skip_rate[0], "skipped": diary.skip_rate[1]},
    }


def absence(one: Absence) -> Document:
    return {
        **item(one.item),
        "since": one.since.isoformat(),
        "returned": day(one.returned),
        "days": one.days,
        **{f"{name}_before": figure for name, figure in tallied(one.before).items()},
        **{f"{name}_since": figure for name, figure in tallied(one.after).items()},
    }


def habits(diary: Diary) -> Document:
    return {
        "streaks": [
            {
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "days": one.days,
                "plays": one.plays,
                "is_current": one.is_current,
                "has_gap": one.has_gap,
            }
            for one in diary.streaks
        ],
        "hours": [
            {"year": one.year, "weekday": one.weekday, "hour": one.hour, **tallied(one.tally)}
            for one in diary.hours
        ],
        "sessions": diary.sessions and sessions(diary.sessions),
        "novelty": [
            {"month": f"{one.month:%Y-%m}", "new": tallied(one.new), "familiar": tallied(one.familiar)}
            for one in diary.novelty
        ],
        "eddington": {"number": diary.eddington.number, "wanting": diary.eddington.wanting},
    }


def sessions(known: Sessions) -> Document:
    return {
        "count": known.count,
        **tallied(known.tally),
        "lengths": known.lengths,
        "longest": [
            {
                "began": one.began.isoformat(timespec="seconds"),
                "ended": one.ended.isoformat(timespec="seconds"),
                "lasted_ms": one.lasted,
                **tallied(one.tally),
            }
            for one in known.longest
        ],
    }
