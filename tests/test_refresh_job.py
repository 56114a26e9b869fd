"""The scripts of refresh.yml, run in order in a scratch clone: a page is built and a commit arrives."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import psycopg2
import pytest
import yaml

from generator.config.new import new_file
from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify
from generator.git import git

ROOT = Path(__file__).parents[1]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "refresh.yml").read_text(encoding="utf-8"))
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
HAS_SITE = "${{ !cancelled() && hashFiles('site/index.html') != '' }}"


def evaluate(text: str, contexts: dict[str, dict[str, str]]) -> str:
    """Fill in the few forms that refresh.yml uses: `${{ context.name }}` and `${{ … || 'text' }}`.

    As on GitHub, a secret, variable or input that is not set is blank; any other form raises ValueError.
    """

    def value(operand: str) -> str:
        if literal := re.fullmatch(r"'([^']*)'", operand):
            return literal[1]
        name = re.fullmatch(r"(secrets|vars|inputs|github)\.(\w+)", operand)
        if not name:
            raise ValueError(f"refresh.yml uses a form that this test does not know: {operand}")
        return contexts.get(name[1], {}).get(name[2], "")

    return EXPRESSION.sub(
        lambda match: next(filter(None, map(value, re.split(r"\s*\|\|\s*", match[1]))), ""), text
    )


def test_the_evaluator_knows_its_few_forms_and_no_other() -> None:
    contexts = {"secrets": {"A": "a"}}
    assert evaluate("<${{ secrets.A }}${{ vars.B }}${{ secrets.C || 'c' }}>", contexts) == "<ac>"
    with pytest.raises(ValueError, match=r"does not know: inputs\.x == 1"):
        evaluate("${{ inputs.x == 1 }}", contexts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of the job's steps left behind."""

    exit_code: int  # of the last step that ran
    output: str
    checkout: Path
    summary: str

    @property
    def songs(self) -> list[str]:
        """The titles on the front page."""
        page = html5lib.parse(
            (self.checkout / "site" / "index.html").read_bytes(), namespaceHTMLElements=False
        )
        charts = [each for each in page.iter("ol") if "chart" in each.get("class", "").split()]
        return ["".join(song.itertext()) for chart in charts for song in chart.findall("li")]

    @property
    def page(self) -> str:
        return (self.checkout / "site" / "index.html").read_text(encoding="utf-8")

    @property
    def about(self) -> str:
        return (self.checkout / "site" / "about" / "index.html").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Repository:
    """A copy of this repository on a bare remote, as "Use this template" makes one."""

    remote: Path
    environment: dict[str, str]

    def head(self) -> str:
        return git(self.remote, "rev-parse", "main").strip()

    def refresh(
        self,
        *,
        event: str = "workflow_dispatch",
        secrets: dict[str, str],
        inputs: dict[str, str] | None = None,
        variables: dict[str, str] | None = None,
    ) -> Outcome:
        """Check out and run every `run:` step of the job `refresh` but "Set up", as GitHub would."""
        scratch = Path(tempfile.mkdtemp(prefix="job-", dir=self.environment["HOME"]))
        checkout, summary = scratch / "checkout", scratch / "summary.md"
        git(scratch, "clone", "--quiet", str(self.remote), str(checkout))
        defaults = self.environment | {
            "GITHUB_EVENT_NAME": event,
            "GITHUB_STEP_SUMMARY": str(summary),
            "PYTHONPATH": str(checkout),  # "Set up" would have installed the checkout's own code
        }
        contexts = {"secrets": secrets, "inputs": inputs or {}, "vars": variables or {}}
        contexts["github"] = {"token": "token-of-the-job"}
        output, code = "", 0
        for step in WORKFLOW["jobs"]["refresh"]["steps"]:
            if "run" not in step or step.get("name") == "Set up" or not is_due(step, code, checkout):
                continue
            given = {name: evaluate(str(text), contexts) for name, text in step.get("env", {}).items()}
            (scratch / "step.sh").write_text(step["run"], encoding="utf-8")
            done = bash(scratch / "step.sh", checkout, defaults | given)
            output, code = output + done.stdout, code or done.returncode
        said = summary.read_text(encoding="utf-8") if summary.exists() else ""
        return Outcome(code, output, checkout, said)


def is_due(step: dict[str, str], code: int, checkout: Path) -> bool:
    """Does GitHub run the step after those before it ended with a code?"""
    if "if" not in step:
        return not code
    assert step["if"] == HAS_SITE, "another condition: this test would have to learn it"
    return (checkout / "site" / "index.html").exists()


