"""A bundle's files, read from a directory or zip that may be damaged or hostile."""

import stat
import zipfile
import zlib
from collections import Counter
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from casefile.bundle.problems import BundleError

TEXTS = "texts/"
MEMORANDA = ("datapackage.json", "README.md")  # may lie beside the tables; not read

# A record of a million letters unpacks to some 2 GB; text rarely shrinks more than thirtyfold.
UNPACKED_LIMIT = 8 * 1024**3
RATIO_LIMIT = 200
RATIO_MATTERS_FROM = 10 * 1024**2
READ_ERRORS = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError)


class Files:
    """The regular files of a bundle: ``sizes`` by path, and how to open one."""

    def __init__(self):
        self.sizes = {}

    def open(self, path):
        """Return a binary stream of one file."""
        raise NotImplementedError


class Directory(Files):
    def __init__(self, root, problems):
        super().__init__()
        self.root = root
        for found in sorted(root.rglob("*")):
            path = found.relative_to(root).as_posix()
            mode = found.lstat().st_mode
            if stat.S_ISREG(mode):
                self.sizes[path] = found.stat().st_size
            elif not stat.S_ISDIR(mode):
                problems.add(path, "A bundle holds regular files only: replace it by the file.")

    def open(self, path):
        return (self.root / path).open("rb")


class Zip(Files):
    def __init__(self, archive, packed_size, problems):
        super().__init__()
        self.archive = archive
        members = [member for member in archive.infolist() if not member.is_dir()]
        self._refuse_bombs(members, packed_size)
        times_named = Counter(member.filename for member in members)
        for member in members:
            advice = self._fault(member)
            if advice is None and times_named[member.filename] > 1:
                advice = "Stands in the zip more than once: keep one."
            if advice:
                problems.add(member.filename, advice)
            else:
                self.sizes[member.filename] = member.file_size

    def open(self, path):
        return self.archive.open(path)

    @staticmethod
    def _refuse_bombs(members, packed_size):
        # The reader never unpacks more of a file than the zip declares, so that this is a bound.
        unpacked = sum(member.file_size for member in members)
        if unpacked > UNPACKED_LIMIT:
            raise BundleError(
                f"The zip would unpack to {unpacked:,} bytes; at most {UNPACKED_LIMIT:,} are read."
                " Unpack it and load the directory if it is what you expect."
            )
        if unpacked > RATIO_MATTERS_FROM and unpacked > RATIO_LIMIT * packed_size:
            raise BundleError(
                f"The zip would unpack to {unpacked:,} bytes, over {RATIO_LIMIT} times its size,"
                " as no record does. Unpack it and load the directory if it is what you expect."
            )

    @staticmethod
    def _fault(member):
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.orig_filename:
            return "A path in the zip must stay inside the bundle, without .., \\ or a leading /."
        if stat.S_ISLNK(member.external_attr >> 16):
            return "The zip holds a symbolic link here: put the file itself in its place."
        if member.flag_bits & 0x1:
            return "The file is encrypted: make the zip without a password."
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return "The file is packed in an unusual way: make the zip with deflate."
        return None


@contextmanager
def open_bundle(path, problems):
    """Open a directory or zip as `Files`. Faulty members are problems and left out.

    Raises:
        BundleError: there is nothing there, or nothing that can be read as a bundle.
    """
    path = Path(path)
    if path.is_dir():
        files = Directory(path, problems)
        _refuse_empty(files, path, problems)
        yield files
    elif path.exists():
        try:
            archive = zipfile.ZipFile(path)
        except (*READ_ERRORS, ValueError) as error:
            raise BundleError(
                f"{path} is neither a directory nor a zip that can be read ({error})."
            ) from error
        with archive:
            files = Zip(archive, path.stat().st_size, problems)
            _refuse_empty(files, path, problems)
            yield files
    else:
        raise BundleError(f"There is no {path}. Give the path of a record bundle.")


def _refuse_empty(files, path, problems):
    if not files.sizes and not problems:
        raise BundleError(f"{path} is empty. A record bundle holds files such as letters.csv.")
