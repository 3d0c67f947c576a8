"""CSV files as they are published: packed or not, in the encodings, separators and column names of their years."""

import csv
import difflib
import gzip
import io
import re
import zipfile

from nhs.sources import PUBLISHED

# No data, as the publishers have said it since 2013: not returned, estimated, not supplied, suppressed, not applicable.
MISSING = {"", "NA", "N/A", "#N/A", "ND", "NS", "EST", "NULL", "NONE", "UNKNOWN", "*", "**", "-", "--", ".", "..", ":",
           "\u2013", "\u2014", "[C]", "[X]", "[Z]", "[W]", "[U]", "[LOW]"}
# Members of an archive that are never the table asked for
OTHER_MEMBERS = re.compile(r"definition|metadata|high[ _-]*level|[-_ ]pcn[-_ .]|lsoa|region|read ?me|__MACOSX", re.IGNORECASE)
# With thousands separators or without; a comma elsewhere would be a decimal one.
PLAIN_NUMBER = re.compile(r"[+-]?([1-9]\d{0,2}(,\d{3})+|\d+)?(\.\d*)?(?<=[\d.])(E[+-]?\d+)?", re.IGNORECASE)


class BadInput(Exception):
    """One sentence for the user: file, column, remedy."""


def squashed(name):
    """'Practice.Code', ' Practice Code', 'PracticeCode' and 'PRACTICE_CODE_\u00a3' are one name."""
    return re.sub(r"[^A-Z0-9+]+", "", name.upper())


def read_bytes(path):
    try:
        with open(path, "rb") as file:
            data = file.read()
        if data[:2] == b"\x1f\x8b":
            return gzip.decompress(data)
        if data[:4] == b"PK\x03\x04":
            return only_member(path, data)
        return data
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise BadInput(f"{path}: cannot be read: {error}: check the path, or download it again") from None


def only_member(path, data):
    """The one table of an archive; of several, the one that is not notes, regions, networks or the High level file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" in names:
            raise BadInput(f"{path}: is an Excel workbook: save the sheet as CSV, or download the CSV file")
        tables = [name for name in names if name.lower().endswith((".csv", ".csv.gz"))]
        likely = [name for name in tables if not OTHER_MEMBERS.search(name)] if len(tables) > 1 else tables
        likely = [name for name in likely if "detailed" in name.lower()] or likely
        if len(likely) != 1:
            raise BadInput(f"{path}: holds {len(tables)} CSV files, not one: unpack it and name the file"
                           + (f": {', '.join(tables[:6])}" if tables else ""))
        member = archive.read(likely[0])
        return gzip.decompress(member) if likely[0].lower().endswith(".gz") else member


def decoded(data):
    """By its byte order mark; else by its zero bytes UTF-16; else UTF-8; else what Excel wrote in England."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:200]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def separator_of(text):
    """Of the comma, the semicolon and the tab, the one its first lines have most of."""
    return max(",;\t", key=text[:4000].count)


class Table:
    """A CSV file read row by row as dicts under squashed column names. Lines before the header - blank, or a title in
    a cell or two - are passed over. @source is what PUBLISHED calls it."""

    def __init__(self, path, source):
        self.path, self.source = path, source
        text = decoded(read_bytes(path))
        self.reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), skipinitialspace=True)
        self.header = self.find_header()
        self.names = [squashed(name) for name in self.header]

    def find_header(self):
        for cells in self.reader:
            if sum(cell.strip() != "" for cell in cells) > 2:
                return [cell.strip() for cell in cells]
        raise BadInput(f"{self.path}: is empty: download it again")

    def here(self):
        return f"{self.path}:{self.reader.line_num}"

    def has(self, *candidates):
        """The squashed name of the first of the candidate columns that the file has; else None."""
        return next((squashed(name) for name in candidates if squashed(name) in self.names), None)

    def column(self, what, *candidates):
        """The same; bad input if it has none of them."""
        found = self.has(*candidates)
        if found:
            return found
        near = difflib.get_close_matches(squashed(candidates[0]), self.names, n=3, cutoff=0.5)
        hint = "; nearest: " + ", ".join(f'"{self.shown(name)}"' for name in near) if near else ""
        raise self.lacks(f'no column for {what} (looked for {" or ".join(candidates)}){hint}')

    def lacks(self, what):
        """What is missing, and where it is to be had."""
        return BadInput(f"{self.path}: {what}: give {PUBLISHED[self.source]}, with every column; "
                        "import-nhs --sources says where to download it")

    def shown(self, name):
        """A column's name as the file has it."""
        return self.header[self.names.index(name)]

    def rows(self):
        for cells in self.reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < len(self.names):
                if self.is_footnote(cells):
                    continue
                raise BadInput(f"{self.here()}: {len(cells)} cells where the header has "
                               f"{len(self.names)}: the file is cut short or broken; download it again")
            yield {name: cell.strip() for name, cell in zip(self.names, cells)}

    @staticmethod
    def is_footnote(cells):
        """A note under the table: one cell with words in it."""
        return len(cells) == 1 and " " in cells[0].strip()

    def number(self, row, name):
        """The cell as a float; None where the publisher says there is no data."""
        text = row[name]
        if text.upper() in MISSING:
            return None
        plain = text.replace("\u00a3", "").replace(" ", "")
        if not PLAIN_NUMBER.fullmatch(plain):
            raise BadInput(f'{self.here()}: column "{self.shown(name)}": "{text}" is not a number{self.hint(plain)}: '
                           "correct the cell, or leave it blank for no data")
        return float(plain.replace(",", ""))

    @staticmethod
    def hint(text):
        return " (a decimal comma? write a point)" if re.fullmatch(r"[+-]?[\d.]*,\d+", text) else ""
