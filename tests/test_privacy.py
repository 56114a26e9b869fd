"""A site that is not for search engines says so."""

from world import FIRST, Root


def test_a_site_can_ask_search_engines_to_leave_it_out(root: Root) -> None:
    pages = [root.folder / "site" / name for name in ("index.html", "about/index.html", "records/index.html")]
    assert not [page for page in pages if 'name="robots"' in page.read_text("utf-8")]
    file = root.folder / "rotation.toml"
    file.write_text(file.read_text("utf-8").replace("noindex = false", "noindex = true"), "utf-8")
    assert root.rotation("build", "--now", f"{FIRST}T06:00:00Z").code == 0
    assert all('<meta name="robots" content="noindex">' in page.read_text("utf-8") for page in pages)
