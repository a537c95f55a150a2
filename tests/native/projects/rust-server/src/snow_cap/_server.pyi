from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping
from typing import Any, final

@final
class Request:
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def body(self) -> bytes: ...

@final
class Server:
    def __init__(
        self,
        handlers: Mapping[str, tuple[Callable[[Request], Any], bool]],
        event_loop: AbstractEventLoop,
        host: str,
        port: int,
        threads: int,
    ) -> None: ...
    @property
    def port(self) -> int: ...
    def wait(self) -> None: ...
    def stop(self) -> None: ...
