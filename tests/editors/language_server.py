"""A small client of the Language Server Protocol over stdio, such as every editor has one."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

PACKAGE = "yaml-language-server@1.23.0"
"""Of Red Hat: the one in VS Code, Neovim and others. Version 2 wants Node 22."""

PATIENCE = 30
"""Seconds to wait for one answer."""


def installed_server(folder: Path) -> Path:
    """The server's program, installed from npm into `folder` unless it is there.

    The test that asks is skipped where there is no Node, no npm, or no network to install from.
    """
    npm = shutil.which("npm")
    if shutil.which("node") is None or npm is None:
        pytest.skip("node and npm are not installed")
    program = folder / "node_modules/yaml-language-server/bin/yaml-language-server"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text("{}")
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=40)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            pytest.skip("npm cannot install yaml-language-server here")
    return program


class LanguageServer:
    """A running server, with the files that were opened in it."""

    def __init__(self, program: Path, settings: dict[str, Any], environment: dict[str, str]):
        """Start `program` and tell it who we are; `settings` as an editor keeps them."""
        self.settings = settings
        self.process = subprocess.Popen(
            ["node", str(program), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **environment},
        )
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()
        assert self.process.stdout is not None
        self.reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self.reader.start()
        self.last = 0
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": None,
                "capabilities": {
                    "textDocument": {"completion": {}, "hover": {}, "publishDiagnostics": {}},
                    "workspace": {"configuration": True},
                },
            },
        )
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": settings})

    def close(self) -> None:
        """End the server."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdin.close()
        self.process.stdout.close()

    def open(self, path: Path) -> list[dict[str, Any]]:
        """Open a file; what the server finds wrong in it."""
        document = {
            "uri": path.as_uri(),
            "languageId": "yaml",
            "version": 1,
            "text": path.read_text(encoding="utf-8"),
        }
        self.notify("textDocument/didOpen", {"textDocument": document})

        def tells_of_it(message: dict[str, Any]) -> bool:
            return (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == document["uri"]
            )

        found: list[dict[str, Any]] = self._wait(tells_of_it)["params"]["diagnostics"]
        return found

    def at(self, method: str, path: Path, line: int, character: int) -> Any:
        """What the server answers at a position of an opened file; both from 0."""
        position = {"line": line, "character": character}
        return self.request(method, {"textDocument": {"uri": path.as_uri()}, "position": position})

    def request(self, method: str, params: dict[str, Any]) -> Any:
        """Ask, and wait for the answer."""
        self.last += 1
        number = self.last
        self._send({"id": number, "method": method, "params": params})
        answer = self._wait(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def notify(self, method: str, params: dict[str, Any]) -> None:
        """Tell, without an answer."""
        self._send({"method": method, "params": params})

    def _wait(self, is_wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next message that is wanted; questions of the server are answered meanwhile."""
        while True:
            message = self.messages.get(timeout=PATIENCE)
            if is_wanted(message):
                return message
            if "id" in message and "method" in message:
                self._send({"id": message["id"], "result": self._answer(message)})

    def _answer(self, question: dict[str, Any]) -> Any:
        if question["method"] != "workspace/configuration":
            return None
        return [self.settings.get(item["section"]) for item in question["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self, stream: IO[bytes]) -> None:
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self.messages.put(json.loads(stream.read(length)))
