"""The workflows ask for little privilege, and what they run is pinned."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))

each_workflow = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)


def read(file: Path) -> dict[str, Any]:
    workflow: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return workflow


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


REFRESH = read(ROOT / ".github" / "workflows" / "refresh.yml")


@each_workflow
def test_a_workflow_may_do_nothing_that_a_job_does_not_ask_for(file: Path) -> None:
    workflow = read(file)
    assert workflow["permissions"] == {}
    assert all("permissions" in job and "timeout-minutes" in job for job in workflow["jobs"].values())


def test_each_job_may_write_only_what_it_is_for() -> None:
    assert {name: job["permissions"] for name, job in REFRESH["jobs"].items()} == {
        "refresh": {"contents": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
        "remind": {"contents": "read", "issues": "write"},
    }


@each_workflow
def test_every_action_is_pinned_by_hash_with_its_version_beside_it(file: Path) -> None:
    used = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


@each_workflow
def test_no_checkout_leaves_the_token_on_disk(file: Path) -> None:
    checkouts = [step for step in steps(read(file)) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False] * len(checkouts)


@each_workflow
def test_no_script_is_pasted_together_from_expressions(file: Path) -> None:
    assert [step["run"] for step in steps(read(file)) if "${{" in step.get("run", "")] == []


def test_only_the_step_that_refreshes_sees_secrets_and_the_one_that_reminds_its_own_token() -> None:
    workflow = read(ROOT / ".github" / "workflows" / "refresh.yml")
    refresh, remind = (step for step in steps(workflow) if re.search(r"secrets\.|github\.token", str(step)))
    assert (refresh["name"], remind["name"]) == ("Refresh", "Open, update or close the issues")
    assert "secrets." not in str(remind)
    del refresh["env"], remind["env"]
    assert not re.search(r"secrets\.|github\.token", str(workflow))


def test_the_schedule_avoids_the_crowded_minutes_and_one_run_waits_for_another() -> None:
    # YAML 1.1 reads a bare `on` as true.
    (schedule,) = REFRESH[True]["schedule"]  # type: ignore[index]
    assert int(schedule["cron"].split()[0]) % 2 == 1
    assert REFRESH["concurrency"] == {"group": "refresh", "cancel-in-progress": False}


def test_a_site_is_deployed_though_the_refresh_failed() -> None:
    look, upload = (
        next(one for one in steps(REFRESH) if one.get("id") == id_) for id_ in ("leaks", "upload")
    )
    assert look["if"] == "${{ !cancelled() && hashFiles('site/index.html') != '' }}"
    # What was not looked through, or must not be public, is not published.
    assert look["run"] == "rotation leaks"
    assert upload["if"] == "${{ !cancelled() && steps.leaks.outcome == 'success' }}"
    assert REFRESH["jobs"]["refresh"]["outputs"]["built"] == "${{ steps.upload.outcome == 'success' }}"
    assert REFRESH["jobs"]["deploy"]["if"] == "${{ !cancelled() && needs.refresh.outputs.built == 'true' }}"


def test_reminders_are_kept_though_the_refresh_failed() -> None:
    assert REFRESH["jobs"]["refresh"]["outputs"]["reminders"] == "${{ steps.refresh.outputs.reminders }}"
    assert REFRESH["jobs"]["remind"]["if"] == ("${{ !cancelled() && needs.refresh.outputs.reminders != '' }}")