def bash(script: Path, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does where no shell is named."""
    return subprocess.run(
        ["bash", "-e", str(script)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )


def publish_tree(folder: Path) -> Path:
    """Commit this working tree, uncommitted work included, to a fresh bare repository without data."""
    tree, remote = folder / "tree", folder / "remote.git"
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file() and not name.startswith("data/"):
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    # A copy's own settings are no business of these tests.
    (tree / "rotation.toml").write_text(new_file("UTC"), "utf-8")
    git(tree, "init", "--quiet", "--initial-branch=main")
    git(tree, "add", "--all", "--force")
    person = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")
    git(tree, *person, "commit", "--quiet", "-m", "Initial commit")
    git(folder, "clone", "--quiet", "--bare", str(tree), str(remote))
    return remote


@pytest.fixture(scope="module")
def spotify() -> Iterator[SimulatedSpotify]:
    with SimulatedSpotify() as running:
        yield running


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, spotify: SimulatedSpotify) -> Repository:
    folder = tmp_path_factory.mktemp("workflow")
    home = folder / "home"
    home.mkdir()
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(home),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_SERVER_URL": "https://github.com",
        "SPOTIFY_API_URL": spotify.api_url,
        "SPOTIFY_ACCOUNTS_URL": spotify.accounts_url,
    }
    return Repository(publish_tree(folder), environment)


@pytest.fixture(scope="module")
def database(postgres_server: str) -> Iterator[str]:
    """A database for all the runs below: like the real one, it outlives a run."""
    with closing(psycopg2.connect(postgres_server)) as admin, admin.cursor() as cursor:
        admin.autocommit = True
        cursor.execute("drop database if exists refresh_job with (force)")
        cursor.execute("create database refresh_job")
        yield urlsplit(postgres_server)._replace(path="/refresh_job").geturl()
        cursor.execute("drop database refresh_job with (force)")


@pytest.fixture(scope="module")
def secrets(database: str) -> dict[str, str]:
    return {
        "SPOTIFY_CLIENT_ID": CLIENT_ID,
        "SPOTIFY_CLIENT_SECRET": CLIENT_SECRET,
        "SPOTIFY_REFRESH_TOKEN": REFRESH_TOKEN,
        "DATABASE_URL": database,
    }


@pytest.fixture(scope="module")
def first(repository: Repository, secrets: dict[str, str]) -> Outcome:
    """What the first run leaves: the stories below begin where it ends."""
    return repository.refresh(secrets=secrets)


def test_the_first_run_pushes_a_commit_of_data_and_builds_the_page(
    first: Outcome, repository: Repository
) -> None:
    assert first.exit_code == 0, first.output
    assert git(repository.remote, "log", "-1", "--format=%s %an", "main").startswith("data: ")
    assert git(repository.remote, "log", "-1", "--format=%an").strip() == "github-actions[bot]"
    changed = git(repository.remote, "diff", "--name-only", "main~1", "main").split()
    assert all(name.startswith("data/") for name in changed)
    assert git(first.checkout, "status", "--porcelain") == ""
    assert len(first.songs) == 20
    assert first.summary


def test_the_warehouse_of_the_run_is_the_postgresql_it_was_given(first: Outcome, database: str) -> None:
    assert first.exit_code == 0, first.output
    with closing(psycopg2.connect(database)) as connection, connection.cursor() as cursor:
        cursor.execute("select schemaname from pg_tables where tablename = 'lists'")
        (schema,) = cursor.fetchone() or ("",)
        assert schema.startswith("rotation")
        cursor.execute(f"select count(*) from \"{schema}\".lists where kind = 'tracks'")
        assert cursor.fetchone() == (150,)


def test_a_dead_sign_in_turns_the_job_red_and_publishes_the_last_edition(
    first: Outcome, repository: Repository, secrets: dict[str, str]
) -> None:
    before = repository.head()
    later = repository.refresh(secrets=secrets | {"SPOTIFY_REFRESH_TOKEN": "no-longer-accepted"})
    assert later.exit_code == 77, later.output
    assert repository.head() == before
    assert later.songs == first.songs
    assert 'class="notice"' in later.page
    assert 'class="notice"' not in first.page
    assert "rotation login" in later.output
    assert "rotation login" in later.summary
    assert "no-longer-accepted" not in later.output + later.summary + later.page


def test_a_rebuild_publishes_again_without_asking_spotify(
    first: Outcome, repository: Repository, secrets: dict[str, str], spotify: SimulatedSpotify
) -> None:
    before, asked = repository.head(), len(spotify.requests)
    database = {"DATABASE_URL": secrets["DATABASE_URL"]}
    again = repository.refresh(secrets=database, inputs={"rebuild": "true", "listener": "me"})
    assert again.exit_code == 0, again.output
    assert repository.head() == before
    assert again.songs == first.songs
    assert len(spotify.requests) == asked


def test_the_scheduled_run_of_a_day_that_has_its_edition_learns_nothing(
    first: Outcome, repository: Repository, secrets: dict[str, str]
) -> None:
    before = repository.head()
    later = repository.refresh(event="schedule", secrets=secrets)
    assert later.exit_code == 0, later.output
    assert repository.head() == before
    assert later.songs == first.songs


def test_a_run_that_had_no_need_to_ask_says_when_it_was_and_until_when_the_sign_in_holds(
    first: Outcome, repository: Repository, secrets: dict[str, str]
) -> None:
    assert "Last checked" in first.page
    since = datetime.now(UTC) - timedelta(days=10)
    variables = {"SPOTIFY_AUTHORIZED_AT": since.isoformat(timespec="seconds")}
    for inputs, event in (({}, "schedule"), ({"rebuild": "true"}, "workflow_dispatch")):
        later = repository.refresh(event=event, secrets=secrets, inputs=inputs, variables=variables)
        assert later.exit_code == 0, later.output
        assert f'Last run</dt><dd><time datetime="{datetime.now(UTC):%Y-%m-%d}' in later.about
        assert "Sign-in valid until" in later.about
        assert "The last run had no need to ask Spotify." in later.about
        assert (later.checkout / "site" / "sign-in.ics").exists()


def test_git_reads_the_token_from_the_environment_of_the_step_that_pushes(
    repository: Repository, first: Outcome
) -> None:
    assert first.exit_code == 0, first.output
    asked = subprocess.run(
        ["git", "credential", "fill"],
        cwd=first.checkout,
        env=repository.environment | {"GITHUB_TOKEN": "token-of-the-job"},
        input="protocol=https\nhost=github.com\n\n",
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "username=x-access-token\npassword=token-of-the-job\n" in asked
    assert "token-of-the-job" not in (first.checkout / ".git" / "config").read_text(encoding="utf-8")
