"""What the last refresh found stays with the clone, so that a site built again says the same."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from chart_stories import write
from stories import contents, repository, tell

from generator import git
from generator.config.load import load
from generator.model import Health, Ignored, Report, Skipped
from generator.pipeline import health
from generator.pipeline.build import build
from generator.pipeline.ending import ends
from generator.pipeline.run import Run

NOW = datetime(2026, 11, 20, 6, 17, 3, tzinfo=UTC)
Start = Callable[..., Run]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Starts runs in a repository with two listeners and an edition of each."""
    root = repository(tmp_path / "root")
    people = [
        [f"[[listener]]\nslug = '{slug}'\nname = '{slug}'\nsign_in = {at}\nplays = 'exact'"]
        for at, slug in ((1, "me"), (2, "you"))
    ]
    write(root / "rotation.toml", *people)
    for slug in ("me", "you"):
        tell(root / "data", "2026-11-20: Roads, Teardrop", listener=slug)

    def run(now: datetime = NOW, **environment: str) -> Run:
        return Run(load(root, environment), now, say=lambda _: None)

    return run


def report(
    run: Run, at: int = 0, *, asked: bool = True, failure: str | None = None, exit_code: int = 0
) -> Report:
    return Report(
        run.settings.listeners[at],
        asked=asked,
        skipped=(Skipped("tracks/short_term 3", "it has no id"),),
        ignored=(Ignored("artists/long_term", "it was empty"),),
        failure=failure,
        exit_code=exit_code,
    )


def kept(run: Run) -> Path:
    return git.own_file(run.root, health.FILE)


def test_what_a_refresh_found_is_remembered_by_listener(start: Start) -> None:
    run = start(SPOTIFY_AUTHORIZED_AT="2026-08-01T10:00:00.000Z")
    health.keep(run, [report(run)])
    assert health.remembered(start(NOW + timedelta(days=1))) == {
        "me": Health(
            NOW,
            date(2027, 2, 1),
            "Spotify’s last answer could not be used in full, so the last good lists stay.",
            (
                "artists/long_term was ignored: it was empty.",
                "tracks/short_term 3 was skipped: it has no id.",
            ),
            heard=NOW,
        ),
        "you": health.unasked(run, run.settings.listeners[1]),
    }


def test_of_whom_nobody_asked_here_it_is_known_when_a_run_looked_last(start: Start) -> None:
    days = [NOW + timedelta(hours=2 * number) for number in range(2)]
    for now in days:
        run = start(now, SPOTIFY_AUTHORIZED_AT_2="2026-08-01T10:00:00Z")
        health.keep(run, [report(run, asked=False)])
        found = health.remembered(run)
        assert {(slug, one.checked, one.has_asked) for slug, one in found.items()} == {
            ("me", now, False),
            ("you", now, False),
        }
        assert found["you"].valid_until == date(2027, 2, 1)


def test_it_lives_inside_git_and_is_never_committed(start: Start) -> None:
    run = start()
    git.git(run.root, "add", ".")
    git.git(run.root, "commit", "--quiet", "--message=All")
    health.keep(run, [report(run)])
    assert ".git" in kept(run).parts
    assert git.git(run.root, "status", "--porcelain").split() == []


def test_who_was_not_asked_keeps_what_is_known(start: Start) -> None:
    run = start()
    health.keep(run, [report(run), report(run, 1)])
    later = start(NOW + timedelta(hours=5))
    health.keep(later, [report(later, asked=False), report(later, 1)])
    assert {slug: found.checked for slug, found in health.remembered(later).items()} == {
        "me": NOW,
        "you": NOW + timedelta(hours=5),
    }


def test_a_site_built_again_shows_the_same_bytes(start: Start) -> None:
    run = start(SPOTIFY_AUTHORIZED_AT="2026-08-01T10:00:00Z")
    health.keep(run, [report(run)])
    build(run)
    first = contents(run.root / "site")
    assert b"1 February 2027" in b"".join(first.values())
    build(start(NOW + timedelta(days=3)))
    assert contents(run.root / "site") == first


