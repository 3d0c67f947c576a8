"""Which practices there are, the areas they are in, and which of them are asked for."""

import difflib

from nhs.tables import BadInput, Table

# Columns of a code and of a name, by kind of area, over the years; "Code" is what one year called the network's
KINDS = {"sub_icb": "sub-ICB", "icb": "ICB", "pcn": "PCN", "practice": "practice"}
CODE_COLUMNS = {"sub_icb": ("SUB_ICB_LOCATION_CODE", "SUB_ICB_CODE", "CCG_CODE"),
                "icb": ("ICB_CODE", "STP_CODE"), "pcn": ("PCN_CODE",)}
NAME_COLUMNS = {"sub_icb": ("SUB_ICB_LOCATION_NAME", "SUB_ICB_NAME", "CCG_NAME"),
                "icb": ("ICB_NAME", "STP_NAME"), "pcn": ("PCN_NAME",)}
UNALLOCATED = "U"


class Places:
    """Where a file says its practices are: {kind: column} of codes and of names."""

    def __init__(self, table):
        self.codes = {kind: found for kind, names in CODE_COLUMNS.items() if (found := table.has(*names))}
        self.names = {kind: found for kind, names in NAME_COLUMNS.items() if (found := table.has(*names))}
        if "pcn" not in self.codes and table.has("CODE") and table.has("CCG_NAME"):
            # In 2022/23 the payments' columns of the network are headed "Code" and "CCG NAME".
            self.codes["pcn"], self.names["pcn"] = table.has("CODE"), table.has("CCG_NAME")
            self.names["sub_icb"] = table.has("SUB_ICB_NAME") or self.names.get("sub_icb")

    def of(self, row):
        places = {kind: row[column] for kind, column in self.codes.items()}
        places.update({f"{kind}_name": row[column] for kind, column in self.names.items() if column})
        return places


def read_map(path):
    """{code: {name, and the code and name of its pcn, sub_icb and icb}}, as far as the file has these."""
    table = Table(path, "map")
    code = table.column("the practice code", "PRACTICE_CODE")
    name = table.column("the practice name", "PRACTICE_NAME")
    places = Places(table)
    practices = {}
    for row in table.rows():
        if row[code] in practices:
            raise BadInput(f'{table.here()}: practice {row[code]} a second time: keep one row of it')
        practices[row[code]] = {"name": row[name], **places.of(row)}
    if not practices:
        raise BadInput(f"{path}: no practices in it: download it again")
    return practices


def selected(practices, wanted, path):
    """Codes of the practices in any of the areas of @wanted, {kind: [code or name]}, ascending; all where it is empty."""
    if not any(wanted.values()):
        return sorted(practices)
    codes = set()
    for kind, texts in wanted.items():
        for text in texts or ():
            codes |= practices_of(practices, kind, text.strip(), path)
    return sorted(codes)


def practices_of(practices, kind, text, path):
    area = area_of(known_areas(practices, kind, path), kind, text, path)
    if kind == "practice":
        return {area}
    return {code for code, practice in practices.items() if practice[kind] == area}


def known_areas(practices, kind, path):
    """{code: name} of the areas of a kind, or of the practices themselves."""
    if kind == "practice":
        return {code: practice["name"] for code, practice in practices.items()}
    if any(kind not in practice for practice in practices.values()):
        raise BadInput(f"{path}: no column for the {KINDS[kind]} code ({' or '.join(CODE_COLUMNS[kind])}): "
                       "choose another kind of area")
    return {practice[kind]: practice.get(f"{kind}_name", "") for practice in practices.values()}


def area_of(known, kind, text, path):
    """The code of what @text names: a code, a whole name, or a part of just one name."""
    if text.upper() in known:
        return text.upper()
    whole = [code for code, name in known.items() if name.casefold() == text.casefold()]
    part = whole or [code for code, name in known.items() if text and text.casefold() in name.casefold()]
    if len(part) == 1:
        return part[0]
    if part:
        raise BadInput(f'{path}: "{text}" may be {len(part)} of {plural(kind)}: '
                       f"{described(known, part[:8])}: give the code")
    near = difflib.get_close_matches(text.upper(), list(known), n=3, cutoff=0.3)
    near += [code for code, name in known.items() if difflib.get_close_matches(text.upper(), [name.upper()], cutoff=0.6)][:3]
    raise BadInput(f"{path}: no practice of {KINDS[kind]} {text}: the file has {len(known)}, among them "
                   f"{described(known, near or sorted(known)[:3])}: --list {kind.replace('_', '-')} shows all"
                   if kind != "practice" else
                   f"{path}: no practice {text}: the file has {len(known)}, among them "
                   f"{described(known, near or sorted(known)[:3])}: --list practice shows all")


def plural(kind):
    return {"sub_icb": "the sub-ICBs", "icb": "the ICBs", "pcn": "the PCNs", "practice": "the practices"}[kind]


def described(known, codes):
    return ", ".join(f"{code} ({known[code]})" if known[code] else code for code in dict.fromkeys(codes))


def print_list(practices, codes, kind, people, path):
    """One line an area of the chosen practices: its code, name, practices and, where known, patients."""
    chosen = {code: practices[code] for code in codes}
    known = known_areas(chosen, kind, path)
    for area in sorted(known):
        inside = [code for code in chosen if code == area or chosen[code].get(kind) == area]
        patients = sum(people.get(code) or 0.0 for code in inside)
        print(f"{area:<8} {len(inside):>5} practice{'s' if len(inside) != 1 else ' '}"
              + (f" {patients:>12,.0f} patients" if people else "") + f"  {known[area]}".rstrip())
