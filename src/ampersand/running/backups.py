"""One file that holds everything: the database, the secrets, the sealing key. And the way back."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zlib
from collections.abc import Mapping
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ampersand.running import embedded
from ampersand.running.binaries import program
from ampersand.running.places import Misconfigured, chosen_data_folder, data_folder, database_options, setting

KEPT = ("secrets", "sealing")
ABOUT, DUMP = "about.json", "database.dump"
LAST = "last-backup"
DJANGOS = {"pool", "prepare_threshold"}  # options of a connection that PostgreSQL itself does not know


def connection_of(options: Mapping[str, Any]) -> str:
    """Turn Django's words for a database into PostgreSQL's own."""
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {theirs: str(options[ours]) for ours, theirs in names.items() if options.get(ours)}
    extra = {name: value for name, value in options.get("OPTIONS", {}).items() if name not in DJANGOS}
    return make_conninfo("", **given, **extra)


def back_up(*, data: Path, connection: str, snapshot: str, about: Mapping[str, Any], target: Path) -> None:
    """Write the backup, whole or not at all, for nobody else to read."""
    draft, dump = target.with_name(f".{target.name}.part"), target.with_name(f".{target.name}.dump")
    try:
        with _opened(dump) as file:
            _tool("pg_dump", ["--format=custom", f"--snapshot={snapshot}"], connection, output=file)
        places = sorted(found for kind in KEPT for found in (data / kind).glob("[!.]*"))
        kept = {f"{place.parent.name}/{place.name}": place.read_bytes() for place in places}
        sums = {name: sha256(content).hexdigest() for name, content in kept.items()}
        with dump.open("rb") as written:
            sums[DUMP] = file_digest(written, "sha256").hexdigest()
        with _opened(draft) as file, tarfile.open(fileobj=file, mode="w") as packed:
            _add(packed, ABOUT, json.dumps({**about, "files": sums}, indent=1).encode())
            for name, content in kept.items():
                _add(packed, name, content)
            packed.add(dump, DUMP, filter=_plain)
            file.flush()
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.rename(target)
    finally:
        for leftover in (draft, dump):
            leftover.unlink(missing_ok=True)


def restore(file: Path) -> int:
    """Bring a backup back into an empty place, up to this version, and compare the record with it."""
    data = chosen_data_folder()
    taken = [name for name in (*KEPT, "database") if (data / name).exists()]
    if taken:
        raise Misconfigured(
            f"There is something in {data} already ({', '.join(taken)}). A backup is restored into an "
            "empty place only: set AMPERSAND_DATA_DIR to a new folder."
        )
    try:
        packed = tarfile.open(file)  # noqa: SIM115 - closed by the with below
    except (OSError, tarfile.TarError) as error:
        raise Misconfigured(f"{file} cannot be read as a backup: {error}") from error
    with packed:
        about = _about(packed, file)
        _check_whole(packed, about, file)
        status = 1
        try:
            status = _bring_back(packed, about, data)
        finally:
            for name in (*KEPT, "database") if status else ():  # none was there before: it can be tried again
                shutil.rmtree(data / name, ignore_errors=True)
    return status


def _bring_back(packed: tarfile.TarFile, about: Mapping[str, Any], data: Path) -> int:
    url = setting("AMPERSAND_DATABASE_URL")
    if url:
        _fill(packed, data_folder(), database_options(url))
        return _finish(about)
    with embedded.running(data_folder()):
        _fill(packed, data, embedded.options(data))
        return _finish(about)


def _fill(packed: tarfile.TarFile, data: Path, options: Mapping[str, Any]) -> None:
    connection = connection_of(options)
    with psycopg.connect(connection) as asking:
        found = asking.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if found != (0,):
        raise Misconfigured("The database is not empty. A backup is restored into an empty one only.")
    for member in packed.getmembers():
        place = PurePosixPath(member.name)
        if member.isfile() and len(place.parts) == 2 and place.parts[0] in KEPT and ".." not in place.parts:
            _write(data / place.parts[0] / place.parts[1], _content(packed, member.name))
    dump = packed.extractfile(DUMP)
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _tool("pg_restore", words, connection, source=dump)


def _finish(about: Mapping[str, Any]) -> int:
    """Bring what came back up to this version, then let it compare itself with what was backed up."""
    keys = json.dumps(about.get("keys", {}))
    for words in (["prepare"], ["restored", str(about["entries"]), str(about["root"]), keys]):
        status = subprocess.run([sys.executable, "-m", "ampersand", *words], check=False).returncode  # noqa: S603
        if status:
            return status
    return 0


def _tool(
    name: str, words: list[str], connection: str, *, output: IO[bytes] | None = None, source: Any = None
) -> None:
    """Run one of PostgreSQL's programs; the password goes by its environment, where nobody can list it."""
    parts = {key: str(value) for key, value in conninfo_to_dict(connection).items()}
    environment = {**os.environ, "PGPASSWORD": parts.pop("password", "")}
    with subprocess.Popen(  # noqa: S603
        [program(name), *words, f"--dbname={make_conninfo('', **parts)}"],
        env=environment,
        stdin=subprocess.PIPE if source else subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
    ) as running:
        if source and running.stdin:
            _pour(source, running.stdin)
        said = running.stderr.read().decode(errors="replace") if running.stderr else ""
    if running.returncode:
        raise Misconfigured(f"{name} could not do it: {said.strip()}")


def _pour(source: IO[bytes], into: IO[bytes]) -> None:
    try:
        while chunk := source.read(1 << 20):
            into.write(chunk)
        into.close()
    except BrokenPipeError:  # it says why on its way out
        return


def _about(packed: tarfile.TarFile, file: Path) -> dict[str, Any]:
    try:
        about = json.loads(_content(packed, ABOUT))
    except (KeyError, ValueError) as error:
        raise Misconfigured(f"{file} is not a backup of Ampersand.") from error
    except (OSError, tarfile.TarError, EOFError, zlib.error) as error:
        raise Misconfigured(f"{file} is damaged: a part of it is missing. Use another backup.") from error
    if not isinstance(about, dict) or not {"entries", "root"} <= set(about):
        raise Misconfigured(f"{file} is not a backup of Ampersand.")
    return about


def _check_whole(packed: tarfile.TarFile, about: Mapping[str, Any], file: Path) -> None:
    """Refuse a backup of which something is missing or was changed, before anything is written."""
    sums = about.get("files", {})  # backups made before there were sums have none
    try:
        damaged = [name for name, known in sums.items() if _sum(packed, name) != known]
        packed.getmember(DUMP)
    except (KeyError, OSError, tarfile.TarError, EOFError, zlib.error) as error:
        raise Misconfigured(f"{file} is damaged: a part of it is missing. Use another backup.") from error
    if damaged:
        raise Misconfigured(
            f"{file} is damaged: {', '.join(damaged)} is not what was backed up. Use another backup."
        )


def _sum(packed: tarfile.TarFile, name: str) -> str:
    found = packed.extractfile(name)
    return file_digest(found, "sha256").hexdigest() if found else ""  # type: ignore[arg-type]


def _content(packed: tarfile.TarFile, name: str) -> bytes:
    found = packed.extractfile(name)
    return found.read() if found else b""


def _opened(place: Path) -> IO[bytes]:
    place.unlink(missing_ok=True)
    return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(mode=0o700, exist_ok=True)
    with _opened(place) as file:
        file.write(content)


def _add(packed: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    packed.addfile(entry, io.BytesIO(content))


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry
