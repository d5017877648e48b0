"""The two that are compared: each is asked a question as one resident, and knows afterwards what was answered."""

from typing import Protocol


class Side(Protocol):
    name: str

    async def arrive(self, resident: str) -> None:
        """What a resident does before the first line; not measured."""

    async def ask(self, resident: str, text: str) -> None:
        """Returns when the answer is there."""

    def answered(self) -> list[tuple[str, str]]:
        """Of all that was asked: the text and the topic that answered it."""

    def servers(self) -> list[int]:
        """Its processes besides this one."""
