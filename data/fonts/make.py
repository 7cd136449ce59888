#!/usr/bin/env python3
"""Makes the fonts here, OFL.txt and fonts.tsv from Debian's packages fonts-liberation2, fonts-noto-core and fonts-noto-cjk.

usage: make.py [FONTS_ROOT]     (default /usr/share/fonts; needs PyPI fonttools 4.68.0; 20 seconds)

Liberation Sans is copied as it is: "Liberation" is a reserved font name, which no changed version may bear. The Noto fonts have no
reserved name; each is cut to its script, without hints, with all that shaping needs. The same packages give the same bytes.
"""
import os, re, shutil, sys
from fontTools import subset
from fontTools.ttLib import TTFont

BOTH = ("Regular", "Bold")
# Every script's part also has what its words are set with: spaces, hyphens, quotes, joiners, danda, dotted circle.
SHARED = [*range(0x20, 0x7F), 0xA0, 0xAB, 0xAD, 0xBB, *range(0x2000, 0x2040), 0x0964, 0x0965, 0x25CC]
SCRIPTS = [
    ("Arabic", BOTH, ["0600-06FF", "0750-077F", "FDFC-FDFD"]),
    ("Hebrew", BOTH, ["0590-05FF", "20AA", "FB1D-FB4F"]),
    ("Thaana", ("Regular",), ["0780-07BF", "060C", "061B", "061F"]),
    ("Devanagari", ("Regular",), ["0900-097F", "20B9", "A8E0-A8FF"]),
    ("Bengali", ("Regular",), ["0980-09FF"]),
    ("Gurmukhi", ("Regular",), ["0A00-0A7F"]),
    ("Gujarati", ("Regular",), ["0A80-0AFF"]),
    ("Oriya", ("Regular",), ["0B00-0B7F"]),
    ("Tamil", ("Regular",), ["0B80-0BFF"]),
    ("Telugu", ("Regular",), ["0C00-0C7F"]),
    ("Kannada", ("Regular",), ["0C80-0CFF"]),
    ("Malayalam", ("Regular",), ["0D00-0D7F"]),
    ("Sinhala", ("Regular",), ["0D80-0DFF"]),
    ("Thai", BOTH, ["0E00-0E7F"]),
    ("Lao", BOTH, ["0E80-0EFF"]),
    ("Myanmar", ("Regular",), ["1000-109F"]),
    ("Georgian", BOTH, ["10A0-10FF", "1C90-1CBF", "2D00-2D2F"]),
    ("Armenian", BOTH, ["0530-058F", "FB13-FB17"]),
    ("Ethiopic", ("Regular",), ["1200-137F"]),
    ("Khmer", ("Regular",), ["1780-17FF", "19E0-19FF"]),
]


def numbers(ranges):
    for r in ranges:
        first, _, last = r.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def double_bytes(codec, rows, columns=range(0xA1, 0xFF)):
    for row in rows:
        for column in columns:
            try:
                yield ord(bytes([row, column]).decode(codec))
            except (UnicodeDecodeError, TypeError):
                pass


