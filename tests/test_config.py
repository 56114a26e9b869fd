"""Settings: each mistake is named with its file, its key and what to do."""

import os
from pathlib import Path

import pytest

from generator.config.env_file import keep
from generator.config.file import File, ListenerSettings
from generator.config.load import load
from generator.config.new import new_file
from generator.config.settings import ACCOUNTS_URL, API_URL, Settings
from generator.errors import ConfigError

ME = '[[listener]]\nslug = "me"\nname = "Me"\n'


def said(root: Path, text: str) -> Settings:
    (root / "rotation.toml").write_text(text, encoding="utf-8")
    return load(root, {})


def slug(name: str) -> str:
    return ME.replace('"me"', f'"{name}"')


MISTAKES = {
    "a past that is kept less than not at all": (
        "[privacy]\nretention_days = -1\n" + ME,
        "privacy.retention_days = -1 must be greater than or equal to 0",
    ),
    "a past that is kept for longer than there are dates": (
        "[privacy]\nretention_days = 800000\n" + ME,
        "privacy.retention_days = 800000 must be less than or equal to 36500",
    ),
    "a play that is shorter than nothing": (
        "[plays]\nleast_seconds = -1\n" + ME,
        "plays.least_seconds = -1 must be greater than or equal to 0",
    ),
    "an unknown key of plays": (
        "[plays]\nleast = 30\n" + ME,
        "plays.least is no setting. Remove it, or use one of: least_seconds, private_sessions.",
    ),
    "one to hide, without brackets": (
        '[privacy]\nhide = "Ann"\n' + ME,
        "privacy.hide = 'Ann' must be written in brackets",
    ),
    "an unknown key": (
        'colour = "red"\n' + ME,
        "colour is no setting. Remove it, or use one of: title, address",
    ),
    "an unknown key of a listener": (ME + "token = 1\n", "listener.1.token is no setting. Remove it, or use"),
    "no listener": ('title = "Music"\n', "listener is missing. Add it"),
    "an empty list of listeners": ("listener = []\n", "0 listeners are set up"),
    "a listener in single brackets": (
        ME.replace("[[listener]]", "[listener]"),
        "must be written as [[listener]]",
    ),
    "listeners that are none": ("listener = [3]\n", "listener.1 = 3 must be written as [[listener]]"),
    "a listener without a name": ('[[listener]]\nslug = "me"\n', "listener.1.name is missing. Add it"),
    "a bad zone": (
        'time_zone = "Mars/Base"\n' + ME,
        "time_zone = 'Mars/Base' is no time zone: write one like",
    ),
    "a blank zone": ('time_zone = ""\n' + ME, "time_zone = '' is no time zone"),
    "a zone that is a folder": ('time_zone = "Europe"\n' + ME, "time_zone = 'Europe' is no time zone"),
    "a listener's bad zone": (ME + 'time_zone = "CETT"\n', "listener.1.time_zone = 'CETT' is no time zone"),
    "equal slugs": (ME + ME + "sign_in = 2\n", "two listeners have the slug 'me': give each its own"),
    "equal sign-ins": (ME + slug("you"), "two listeners have the sign_in 1: give each its own"),
    "a sign-in beyond the last": (
        ME + "sign_in = 6\n",
        "listener.1.sign_in = 6 must be less than or equal to 5",
    ),
    "a name that is too long": (ME.replace("Me", "M" * 81), "listener.1.name = 'MMM"),
    "a low port": ("sign_in_port = 80\n" + ME, "sign_in_port = 80 must be greater than or equal to 1024"),
    "a high port": (
        "sign_in_port = 70000\n" + ME,
        "sign_in_port = 70000 must be less than or equal to 65535",
    ),
    "a port in quotes": ('sign_in_port = "8888"\n' + ME, "sign_in_port = '8888' must be a valid integer"),
    "an empty title": ('title = ""\n' + ME, "title = '' must have at least 1 character"),
    "an address that is none": (
        'address = "my page"\n' + ME,
        "address = 'my page' is no web address: write one",
    ),
    "a broken address": ('address = "https://[x"\n' + ME, "is no web address: write one"),
    "a bad schema": (
        'warehouse_schema = "a-b"\n' + ME,
        "warehouse_schema = 'a-b' is not fit for a PostgreSQL schema",
    ),
    "no TOML": ("title = \n", "is not valid TOML: Invalid value (at line 1"),
    "a key twice": ('title = "a"\ntitle = "b"\n' + ME, "is not valid TOML: "),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_named_with_file_key_and_remedy(tmp_path: Path, case: str) -> None:
    text, sentence = MISTAKES[case]
    with pytest.raises(ConfigError) as error:
        said(tmp_path, text)
    assert str(error.value).startswith(str(tmp_path / "rotation.toml"))
    assert sentence in str(error.value)
    assert len(str(error.value).splitlines()) == 1  # a mistake is told once


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc", "..", ".", "", "con?", "Me", "mé", "a b", "-a", "a-", "a--b", "a/b", "a\\\\b", "x" * 41],
)
def test_a_slug_that_is_not_a_safe_path_is_refused_as_it_was_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"listener\.1\.slug = .* is not fit for an address: use") as error:
        said(tmp_path, slug(name))
    assert repr(name.replace("\\\\", "\\")) in str(error.value)


