"""Keeps one issue for every sign-in that needs a person, as `rotation run` said in REMINDERS.

Opens it, keeps it up to date, and closes it when all is well: the open issue is the only memory.
Needs Python alone and `gh`, with GH_TOKEN and GH_REPO in the environment.
"""

import json
import os
import subprocess

AUTHORS = {"app/github-actions", "github-actions[bot]", "github-actions"}  # strangers' issues are left alone
FIELDS = "number,title,body,author"
CLOSING = "The sign-in works again."


def main() -> None:
    reminders = json.loads(os.environ.get("REMINDERS") or "[]")
    known = open_issues() if reminders else []
    for reminder in reminders:
        settle(reminder, [issue for issue in known if reminder["marker"] in issue["body"]])


def open_issues() -> list[dict]:
    """The open issues that this workflow opened."""
    found = json.loads(gh("issue", "list", "--state", "open", "--limit", "1000", "--json", FIELDS))
    return [issue for issue in found if issue["author"]["login"] in AUTHORS]


def settle(reminder: dict, issues: list[dict]) -> None:
    """Make the issues about one sign-in what the reminder says: one that is right, or none."""
    if not reminder["title"]:
        for issue in issues:
            gh("issue", "close", str(issue["number"]), "--comment", CLOSING)
    elif not issues:
        gh("issue", "create", "--title", reminder["title"], "--body-file", "-", text=reminder["body"])
    elif told(issues[0]) != told(reminder):
        number = str(issues[0]["number"])
        gh("issue", "edit", number, "--title", reminder["title"], "--body-file", "-", text=reminder["body"])


def told(text: dict) -> tuple[str, list[str]]:
    """What a reader sees: GitHub may have changed the line ends."""
    return text["title"], text["body"].split()


def gh(*args: str, text: str = "") -> str:
    """What `gh` prints; the job fails with what it said if it fails."""
    return subprocess.run(["gh", *args], input=text, stdout=subprocess.PIPE, check=True, text=True).stdout


if __name__ == "__main__":
    main()
