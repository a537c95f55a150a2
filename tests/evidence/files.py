"""A stand-in for the network: a proxy that answers every address from one directory."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["FileServer"]


class FileServer:
    """Serves ``http://any.host/NAME`` from *directory*; other addresses are not found.

    Tools are given it as their proxy, so that a direct reference can name an
    address that stays the same wherever the cases are run.  TLS is refused.
    """

    def __init__(self, directory: Path) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = directory / Path(urlsplit(self.path).path).name
                if not path.is_file():
                    self.send_error(404)
                    return
                data = path.read_bytes()
                self.send_response(200)
                self.send_header("Content-Type", "application/octet-stream")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(data)

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def proxies(self) -> dict[str, str]:
        """The variables that send a tool here for everything."""
        address = f"http://127.0.0.1:{self._server.server_port}"
        named = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        return {**dict.fromkeys(named, address), "no_proxy": "", "NO_PROXY": ""}

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