@pytest.mark.parametrize(
    "name", ["catalog", "static", "api", "artists", "about", "con", "nul", "com1", "lpt9"]
)
def test_a_slug_that_somebody_else_needs_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=rf"listener\.1\.slug = '{name}' is .* choose another"):
        said(tmp_path, slug(name))


@pytest.mark.parametrize("name", ["me", "a", "ada-lovelace", "4-ever", "constance", "x" * 40])
def test_a_plain_slug_is_welcome(tmp_path: Path, name: str) -> None:
    assert said(tmp_path, slug(name)).listeners[0].slug == name


def test_five_listeners_are_the_most_that_spotify_allows(tmp_path: Path) -> None:
    five = "".join(slug(f"me{number}") + f"sign_in = {number}\n" for number in range(1, 6))
    assert len(said(tmp_path, five).listeners) == 5
    with pytest.raises(ConfigError, match=r"6 listeners are set up\. Spotify lets an app have 5"):
        said(tmp_path, five + slug("me6"))


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        said(tmp_path, 'time_zone = "X"\nsign_in_port = 1\n' + slug("?"))
    assert len(str(error.value).splitlines()) == 3


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no .*rotation\.toml\. .*--root.* rotation init"):
        load(tmp_path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "rotation.toml").mkdir()
    with pytest.raises(ConfigError, match=r"rotation\.toml cannot be read"):
        load(tmp_path)


def test_a_file_in_another_encoding_is_no_toml(tmp_path: Path) -> None:
    (tmp_path / "rotation.toml").write_bytes('title = "Café"'.encode("latin-1"))
    with pytest.raises(ConfigError, match="is not valid TOML"):
        load(tmp_path)


def test_the_mark_of_a_windows_editor_does_no_harm(tmp_path: Path) -> None:
    assert said(tmp_path, "\ufeff" + ME).listeners[0].name == "Me"


def test_a_new_file_is_one_that_is_understood(tmp_path: Path) -> None:
    settings = said(tmp_path, new_file("Europe/Berlin"))
    assert settings.file.time_zone == "Europe/Berlin"
    assert settings.chosen("me") == settings.listeners
    with pytest.raises(ConfigError, match="'Berlin' is no time zone: write one like"):
        new_file("Berlin")


def test_the_file_of_this_repository_is_understood() -> None:
    assert load(Path(__file__).parents[1], {}).listeners


def test_a_new_file_names_every_setting() -> None:
    text = new_file("UTC")
    for key in (*File.model_fields, *ListenerSettings.model_fields):
        assert key in text


def test_a_listener_has_the_common_zone_or_an_own_one(tmp_path: Path) -> None:
    own = slug("you") + 'sign_in = 2\ntime_zone = "Asia/Tokyo"\n'
    settings = said(tmp_path, 'time_zone = "Europe/Berlin"\n' + ME + own)
    assert [listener.zone.key for listener in settings.listeners] == ["Europe/Berlin", "Asia/Tokyo"]


def test_a_stranger_is_told_who_is_known(tmp_path: Path) -> None:
    settings = said(tmp_path, ME + slug("you") + "sign_in = 2\n")
    assert [listener.slug for listener in settings.chosen("you")] == ["you"]
    with pytest.raises(ConfigError, match=r"no listener 'they'. Choose one of: me, you\."):
        settings.chosen("they")


