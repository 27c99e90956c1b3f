"""A small CRM with an HTTP API, run as a process of its own: pages, a login, a limit of requests, a cursor.

Its deals lie in a JSON file that tests rewrite; `trouble.json` beside it says how it misbehaves; it writes what it was
asked into `asked.log`.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

FOLDER = Path(sys.argv[1])
PAGE = 2


class Crm(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with (FOLDER / "asked.log").open("a") as log:
            log.write(json.dumps([parts.path, asked]) + "\n")
        trouble = self._next_trouble()
        if trouble:
            self._answer(trouble["status"], trouble.get("body", ""), trouble.get("headers", {}))
        elif self.headers["Authorization"] != "Bearer sesame":
            self._answer(401, '{"message": "who is sesame?"}')
        elif parts.path != "/api/deals":
            self._answer(404, "{}")
        else:
            self._answer(200, self._page(asked))

    def _next_trouble(self) -> dict | None:
        file = FOLDER / "trouble.json"
        waiting = json.loads(file.read_text()) if file.exists() else []
        if waiting:
            file.write_text(json.dumps(waiting if waiting[0].get("always") else waiting[1:]))
        return waiting[0] if waiting else None

    def _page(self, asked: dict[str, str]) -> str:
        text = (FOLDER / "deals.json").read_text()
        # the numbers are passed on as they are written
        deals = json.loads(text, parse_float=lambda number: f"@{number}@")
        deals = [deal for deal in deals if deal["updated_at"] >= asked.get("updated_since", "")]
        number = int(asked.get("page", 1))
        page = deals[(number - 1) * PAGE : number * PAGE]
        body = json.dumps({"items": page, "pages": -(-len(deals) // PAGE)}, ensure_ascii=False)
        return body.replace('"@', "").replace('@"', "")

    def _answer(self, status: int, body: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Crm)
    print(server.server_port, flush=True)
    server.serve_forever()
