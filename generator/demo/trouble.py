"""The language of trouble: what the simulated Spotify does wrong, one rule a line.

    GET /v1/me/top/tracks: 429 retry-after=1 times=2
    POST /api/token: 400 invalid_grant
    GET /v1/me/top/*?time_range=long_term: empty after=1
    * : 403 premium                      # text after " #" is a remark

A line is `[METHOD] PATH[?QUERY]: [EFFECT] [OPTION=VALUE …]`. Without a method any will do; `*` in a path
stands for any text, and a query matches when its fields are among those asked for. The first rule
that matches, and whose turn it is, applies; without one the answer is good.

Effects that refuse (effects.REFUSALS): a status alone is an error in JSON as the Web API words it.

    400 invalid_grant, 400 invalid_client   the sign-in has ended; the client id or secret is wrong
    401                                     the access token expired
    403, 403 scope, 403 premium, 403 allowlist   the last two in plain text
    404
    429, 429 quota, 429 bare                rolling limit; quota (come back tomorrow); plain text
    500, 502, 503, 502 html                 the last one is a gateway's page
    hang-up                                 the connection is closed without an answer

Effects that spoil a good answer (effects.CHANGES):

    cut, not-json, error-text               JSON cut short; no JSON; {"error": "text"}, all with status 200
    empty                                   no items
    null-rows                               every third item is null
    null-names                              every item's name is null
    null-albums                             of every album only nulls and the release date "0000" are left
    no-albums                               every album is null
    duplicate                               the first item stands on the second place, too
    next=ADDRESS                            where the next page is said to be
    new-refresh-token                       the token endpoint hands out another refresh token
    deny, wrong-state                       of GET /authorize: the person refused; the state is not ours

Options: `times=N` applies N times only, `after=N` lets N requests through first, `slow=SECONDS` waits
before answering (alone, or beside an effect), `retry-after=SECONDS` is sent as the header.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import count
from threading import Lock
from urllib.parse import parse_qsl

from generator.demo.effects import CHANGES, REFUSALS, next_page
from generator.demo.reply import Reply, Request

LINE = re.compile(
    r"(?:(?P<method>[A-Z]+)\s+)?(?P<path>[*/][^\s?:]*)(?:\?(?P<query>[^\s:]+))?\s*:\s+(?P<what>.+)"
)
OPTIONS = ("times", "after", "slow", "retry-after", "next")
ERROR = 400  # from this status on an answer is no longer good, and cannot be spoiled


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: which requests it is about, when it is its turn, and what goes wrong then."""

    method: str | None  # None: any
    path: str
    query: frozenset[tuple[str, str]]
    effect: str | None  # None: the answer is good, perhaps late
    times: int | None  # None: always
    after: int
    slow: float
    retry_after: str | None
    next: str | None

    def concerns(self, request: Request) -> bool:
        return (
            self.method in {None, request.method}
            and fnmatchcase(request.path, self.path)
            and self.query <= set(request.query.items())
        )

    def is_due(self, number: int) -> bool:
        """Whether it applies to the request that is the `number`th (from 0) among those it concerns."""
        return number >= self.after and (self.times is None or number < self.after + self.times)

    def spoiled(self, answer: Callable[[], Reply]) -> Reply:
        """What is answered in place of the good answer, which a refusal never asks for."""
        if self.effect in REFUSALS:
            reply = REFUSALS[self.effect]
        elif (reply := answer()).status < ERROR:
            reply = CHANGES[self.effect](reply) if self.effect else reply
            reply = next_page(self.next)(reply) if self.next else reply
        again = {"Retry-After": self.retry_after} if self.retry_after else {}
        return replace(reply, headers=reply.headers | again)


def rules(text: str) -> tuple[Rule, ...]:
    """The rules of this text; a line that is none raises ValueError and is named."""
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines())
    return tuple(rule(line) for line in lines if line)


def rule(line: str) -> Rule:
    if not (parts := LINE.fullmatch(line)):
        raise ValueError(f"not a line of trouble: {line!r} (METHOD PATH: EFFECT OPTION=VALUE …)")
    words = parts["what"].split()
    effect = " ".join(word for word in words if "=" not in word) or None
    options = dict(word.split("=", 1) for word in words if "=" in word)
    if effect is not None and effect not in REFUSALS and effect not in CHANGES:
        raise ValueError(f"unknown effect {effect!r} in the line {line!r}")
    if unknown := sorted(options.keys() - set(OPTIONS)):
        raise ValueError(f"unknown option {unknown[0]!r} in the line {line!r}")
    try:
        return Rule(
            method=parts["method"],
            path=parts["path"],
            query=frozenset(parse_qsl(parts["query"] or "")),
            effect=effect,
            times=int(options["times"]) if "times" in options else None,
            after=int(options.get("after", "0")),
            slow=float(options.get("slow", "0")),
            retry_after=options.get("retry-after"),
            next=options.get("next"),
        )
    except ValueError as error:
        raise ValueError(f"a number was expected in the line {line!r}: {error}") from error


class Script:
    """Rules at work: it counts, for each of them, the requests that it concerns."""

    def __init__(self, text: str = "") -> None:
        self._turns = tuple((rule, count()) for rule in rules(text))
        self._lock = Lock()

    def due(self, request: Request) -> Rule | None:
        """The rule that spoils this request, if one does."""
        with self._lock:
            concerned = [(rule, next(turn)) for rule, turn in self._turns if rule.concerns(request)]
        return next((rule for rule, number in concerned if rule.is_due(number)), None)
