"""A power cut for SQLite: a file system layer in between that remembers every write and what was synced.

Killing a process loses nothing that was written, synced or not: the system still has it. A power cut does. So each
write goes through to the real file and into a diary; from it the disk is made as it may be after a cut: what was
synced is there, of the rest a random part, the last write torn. Built with ctypes on the driver's own SQLite, whose
``sqlite3_vfs`` and ``sqlite3_io_methods`` are described in its header.
"""

import ctypes
import shutil
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_int64, c_void_p, cast
from pathlib import Path

SECTOR = 512
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(Structure):
    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("others", c_void_p * 14),
    ]


class _Methods(Structure):
    _fields_ = [
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("others", c_void_p * 13),
    ]


def sqlite():
    """Return the driver's SQLite, None where its functions are not to be had."""
    from sqlcipher3 import _sqlite3

    library = ctypes.CDLL(_sqlite3.__file__)
    try:
        library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        library.sqlite3_vfs_register.argtypes = [POINTER(_Vfs), c_int]
        library.sqlite3_vfs_unregister.argtypes = [POINTER(_Vfs)]
    except AttributeError:
        return None
    return library


class PowerCut:
    """The diary of all writes from now on. *honest* False: the disk says that it synced and did nothing."""

    def __init__(self, *, honest=True):
        self.honest = honest
        self.diary = []
        """(path, "write", offset, bytes), (path, "truncate", size) or (path, "sync")."""
        self.syncs = 0
        self._images = {}
        self._names = {}
        self._methods = {}
        self._kept = []

    @contextmanager
    def recording(self, folder):
        """Put the layer in while files are opened; those in *folder* now are on the disk."""
        self._images = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        library = sqlite()
        default = library.sqlite3_vfs_find(None)
        layer = _Vfs.from_buffer_copy(default.contents)
        layer.name = b"powercut"
        really_open = _OPEN(default.contents.open)

        def opened(vfs, name, file, flags, out):
            status = really_open(vfs, name, file, flags, out)
            if status == 0 and name:
                self._names[file] = Path(ctypes.string_at(name).decode())
                table = cast(file, POINTER(c_void_p))
                table[0] = self._layered(table[0])
            return status

        hook = _OPEN(opened)
        layer.open = cast(hook, c_void_p)
        self._kept += [layer, hook]
        library.sqlite3_vfs_register(byref(layer), 1)
        try:
            yield self
        finally:
            library.sqlite3_vfs_register(default, 1)
            library.sqlite3_vfs_unregister(byref(layer))

    def _layered(self, address):
        """Return the address of the file methods at *address* with ours in between."""
        if address not in self._methods:
            real = _Methods.from_address(address)
            layer = _Methods.from_buffer_copy(real)
            write, truncate, sync = _WRITE(real.write), _TRUNCATE(real.truncate), _SYNC(real.sync)

            def written(file, data, size, offset):
                self.diary.append((self._names[file], "write", offset, ctypes.string_at(data, size)))
                return write(file, data, size, offset)

            def truncated(file, size):
                self.diary.append((self._names[file], "truncate", size))
                return truncate(file, size)

            def synced(file, flags):
                self.syncs += 1
                if not self.honest:
                    return 0
                self.diary.append((self._names[file], "sync"))
                return sync(file, flags)

            hooks = (_WRITE(written), _TRUNCATE(truncated), _SYNC(synced))
            layer.write, layer.truncate, layer.sync = (cast(hook, c_void_p) for hook in hooks)
            self._kept += [layer, *hooks]
            self._methods[address] = ctypes.addressof(layer)
        return self._methods[address]

    def disk_after(self, moment, chance, folder):
        """Write into *folder* what the disk may hold if the power went away after so many entries of the diary."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        disk = {path: bytearray(image) for path, image in self._images.items()}
        waiting = {}
        for path, *change in self.diary[:moment]:
            if change == ["sync"]:
                for earlier in waiting.pop(path, []):
                    _apply(disk.setdefault(path, bytearray()), earlier)
            else:
                waiting.setdefault(path, []).append(change)
        for path, changes in waiting.items():
            for change in changes:
                if chance.random() < 0.5:
                    _apply(disk.setdefault(path, bytearray()), change, chance)
        for path, content in disk.items():
            if not path.name.endswith(("-shm", ".lease")):
                (folder / path.name).write_bytes(content)


def _apply(image, change, tearing=None):
    if change[0] == "truncate":
        del image[change[1] :]
        return
    _, offset, data = change
    if tearing is not None and tearing.random() < 0.2:
        data = data[: tearing.randrange(len(data) // SECTOR + 1) * SECTOR]
    image.extend(bytes(max(offset - len(image), 0)))
    image[offset : offset + len(data)] = data
