"""What a tap answers to our own questions; each carries the order it is about."""

from dataclasses import dataclass

from marchante.conversations.action import Action


@dataclass(frozen=True)
class TakeSurvey(Action):
    NAME = "survey"

    order_id: int


@dataclass(frozen=True)
class DeclineSurvey(Action):
    NAME = "nosurvey"

    order_id: int


@dataclass(frozen=True)
class Rate(Action):
    """`rating` from 1 to 5."""

    NAME = "rate"

    order_id: int
    rating: int


@dataclass(frozen=True)
class SayWhetherSolved(Action):
    """`solved` 0: a person is wanted."""

    NAME = "solved"

    order_id: int
    solved: int
