"""Zip files whose bytes depend on their contents alone, deflated by zlib-ng.

The standard library's zipfile can neither use another deflate nor take what is deflated already.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zlib_ng import zlib_ng

from pipeline.errors import VeiligheidsbeeldError

# As small as zlib makes it by default, in well under half the time.
_LEVEL = 5
_BARE = -15  # a deflate stream without the header of zlib or gzip, the largest window

# The layout of a zip: a header before each file, the same once more in the directory, the end.
_VERSION, _UNIX, _UTF8, _DEFLATED = 20, 3, 0x800, 8
_FILE = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s2B5H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LIMIT = 0xFFFF_FFFF  # beyond it a zip needs other headers, which older programs cannot read
_MODE = 0o100644 << 16


@dataclass(frozen=True)
class Member:
    """One file in a zip: its deflated bytes, with the size in bytes and the checksum of what they hold."""

    name: str
    size: int
    crc: int
    deflated: bytes


def deflate(name: str, chunks: Iterable[bytes | memoryview]) -> Member:
    """Deflate the chunks one after another; only the result is held in memory."""
    packer = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, _BARE)
    size = crc = 0
    packed: list[bytes] = []
    for chunk in chunks:
        size += len(chunk)
        crc = zlib_ng.crc32(chunk, crc)
        packed.append(packer.compress(chunk))
    packed.append(packer.flush())
    return Member(name, size, crc, b"".join(packed))


def write_zip(path: Path, members: Iterable[Member], *, day: date) -> Path:
    """Write the members in this order, all dated `day`.

    Raises:
        VeiligheidsbeeldError: a member, or all of them together, pass 4 GiB.
    """
    directory: list[bytes] = []
    with path.open("wb") as file:
        for member in members:
            shared = _shared_fields(member, day, path)
            name = member.name.encode()
            directory.append(
                _ENTRY.pack(b"PK\1\2", _VERSION, _UNIX, *shared, 0, 0, 0, 0, _MODE, file.tell()) + name
            )
            file.write(_FILE.pack(b"PK\3\4", *shared, 0) + name)
            file.write(member.deflated)
        start = file.tell()
        if start > _LIMIT:
            raise VeiligheidsbeeldError(f"{path}: {start} bytes in a zip; at most {_LIMIT}")
        entries = b"".join(directory)
        file.write(entries)
        file.write(_END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), len(entries), start, 0))
    return path


def _shared_fields(member: Member, day: date, path: Path) -> tuple[int, ...]:
    """What stands in both headers of a member, from the version it needs to the length of its name."""
    if member.size > _LIMIT:
        raise VeiligheidsbeeldError(f"{path}: {member.name} heeft {member.size} bytes; ten hoogste {_LIMIT}")
    days = (day.year - 1980) << 9 | day.month << 5 | day.day
    flags = 0 if member.name.isascii() else _UTF8
    sizes = (len(member.deflated), member.size)
    return (_VERSION, flags, _DEFLATED, 0, days, member.crc, *sizes, len(member.name.encode()))
