"""Serve HTTP on native threads: Rust holds the connections, Python functions answer."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from ._server import Request
from ._server import Server as _Server

__all__ = ["App", "Request"]

Answer = str | bytes
Handler = Callable[[Request], Answer | Coroutine[Any, Any, Answer]]


class App:
    """Functions that answer, by the path of the request.

    >>> app = App()
    >>> @app.route("/depth")
    ... def depth(request):
    ...     return "12 cm"
    >>> from urllib.request import urlopen
    >>> with app.serving() as server:
    ...     urlopen(f"http://127.0.0.1:{server.port}/depth").read()
    b'12 cm'
    """

    def __init__(self) -> None:
        self._handlers: dict[str, tuple[Handler, bool]] = {}

    def route(self, path: str) -> Callable[[Handler], Handler]:
        """Let a function, or a coroutine function, answer the requests for ``path``."""

        def keep(handler: Handler) -> Handler:
            self._handlers[path] = (handler, inspect.iscoroutinefunction(handler))
            return handler

        return keep

    @contextmanager
    def serving(
        self, host: str = "127.0.0.1", port: int = 0, threads: int = 2
    ) -> Iterator[_Server]:
        """Serve until the end of the block; ``port`` 0 takes any that is free.

        ``threads`` is how many hold connections, and how many functions run at once.
        Coroutines all run on one event loop, in a thread of its own.
        """
        loop = asyncio.new_event_loop()
        runner = threading.Thread(target=loop.run_forever, daemon=True)
        runner.start()
        try:
            server = _Server(self._handlers, loop, host, port, threads)
            try:
                yield server
            finally:
                server.stop()
        finally:
            loop.call_soon_threadsafe(loop.stop)
            runner.join()
            loop.close()