def cjk():
    """The characters of the national standards: GB 2312, JIS X 0208 level 1, Big5 level 1, KS X 1001's hangul; and their signs."""
    out = set(double_bytes("gb2312", range(0xA1, 0xF8)))
    out |= set(double_bytes("euc_jp", [0xA1, 0xA4, 0xA5, *range(0xB0, 0xD0)]))
    out |= set(double_bytes("euc_kr", range(0xB0, 0xC9)))
    out |= set(double_bytes("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]))
    # Latin, Greek and Cyrillic come from Liberation Sans.
    return {c for c in out if c >= 0x2E80}


def cut(source, target, wanted, **options):
    o = subset.Options()
    o.layout_features, o.layout_closure = ["*"], True
    o.hinting, o.desubroutinize = False, False
    o.recalc_timestamp, o.recalc_bounds, o.canonical_order = False, False, True
    o.name_IDs, o.name_languages, o.name_legacy = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17], [0x409], False
    o.notdef_outline, o.glyph_names, o.legacy_kern = True, False, True
    o.harfbuzz_repacker = False
    for k, v in options.items():
        setattr(o, k, v)
    font = subset.load_font(source, o)
    s = subset.Subsetter(o)
    s.populate(unicodes=[c for c in wanted if c in font.getBestCmap()])
    s.subset(font)
    subset.save_font(font, target, o)


def covered(font):
    runs = []
    for c in sorted(font.getBestCmap()):
        if runs and c == runs[-1][1] + 1:
            runs[-1][1] = c
        elif c >= 0x20:
            runs.append([c, c])
    return ",".join(f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in runs)


def licence(package):
    """The text of the OFL as the package's copyright file has it, without the deb822 marks."""
    lines = open(f"/usr/share/doc/{package}/copyright", encoding="utf-8").read().split("\n")
    start = next(i for i, l in enumerate(lines) if "SIL OPEN FONT LICENSE Version 1.1" in l)
    out = []
    for l in lines[start:]:
        if l and not l.startswith(" "):
            break
        out.append("" if l.strip() == "." else l.strip())
    text = "\n".join(out).replace(" ? in part or in whole ?\n", " -- in part or in whole --\n").strip()
    return re.sub(r"\n{3,}", "\n\n", text)


def main(root="/usr/share/fonts"):
    here = os.path.dirname(os.path.abspath(__file__))
    files = []
    for style in ("Regular", "Bold", "Italic"):
        name = f"LiberationSans-{style}.ttf"
        shutil.copyfile(f"{root}/truetype/liberation2/{name}", f"{here}/{name}")
        files.append(name)
    for script, styles, blocks in SCRIPTS:
        for style in styles:
            name = f"NotoSans{script}-{style}.ttf"
            wanted = set(numbers(blocks)) | set(SHARED)
            cut(f"{root}/truetype/noto/{name}", f"{here}/{name}", wanted)
            files.append(name)
    # The face for mainland China (number 2), with the forms of Japan, Korea and Taiwan left out; lines are never vertical here.
    features = ["ccmp", "calt", "liga", "kern", "mark", "mkmk", "ljmo", "vjmo", "tjmo"]
    cut(f"{root}/opentype/noto/NotoSansCJK-Regular.ttc", f"{here}/NotoSansCJKsc-Regular.otf", cjk(),
        font_number=2, layout_features=features, drop_tables=["vhea", "vmtx", "VORG", "BASE", "DSIG"])
    files.append("NotoSansCJKsc-Regular.otf")

    rows, notices = [], []
    for name in files:
        font = TTFont(f"{here}/{name}")
        names = font["name"]
        family = names.getDebugName(16) or names.getDebugName(1)
        style = "italic" if font["OS/2"].fsSelection & 1 else "normal"
        rows.append(f"{name}\t{family}\t{font['OS/2'].usWeightClass}\t{style}\t{covered(font)}\n")
        said = " ".join(filter(None, (names.getDebugName(0), names.getDebugName(7))))
        notices.append("" if name.startswith("Liberation") else said.replace("\n", " "))
    with open(f"{here}/fonts.tsv", "w", encoding="utf-8") as out:
        out.write("# file\tfamily\tweight\tstyle (normal or italic)\tcharacters (hexadecimal code points and ranges of them); made by make.py\n")
        out.writelines(rows)
    with open(f"{here}/OFL.txt", "w", encoding="utf-8") as out:
        out.write("LiberationSans-*.ttf, unchanged:\n"
                  "Digitized data copyright (c) 2010 Google Corporation with Reserved Font Arimo, Tinos and Cousine.\n"
                  "Copyright (c) 2012 Red Hat, Inc. with Reserved Font Name Liberation.\n\n")
        for notice in sorted(set(notices)):
            out.write(f"{', '.join(n for n, c in zip(files, notices) if n.startswith('Noto') and c == notice)}, changed"
                      f" (cut to a script's characters, hints removed):\n{notice}\n\n" if notice else "")
        out.write("This Font Software is licensed under the SIL Open Font License, Version 1.1.\n"
                  "This license is copied below, and is also available with a FAQ at: http://scripts.sil.org/OFL\n\n")
        out.write(licence("fonts-liberation2") + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
