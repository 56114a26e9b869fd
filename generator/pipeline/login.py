"""Browser → refresh token → where the runs find it."""

import webbrowser
from collections.abc import Callable
from datetime import UTC

from generator import config, git
from generator.model import Listener
from generator.pipeline.run import Run
from generator.spotify.signin import SignIn, sign_in

Ask = Callable[[str], bool]
Show = Callable[[str], object]


def login(run: Run, slug: str | None, *, ask: Ask, show: Show | None) -> None:
    """Sign a listener in, and store the result as GitHub secrets, in .env, or `show` it once."""
    listener = run.settings.chosen(slug)[0]
    signed = _signed_in(run, listener)
    instant = run.now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    token = run.settings.slot(listener, "SPOTIFY_REFRESH_TOKEN")
    since = run.settings.slot(listener, "SPOTIFY_AUTHORIZED_AT")
    if show:
        show(f"{token}={signed.refresh_token}")
        show(f"{since}={instant}")
        return
    if git.has_gh() and run.remote and ask(f"Store {token} as a secret of {run.remote} with `gh`?"):
        store_on_github(run, {token: signed.refresh_token, **_app(run)}, {since: instant})
        run.say(f"Stored. The sign-in of {listener.name} is good for six months.")
        return
    path = config.keep(run.root, {token: signed.refresh_token, since: instant})
    run.say(
        f"Stored in {path}, which only you may read and Git ignores. The sign-in is good for six months.\n"
        f"For the workflow, copy {token} from there into the repository's secrets"
        f" (Settings → Secrets and variables → Actions), and {since} into its variables."
    )


def store_on_github(run: Run, secrets: dict[str, str], variables: dict[str, str]) -> None:
    """Store secrets and variables of the repository; the values never stand on a command line."""
    for name, value in secrets.items():
        git.gh(run.root, "secret", "set", name, stdin=value.encode())
    for name, value in variables.items():
        git.gh(run.root, "variable", "set", name, stdin=value.encode())


def _signed_in(run: Run, listener: Listener) -> SignIn:
    app = _app(run)
    run.say(f"Opening the browser: sign in to Spotify as {listener.name}, and press Agree.")

    def open_browser(page: str) -> None:
        run.say(f"If no browser opens, open this page yourself:\n{page}")
        webbrowser.open(page)

    return sign_in(
        app["SPOTIFY_CLIENT_ID"],
        app["SPOTIFY_CLIENT_SECRET"],
        port=run.settings.file.sign_in_port,
        accounts_url=run.settings.accounts_url,
        open_browser=open_browser,
    )


def _app(run: Run) -> dict[str, str]:
    """The Spotify app's own two values, which every run needs as well."""
    return {name: run.settings.need(name) for name in ("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET")}
