"""Databases of the bench's own: on a PostgreSQL made for it, or where AMPERSAND_DATABASE_URL says."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from ampersand.running.embedded import USER, Embedded, host, place


class Databases:
    """Makes databases on one server and, in the end, leaves none behind."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.made: list[str] = []

    def make(self, name: str, like: str = "template1") -> str:
        """Make a database, empty or like another that nobody uses; give its address."""
        self._drop(name)
        names = map(sql.Identifier, (name, like))
        self._say(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        self.made.append(name)
        return urlunsplit(urlsplit(self.address)._replace(path=f"/{name}"))

    def drop_all(self) -> None:
        for name in self.made:
            self._drop(name)

    def _drop(self, name: str) -> None:
        self._say(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _say(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.address, autocommit=True) as on:
            on.execute(statement)


@contextmanager
def databases(folder: Path) -> Iterator[Databases]:
    """Have a server to make databases on; ours is durable, as in earnest."""
    with ExitStack() as after:
        address = os.environ.get("AMPERSAND_DATABASE_URL", "")
        if not address:
            log = after.enter_context((folder / "database.log").open("wb"))
            server = Embedded(folder, output=log)
            server.take()
            after.callback(server.give_back)
            process = server.start()
            after.callback(server.stop, process)
            server.wait_until_ready(process)
            address = f"postgresql://{USER}@/postgres?host={host(place(folder))}"
        made = Databases(address)
        after.callback(made.drop_all)
        yield made
