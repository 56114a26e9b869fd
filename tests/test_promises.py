"""The documents promise nothing that no test tries."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("SECURITY.md", "docs/reliability.md")
TESTS = {
    name
    for file in (ROOT / "tests").glob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_promise_names_tests_that_exist(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    rows = re.findall(r"^\| (.+) \| (.+) \|$", text, re.MULTILINE)
    promises = [(said, re.findall(r"`(test_\w+)`", proofs)) for said, proofs in rows if said != "promise"]
    assert promises
    assert [said for said, proofs in promises if not proofs] == []
    assert {*re.findall(r"`(test_\w+)`", text)} - TESTS == set()