def test_without_a_repository_nothing_is_kept(tmp_path: Path) -> None:
    write(tmp_path / "rotation.toml", "[[listener]]", "slug = 'me'", "name = 'Me'")
    run = Run(load(tmp_path, {}), NOW, say=lambda _: None)
    health.keep(run, [report(run)])
    assert health.remembered(run) == {}
    assert [*tmp_path.iterdir()] == [tmp_path / "rotation.toml"]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"me": null}',
        b'{"me": {}}',
        b'{"me": {"checked": "soon", "valid_until": null, "notice": null, "warnings": []}}',
        b'{"me": {"checked": "2026-11-20 06:17:03", "valid_until": null, "notice": null, "warnings": []}}',
        b'{"me": {"checked": "2026-11-20T06:17:03Z", "valid_until": 7, "notice": null, "warnings": []}}',
        b'{"me": {"checked": "2026-11-20T06:17:03Z", "valid_until": null, "notice": null, "warnings": 7}}',
    ],
)
def test_a_broken_memory_is_none_and_is_written_anew(start: Start, broken: bytes) -> None:
    run = start()
    kept(run).parent.mkdir(parents=True)
    kept(run).write_bytes(broken)
    assert health.remembered(run) == {}
    assert build(run)
    health.keep(run, [report(run)])
    assert health.remembered(run)["me"] == health.found(run, report(run))


def test_a_memory_that_cannot_be_read_is_none(start: Start) -> None:
    run = start()
    kept(run).mkdir(parents=True)
    assert health.remembered(run) == {}


def test_what_is_remembered_is_text_that_a_person_can_read(start: Start) -> None:
    run = start()
    health.keep(run, [report(run)])
    found = json.loads(kept(run).read_bytes())
    assert found["me"]["checked"] == "2026-11-20 06:17:03+00:00"
    assert found["me"]["valid_until"] is None


@pytest.mark.parametrize(
    ("signed_in", "until"),
    [
        ("2026-05-20T09:00:00.000Z", date(2026, 11, 20)),
        ("2026-05-20", date(2026, 11, 20)),
        ("2026-07-15T09:00:00+02:00", date(2027, 1, 15)),
        ("2026-08-31T09:00:00Z", date(2027, 2, 28)),
        ("2027-08-31T09:00:00Z", date(2028, 2, 29)),
        ("2026-08-29T09:00:00Z", date(2027, 2, 28)),
        ("2026-12-31T09:00:00Z", date(2027, 6, 30)),
        ("2026-06-30T09:00:00Z", date(2026, 12, 30)),
        ("9999-12-01", None),
        ("last summer", None),
        ("", None),
        (None, None),
    ],
)
def test_a_sign_in_ends_six_months_later(signed_in: str | None, until: date | None) -> None:
    assert ends(signed_in, until=datetime.max.replace(tzinfo=UTC) - timedelta(days=2)) == until


def test_nobody_has_signed_in_tomorrow(start: Start) -> None:
    assert ends("2026-11-20T09:00:00Z", until=NOW) == date(2027, 5, 20)
    assert ends("2026-11-22T00:00:00Z", until=NOW) is None
    run = start(SPOTIFY_AUTHORIZED_AT="2062-11-20T06:00:00Z")
    said = health.unasked(run, run.settings.listeners[0]).sign_in
    assert said is not None
    assert "is unknown: the variable SPOTIFY_AUTHORIZED_AT holds no instant of the past" in said


def test_each_listener_has_an_own_sign_in(start: Start) -> None:
    run = start(SPOTIFY_AUTHORIZED_AT_2="2026-08-31T09:00:00Z")
    health.keep(run, [report(run), report(run, 1)])
    found = health.remembered(run)
    assert (found["me"].valid_until, found["you"].valid_until) == (None, date(2027, 2, 28))


def test_the_notice_tells_an_ended_sign_in_from_a_failure_and_from_half_an_answer(start: Start) -> None:
    run = start()
    ended = health.notice(report(run, failure="no", exit_code=77))
    failed = health.notice(report(run, failure="the secret address", exit_code=75))
    half = health.notice(report(run))
    fine = health.notice(Report(run.settings.listeners[0], asked=True))
    assert ended is not None
    assert "sign-in" in ended
    assert failed == "The last refresh did not succeed. The next one is tried on schedule."
    assert half is not None
    assert "last good lists" in half
    assert fine is None
