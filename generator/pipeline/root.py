"""A new root, and a newer program in an old one."""

from pathlib import Path

from generator import upgrade as upgrades
from generator.config.file import CONFIG
from generator.config.new import new_file
from generator.errors import ConfigError
from generator.model import Keeping
from generator.pipeline.run import Run
from generator.store.merge import data_dictionary

IGNORED = ".cache/\n.env\n.venv/\n.site.new/\n.site.old/\n"


def init(folder: Path, time_zone: str, plays: Keeping = "off") -> Path:
    """Write a new root into the folder; answer its rotation.toml. Nothing that is there is changed."""
    settings = folder / CONFIG
    if settings.exists():
        raise ConfigError(f"{settings} is there already: edit it, or choose another folder.")
    files = {
        CONFIG: new_file(time_zone, plays).encode(),
        ".gitignore": IGNORED.encode(),
        ".gitattributes": b"data/** -text\n",
        "data/README.md": data_dictionary(),
        "site/.gitignore": b"*\n!.gitignore\n",
    }
    for name, content in files.items():
        if not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return settings


def upgrade(run: Run, tag: str | None, *, dry_run: bool) -> str:
    """Take over a newer version of the program, or say what that would change."""
    upstream = run.settings.file.upstream
    if not upstream:
        raise ConfigError(
            f"{run.root / CONFIG}: upstream is blank. Write the address of the repository to follow."
        )
    plan = upgrades.plan(run.root, upstream, tag)
    if not plan:
        return f"This is {plan.tag} already."
    overwritten = (
        f"\nIt replaces your own changes in {', '.join(plan.edited)} (Git keeps them)." if plan.edited else ""
    )
    if dry_run:
        return f"{plan.tag} would change:\n{upgrades.preview(run.root, plan)}{overwritten}"
    with run.changing_git():
        commit = upgrades.apply(run.root, plan)
    return (
        f"Took over {plan.tag} as commit {commit[:10]}.{overwritten}"
        f"\nLook at it: git show --stat. Undo it: git revert {commit[:10]}"
    )
