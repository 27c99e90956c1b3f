"""Remote folders (S3, SFTP), by fsspec: listed first, and only files that are new or changed are fetched."""

import fnmatch
import json
import os
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from orchestration.ingest.disk import publish
from salesops.errors import UserError
from salesops.secrets import reveal

SECONDS = 10
LISTING = ".listing.json"
GLOB = "*?["


def mirror(patterns: list[str], folder: Path, where: str) -> None:
    """Makes `folder` hold the remote files of these patterns; UserError where a server gives no list.

    A file that changes while it is fetched is still being written, and waits for the next time.
    """
    noted = folder / LISTING
    known: dict[str, list[Any]] = json.loads(noted.read_text()) if noted.exists() else {}
    held: dict[str, list[Any]] = {}
    for pattern in patterns:
        fs, root, glob = _opened(pattern, where)
        for name, mark in _listed(fs, root, glob, where).items():
            path = folder / name
            unchanged = known.get(name) == mark and path.exists()
            if unchanged or _fetched(fs, f"{root}/{name}", mark, path, where):
                held[name] = mark
            elif name in known and path.exists():
                held[name] = known[name]
    for name in known.keys() - held.keys():
        (folder / name).unlink(missing_ok=True)
    if held != known:
        publish(noted, lambda draft: _write(draft, held))


def _write(draft: Path, held: dict[str, list[Any]]) -> None:
    draft.write_text(json.dumps(held))


def _opened(pattern: str, where: str) -> tuple[Any, str, str]:
    """The file system, the folder in it, and what files in there must look like."""
    name, slash, rest = pattern.partition("/")
    url = reveal(name, where).rstrip("/") + slash + rest if name.startswith("$") else pattern
    scheme, _, place = url.partition("://")
    fixed = place[: min((place.index(mark) for mark in GLOB if mark in place), default=len(place))]
    root, glob = fixed.rpartition("/")[0], place[fixed.rfind("/") + 1 :]
    try:
        if scheme == "s3":
            import s3fs

            config = {"connect_timeout": SECONDS, "read_timeout": 60, "retries": {"max_attempts": 2}}
            return (
                s3fs.S3FileSystem(config_kwargs=config, skip_instance_cache=True, use_listings_cache=False),
                root,
                glob,
            )
        if scheme == "sftp":
            return _sftp(f"sftp://{root}"), urlsplit(f"sftp://{root}").path, glob
    except Exception as error:  # every library below has errors of its own
        raise _told(error, where) from None
    what = "the address of the folder begins neither with s3:// nor with sftp://."
    raise UserError(what, where=where, mend="Write it as s3://BUCKET/FOLDER/*.csv or sftp://USER@HOST/FOLDER/*.csv.")


def _sftp(url: str) -> Any:
    """A connection to a host that ~/.ssh/known_hosts knows; the password, if any, or else the user's own key."""
    from sshfs import SSHFileSystem

    parts = urlsplit(url)
    login: dict[str, Any] = {"username": parts.username} if parts.username else {}
    if parts.password:
        login["password"] = unquote(parts.password)
    times = {"connect_timeout": SECONDS, "login_timeout": 2 * SECONDS}
    return SSHFileSystem(
        parts.hostname, port=parts.port or 22, known_hosts=(), skip_instance_cache=True, **times, **login
    )


def _listed(fs: Any, root: str, glob: str, where: str) -> dict[str, list[Any]]:
    """Size, etag and time of each file by its name inside the folder."""
    try:
        found = fs.find(root, detail=True)
        if not found and not fs.exists(root):
            raise FileNotFoundError
    except Exception as error:  # every library below has errors of its own
        raise _told(error, where) from None
    marks = {str(path)[len(root) :].lstrip("/"): _mark(info) for path, info in found.items()}
    return {name: mark for name, mark in sorted(marks.items()) if _is_plain(name) and fnmatch.fnmatchcase(name, glob)}


def _is_plain(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not any(part.startswith((".", "~$", "/")) for part in parts)


def _mark(info: dict[str, Any]) -> list[Any]:
    changed = info.get("LastModified") or info.get("mtime")
    second = int(changed.timestamp()) if isinstance(changed, datetime) else 0
    return [info["size"], str(info.get("ETag") or "").strip('"'), second]


def _fetched(fs: Any, remote: str, mark: list[Any], path: Path, where: str) -> bool:
    """Whether the file came whole, and was the same before and after."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    try:
        fs.get_file(remote, str(draft))
        same = _mark(fs.info(remote)) == mark and draft.stat().st_size == mark[0]
    except FileNotFoundError:
        same = False
    except Exception as error:  # every library below has errors of its own
        draft.unlink(missing_ok=True)
        raise _told(error, where) from None
    if not same:
        draft.unlink(missing_ok=True)
        return False
    os.utime(draft, (mark[2], mark[2]))
    draft.replace(path)
    return True


def _told(error: Exception, where: str) -> UserError:
    """The sentence; nothing of the address or of what the server said is in it."""
    kind = type(error).__name__
    if kind == "HostKeyNotVerifiable":
        mend = "Compare its key with the administrator's, and add it to ~/.ssh/known_hosts (`ssh-keyscan HOST`)."
        return UserError("the key of this SFTP server is not known here.", where=where, mend=mend)
    if isinstance(error, PermissionError) or kind in ("PermissionDenied", "NoCredentialsError"):
        mend = "Mend the user, password or key, or ask for the right to list and read it."
        return UserError("the remote folder refuses the login.", where=where, mend=mend)
    if isinstance(error, FileNotFoundError):
        return UserError("there is nothing at the address of the remote folder.", where=where, mend="Mend the address.")
    what = f"the remote folder does not answer, or the connection broke off ({kind})."
    return UserError(what, where=where, mend="Is it up, and may this machine reach it? The next run asks again.")
