"""Browser → refresh token → where the runs find it."""

import webbrowser
from collections.abc import Callable
from datetime import UTC
from secrets import token_urlsafe

from generator import git
from generator.config.env_file import keep
from generator.config.settings import SHORTEST_KEY
from generator.errors import ConfigError, GitError
from generator.listening import PLAY_KEY
from generator.model import Listener
from generator.pipeline.run import Run
from generator.spotify.client import Client, Credentials
from generator.spotify.signin import sign_in

Ask = Callable[[str], bool]
Show = Callable[[str], object]


def login(run: Run, slug: str | None, *, ask: Ask, show: Show | None) -> None:
    """Sign a listener in, and store the result as GitHub secrets, in .env, or `show` it once."""
    listener = run.settings.one(slug, "who signs in")
    refresh_token = _sign_in(run, listener)
    instant = run.now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    names = ("SPOTIFY_REFRESH_TOKEN", "SPOTIFY_ACCOUNT", "SPOTIFY_AUTHORIZED_AT")
    token, account, since = (run.settings.slot(listener, name) for name in names)
    secrets = {token: refresh_token, account: _account(run, listener, refresh_token), **_play_key(run)}
    if run.settings.get(account) not in {None, secrets[account]}:
        raise ConfigError(
            f"This was another Spotify account than the one known as {account}, so nothing was stored."
            f" Sign in as {listener.name} in the browser, or remove {account} first if the change is meant."
        )
    if show:
        for name, value in {**secrets, since: instant}.items():
            show(f"{name}={value}")
    elif store_on_github(run, {**secrets, **_app(run)}, {since: instant}, ask):
        run.say(f"Stored. The sign-in of {listener.name} is good for six months.")
    else:
        path = keep(run.root, {**secrets, since: instant})
        run.say(
            f"Stored in {path}, which only you may read and Git ignores. The sign-in is good for six months."
            "\n"
            f"For the workflow, copy {token} from there into the repository's secrets (Settings → Secrets and"
            f" variables → Actions), and {since} into its variables. {account}, a secret too, is optional:"
            " with it, a mixed-up token is noticed before it mixes two people."
        )


def store_on_github(run: Run, secrets: dict[str, str], variables: dict[str, str], ask: Ask) -> bool:
    """Store secrets and variables of the repository, if the person agrees; were they stored?

    The values never stand on a command line.
    """
    names = ", ".join(secrets)
    if not (git.has_gh() and run.remote and ask(f"Store {names} as secrets of {run.remote} with `gh`?")):
        return False
    # Without it, `gh` might choose another remote than the one that the person agreed to.
    here = ("--repo", run.remote)
    try:
        for name, value in secrets.items():
            git.gh(run.root, "secret", "set", name, *here, stdin=value.encode())
        for name, value in variables.items():
            git.gh(run.root, "variable", "set", name, *here, stdin=value.encode())
    except GitError as error:
        run.say(f"{error}\nThe sign-in is kept here instead.")
        return False
    return True


def _account(run: Run, listener: Listener, refresh_token: str) -> str:
    """The account behind the sign-in: asked at once, so that an app that may not ask learns it here."""
    settings, app = run.settings, _app(run)
    credentials = Credentials(app["SPOTIFY_CLIENT_ID"], app["SPOTIFY_CLIENT_SECRET"], refresh_token)
    client = Client(
        credentials, who=listener.slug, api_url=settings.api_url, accounts_url=settings.accounts_url
    )
    return client.account().id


def _sign_in(run: Run, listener: Listener) -> str:
    app = _app(run)
    run.say(f"Opening the browser: sign in to Spotify as {listener.name}, and press Agree.")

    def open_browser(page: str) -> None:
        run.say(f"If no browser opens, open this page yourself:\n{page}")
        webbrowser.open(page)

    signed = sign_in(
        app["SPOTIFY_CLIENT_ID"],
        app["SPOTIFY_CLIENT_SECRET"],
        port=run.settings.file.sign_in_port,
        accounts_url=run.settings.accounts_url,
        open_browser=open_browser,
    )
    return signed.refresh_token


def _play_key(run: Run) -> dict[str, str]:
    """A key for plays whose instants are not kept, where one is needed and no good one was ever made."""
    needs_it = any(one.plays in {"hour", "day"} for one in run.settings.listeners)
    is_good = len(run.settings.get(PLAY_KEY) or "") >= SHORTEST_KEY
    if not needs_it or is_good or _is_on_github(run, PLAY_KEY):
        return {}
    return {PLAY_KEY: token_urlsafe(32)}


def _is_on_github(run: Run, name: str) -> bool:
    """Is there a secret of this name already? Nobody can read it back, so it must not be replaced."""
    if not (git.has_gh() and run.remote):
        return False
    try:
        return name in git.gh(run.root, "secret", "list", "--repo", run.remote).split()
    except GitError:
        return False


def _app(run: Run) -> dict[str, str]:
    """The Spotify app's own two values, which every run needs as well."""
    return {name: run.settings.need(name) for name in ("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET")}