def test_each_sign_in_has_variables_of_its_own(tmp_path: Path) -> None:
    settings = said(tmp_path, ME + slug("you") + "sign_in = 4\n")
    names = [settings.slot(listener, "SPOTIFY_REFRESH_TOKEN") for listener in settings.listeners]
    assert names == ["SPOTIFY_REFRESH_TOKEN", "SPOTIFY_REFRESH_TOKEN_4"]


def test_the_environment_stands_above_the_stored_variables(tmp_path: Path) -> None:
    (tmp_path / "rotation.toml").write_text(ME)
    (tmp_path / ".env").write_text("SPOTIFY_CLIENT_ID=stored\nSPOTIFY_ACCOUNT='kept$HOME'\nDATABASE_URL=\n")
    settings = load(tmp_path, {"SPOTIFY_CLIENT_ID": " given \n"})
    assert settings.get("SPOTIFY_CLIENT_ID") == "given"
    assert settings.get("SPOTIFY_ACCOUNT") == "kept$HOME"
    assert settings.get("DATABASE_URL") is None


def test_the_process_has_an_environment_too(tmp_path: Path) -> None:
    (tmp_path / "rotation.toml").write_text(ME)
    assert load(tmp_path).get("PATH") == os.environ["PATH"]


def test_a_missing_secret_says_where_to_store_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"SPOTIFY_CLIENT_ID is not set\. Copy it from .*secret.*\.env"):
        said(tmp_path, ME).need("SPOTIFY_CLIENT_ID")


def test_what_is_kept_is_for_its_owner_alone_and_is_found_again(tmp_path: Path) -> None:
    (tmp_path / "rotation.toml").write_text(ME)
    (tmp_path / ".env").write_text("OTHER=1\nSPOTIFY_REFRESH_TOKEN=old\n")
    (tmp_path / ".env").chmod(0o644)
    file = keep(tmp_path, {"SPOTIFY_REFRESH_TOKEN": "n'ew $x", "SPOTIFY_AUTHORIZED_AT": "2026-11-20"})
    assert file.stat().st_mode & 0o777 == 0o600
    settings = load(tmp_path, {})
    found = [settings.get(name) for name in ("OTHER", "SPOTIFY_REFRESH_TOKEN", "SPOTIFY_AUTHORIZED_AT")]
    assert found == ["1", "n'ew $x", "2026-11-20"]


@pytest.mark.parametrize(
    "url", ["https://example.org/v1", "http://127.0.0.1:4030/v1", "http://localhost:1", "http://[::1]:1"]
)
def test_spotify_may_be_simulated_on_this_machine_or_behind_https(tmp_path: Path, url: str) -> None:
    (tmp_path / "rotation.toml").write_text(ME)
    assert load(tmp_path, {"SPOTIFY_API_URL": f"{url}/"}).api_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "http://127.0.0.1.example.org",
        "http://127.0.0.1@example.org",
        "ftp://x",
        "x",
        "http://[",
    ],
)
def test_nobody_elsewhere_is_told_a_secret_in_plain_text(tmp_path: Path, url: str) -> None:
    (tmp_path / "rotation.toml").write_text(ME)
    with pytest.raises(ConfigError, match="SPOTIFY_ACCOUNTS_URL must start with https://"):
        _ = load(tmp_path, {"SPOTIFY_ACCOUNTS_URL": url}).accounts_url


def test_without_a_word_about_it_spotify_is_spotify(tmp_path: Path) -> None:
    settings = said(tmp_path, ME)
    assert (settings.api_url, settings.accounts_url) == (API_URL, ACCOUNTS_URL)


def test_the_template_has_the_rotation_toml_that_init_writes() -> None:
    assert (Path(__file__).parents[1] / "rotation.toml").read_text("utf-8") == new_file("UTC")


def test_what_is_hidden_comes_from_the_file_and_from_the_secret(tmp_path: Path) -> None:
    said(tmp_path, '[privacy]\nhide = ["Ann"]\n' + ME)
    settings = load(tmp_path, {"ROTATION_HIDE": "Roads\n\nTeardrop"})
    assert settings.hidden.names == {"ann", "roads", "teardrop"}


def test_a_secret_that_hides_no_song_is_refused_and_not_repeated(tmp_path: Path) -> None:
    said(tmp_path, ME)
    with pytest.raises(ConfigError, match="ROTATION_HIDE is a link to no song and no artist") as refused:
        _ = load(tmp_path, {"ROTATION_HIDE": "https://open.spotify.com/album/Secret"}).hidden
    assert "Secret" not in str(refused.value)
