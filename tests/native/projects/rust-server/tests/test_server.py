"""Rust threads serve, Python functions and coroutines answer."""

from __future__ import annotations

import asyncio
import http.client
import http.server
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import snow_cap

CLIENTS, REQUESTS = 8, 250
"""How many connections the load test opens, and what it asks on each."""

PATIENCE = 30.0
"""Seconds after which a client takes the server for dead."""


def ask(port: int, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@pytest.fixture
def app() -> snow_cap.App:
    app = snow_cap.App()

    @app.route("/sync")
    def sync(request: snow_cap.Request) -> str:
        return f"{request.method} {request.path} {request.body.decode()}"

    @app.route("/async")
    async def asynchronous(request: snow_cap.Request) -> bytes:
        await asyncio.sleep(0)
        return request.body[::-1]

    return app


def test_a_function_answers(app: snow_cap.App) -> None:
    with app.serving() as server:
        assert ask(server.port, "POST", "/sync", b"12 cm") == (200, b"POST /sync 12 cm")


def test_a_coroutine_answers(app: snow_cap.App) -> None:
    with app.serving() as server:
        assert ask(server.port, "POST", "/async", b"12 cm") == (200, b"mc 21")


def test_what_nobody_answers_is_not_found(app: snow_cap.App) -> None:
    with app.serving() as server:
        assert ask(server.port, "GET", "/other") == (404, b"")


def test_a_body_that_is_too_large_is_refused(app: snow_cap.App) -> None:
    with app.serving() as server:
        most = 1 << 20
        assert ask(server.port, "POST", "/async", b"x" * most)[0] == 200
        assert ask(server.port, "POST", "/async", b"x" * (most + 1))[0] == 413


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_fails_ends_its_own_request_only(app: snow_cap.App) -> None:
    @app.route("/raises")
    def raises(request: snow_cap.Request) -> str:
        raise ValueError("no snow")

    @app.route("/raises-later")
    async def raises_later(request: snow_cap.Request) -> str:
        raise ValueError("no snow")

    @app.route("/number")
    def number(request: snow_cap.Request) -> str:
        return 3  # type: ignore[return-value]

    with app.serving() as server:
        for path in ("/raises", "/raises-later", "/number"):
            assert ask(server.port, "GET", path) == (500, b"")
        assert ask(server.port, "POST", "/async", b"ab") == (200, b"ba")


def test_a_port_that_is_taken_is_an_error(app: snow_cap.App) -> None:
    with app.serving() as server, pytest.raises(OSError), app.serving(port=server.port):
        pass


def test_python_runs_while_a_thread_waits_for_the_end(app: snow_cap.App) -> None:
    with app.serving() as server:
        waiting = threading.Thread(target=server.wait)
        waiting.start()
        # These run in Python, while the other thread is inside the compiled code.
        for _ in range(20):
            assert ask(server.port, "POST", "/sync", b"")[0] == 200
        assert waiting.is_alive()
        server.stop()
        waiting.join(PATIENCE)
        assert not waiting.is_alive()
        server.stop()


def test_functions_run_beside_each_other() -> None:
    app = snow_cap.App()
    both = threading.Barrier(2)

    @app.route("/meet")
    def meet(request: snow_cap.Request) -> str:
        both.wait(PATIENCE)
        return threading.current_thread().name

    with app.serving(threads=2) as server, ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: ask(server.port, "GET", "/meet"), range(2)))
    assert [status for status, _ in answers] == [200, 200]
    assert len({name for _, name in answers}) == 2


class Plain(http.server.BaseHTTPRequestHandler):
    """What Python has by itself, for comparison."""

    protocol_version = "HTTP/1.1"
    # Head and body in one packet, so that no client waits for the second.
    wbufsize = -1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def load(port: int, path: str) -> tuple[int, float]:
    """Ask from all clients at once; return how many answers were right, and the seconds."""

    def client(number: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        right = 0
        for each in range(REQUESTS):
            body = f"{number}-{each}".encode()
            connection.request("POST", path, body)
            right += connection.getresponse().read() == body[::-1]
        connection.close()
        return right

    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        right = sum(pool.map(client, range(CLIENTS)))
    return right, time.perf_counter() - start


@pytest.fixture
def plain() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Plain) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_each_answer_is_right_under_load(
    app: snow_cap.App, plain: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """How fast depends on the machine, and is told, never asserted."""

    @app.route("/reverse")
    def reverse(request: snow_cap.Request) -> bytes:
        return request.body[::-1]

    with app.serving() as server:
        found = {
            "function": load(server.port, "/reverse"),
            "coroutine": load(server.port, "/async"),
            "http.server": load(plain, "/"),
        }
    with capsys.disabled():
        for name, (_, seconds) in found.items():
            print(f"\n{name}: {CLIENTS * REQUESTS / seconds:.0f} requests a second", end="")
    assert {name: right for name, (right, _) in found.items()} == dict.fromkeys(
        found, CLIENTS * REQUESTS
    )
