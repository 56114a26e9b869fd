"""What is wrong with rotation.toml, in words that say what to do."""

import re
from pathlib import Path
from typing import Any

from generator.config.file import SECTIONS, File, ListenerSettings

# What to do, where pydantic's own words only say what is wrong.
AS_SECTION = "must be written as [[listener]], in double brackets, once for each person"
REMEDIES = {"tuple_type": AS_SECTION, "model_type": AS_SECTION}
AS_LIST = 'must be written in brackets, as ["Some Artist", "A Song of Theirs"]'


def sentence(path: Path, fault: Any) -> str:
    """What pydantic found, as a sentence that names the key and what to do."""
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        inner = SECTIONS.get(fault["loc"][0], ListenerSettings)
        known = File if len(fault["loc"]) == 1 else inner
        return f"{path}: {where} is no setting. Remove it, or use one of: {', '.join(known.model_fields)}."
    if fault["type"] == "missing":
        return f"{path}: {where} is missing. Add it; `rotation init` in an empty folder shows an example."
    said = re.sub("^(Input|String) should", "must", fault["msg"].removeprefix("Value error, "))
    is_list = fault["type"] == "tuple_type" and fault["loc"][0] == "privacy"
    message = AS_LIST if is_list else REMEDIES.get(fault["type"], said)
    value = f" = {fault['input']!r:.60}" if isinstance(fault["input"], str | int | float) else ""
    subject = f"{where}{value} " if where else ""
    return f"{path}: {subject}{message[:1].lower()}{message[1:]}."
