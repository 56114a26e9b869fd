"""A sign-in that ends never ends silently: what the page, the summary and the workflow's issues say."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from world import Root

from generator.model import Listener
from generator.render.calendars import calendar

REMIND = Path(__file__).parents[1] / ".github" / "remind.py"
DAY = "2026-11-21"  # of the run; the sign-in ends six months after it was made

# `gh` with one repository's issues in a file: it knows what remind.py asks of it, and nothing else.
GH = """#!{python}
import json, os, sys
store = os.environ["ISSUES"]
issues = json.load(open(store))
match sys.argv[1:]:
    case ["issue", "list", "--state", "open", "--limit", _, "--json", "number,title,body,author"]:
        print(json.dumps([one for one in issues if one.pop("state") == "open"]))
        sys.exit()
    case ["issue", "create", "--title", title, "--body-file", "-"]:
        made = {{"number": len(issues) + 1, "title": title, "body": sys.stdin.read(), "state": "open"}}
        issues.append(made | {{"author": {{"is_bot": True, "login": "app/github-actions"}}}})
    case ["issue", "edit", number, "--title", title, "--body-file", "-"]:
        issues[int(number) - 1] |= {{"title": title, "body": sys.stdin.read(), "edits": 1}}
    case ["issue", "close", number, "--comment", _]:
        issues[int(number) - 1]["state"] = "closed"
    case other:
        sys.exit(f"unknown: {{other}}")
json.dump(issues, open(store, "w"))
"""


@pytest.fixture
def issues(tmp_path: Path) -> Path:
    """The issues of a repository, with a stranger's that pretends to be ours."""
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(GH.format(python=sys.executable))
    gh.chmod(0o755)
    body = "<!-- heavy-rotation: sign-in of me --> mine"
    stranger = {"number": 1, "title": "Mine", "body": body, "author": {"login": "eve"}, "state": "open"}
    store = tmp_path / "issues.json"
    store.write_text(json.dumps([stranger]))
    return store


def run(root: Root, issues: Path, signed_in: str) -> tuple[str, list[dict[str, str]]]:
    """A workflow's run and the job after it: the summary, and the issues that it opened."""
    output, summary = issues.with_name("output"), issues.with_name("summary.md")
    output.unlink(missing_ok=True)
    summary.unlink(missing_ok=True)
    github = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}
    root.given(SPOTIFY_AUTHORIZED_AT=signed_in, **github).run(day=DAY)
    name, _, reminders = output.read_text("utf-8").strip().partition("=")
    assert name == "reminders"
    path = f"{issues.parent / 'bin'}:{os.environ['PATH']}"
    said = {"PATH": path, "ISSUES": str(issues), "REMINDERS": reminders}
    subprocess.run([sys.executable, REMIND], env=said, check=True)
    stranger, *ours = json.loads(issues.read_text("utf-8"))
    assert (stranger["state"], stranger["title"]) == ("open", "Mine")
    return summary.read_text("utf-8"), ours


def about(root: Root) -> str:
    return (root.folder / "site" / "about" / "index.html").read_text("utf-8")


def test_an_unknown_end_is_called_unknown_with_the_remedy_and_nobody_guesses(
    root: Root, issues: Path
) -> None:
    summary, ours = run(root, issues, "")
    for said in (summary, about(root)):
        assert "When the Spotify sign-in ends is unknown" in said
    assert "SPOTIFY_AUTHORIZED_AT" in about(root)
    assert "Sign-in valid until" not in root.page
    assert ours == []


@pytest.mark.parametrize(
    ("signed_in", "said", "opened"),
    [
        ("2026-11-01", "", 0),
        ("2026-06-22", "", 0),
        ("2026-06-21", "The Spotify sign-in ends in 30 days, on 21 December 2026.", 0),
        ("2026-06-06", "The Spotify sign-in ends in 15 days, on 6 December 2026.", 0),
        ("2026-06-05", "The Spotify sign-in ends in 14 days, on 5 December 2026.", 1),
        ("2026-05-22", "The Spotify sign-in ends tomorrow, on 22 November 2026.", 1),
        ("2026-05-21", "The Spotify sign-in ends today, on 21 November 2026.", 1),
        ("2026-05-20", "The Spotify sign-in was to end on 20 November 2026.", 1),
    ],
)
def test_the_end_is_told_a_month_before_and_an_issue_two_weeks_before(
    root: Root, issues: Path, signed_in: str, said: str, opened: int
) -> None:
    summary, ours = run(root, issues, f"{signed_in}T12:00:00Z")
    assert said in summary
    assert said in about(root)
    assert ("The Spotify sign-in" in summary) is bool(said)
    assert "Sign-in valid until" in root.page
    assert [issue["state"] for issue in ours] == ["open"] * opened


def test_the_open_issue_is_kept_up_to_date_and_closed_after_a_new_sign_in(root: Root, issues: Path) -> None:
    _, (first,) = run(root, issues, "2026-06-01T12:00:00Z")
    assert first["title"] == "Spotify sign-in of me ends on 1 December 2026"
    assert "rotation login --listener me" in first["body"]
    _, (same,) = run(root, issues, "2026-06-01T12:00:00Z")
    assert same == first
    _, (later,) = run(root, issues, "2026-06-03T12:00:00Z")
    assert later["title"] == "Spotify sign-in of me ends on 3 December 2026"
    _, (closed,) = run(root, issues, "2026-11-20T12:00:00Z")
    assert closed["state"] == "closed"


def test_a_sign_in_that_is_refused_opens_the_issue_at_once_and_the_next_good_run_closes_it(
    root: Root, issues: Path
) -> None:
    root.spotify.script("POST /api/token: 400 invalid_grant")
    summary, (issue,) = run(root, issues, "2026-11-01T12:00:00Z")
    assert issue["title"] == "Spotify sign-in of me has ended"
    assert "passing outage" in issue["body"]
    assert "❌" in summary
    assert "no longer accepts the sign-in" in str(root.notice)
    root.spotify.script("")
    _, (closed,) = run(root, issues, "2026-11-01T12:00:00Z")
    assert closed["state"] == "closed"


def test_an_outage_opens_and_closes_nothing(root: Root, issues: Path) -> None:
    _, (issue,) = run(root, issues, "2026-06-01T12:00:00Z")
    root.spotify.script("GET /v1/me/top/tracks: 503")
    _, (still,) = run(root, issues, "")
    assert still == issue


def test_the_end_can_be_put_into_a_calendar(root: Root, issues: Path) -> None:
    run(root, issues, "2026-11-01T12:00:00Z")
    file = (root.folder / "site" / "sign-in.ics").read_bytes()
    assert b"DTSTART;VALUE=DATE:20270501\r\n" in file
    assert 'href="../sign-in.ics"' in about(root)


def test_a_calendar_entry_is_safe_from_any_name() -> None:
    name = 'Ada; the "great", ' + "ü" * 80 + "\r\nBEGIN:VEVENT"
    entry = calendar(Listener("me", name, ZoneInfo("UTC")), date(2027, 5, 1))
    lines = entry.split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == 1
    assert all(len(line) <= 75 for line in lines)
    assert "Ada\\; the" in entry.decode().replace("\r\n ", "")
