#!/usr/bin/env python3
"""Makes the fonts here, OFL.txt and fonts.tsv from Debian's packages fonts-liberation2, fonts-noto-core and fonts-noto-cjk.

usage: make.py [FONTS_ROOT]     (default /usr/share/fonts; needs PyPI fonttools 4.68.0; half a minute)

Liberation Sans is copied as it is: "Liberation" is a reserved font name, which no changed version may bear. The Noto fonts have no
reserved name; each is cut to its script, without hints, with all that shaping needs. The same packages give the same bytes.
"""
import os, re, shutil, sys
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

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


# Characters of names and places of China that are on level 2 of GB 2312; by hand.
NAMES = (
    "佘佟侃侑俞偲僖冼剡卞厍叻呙咏哙喆喻囡圳坤垚埕堃夙奕妍妤妫姝姣娅娜娴婕婵婷媛嫒嫣嬴孜宓宸岑岚岱峁峥峰嵇嵘嵩嶷巩帆庹廖弋彧彤恺恽惇惠愔慜懿戎戬挚捷揆旻昀昊昕昝昱晁晏晖晗晟晔暄暅"
    "暐曦朐杞枞柘栾桀桓桦桢梓棣椿楠楷榕槿樊樾橙欣歆殳毓汐汶沅沐沛沣泓泗泮泸泾洄洮洹浔浚浣浦涂涪涿淄淇淦淼渌渝渭湄湛湟湫溆溧滁滇滏滕滢漪漯潍潞潼澄澍澜濂濉濮瀚灏炀炜炯炫炽焓焘焙焱煊煜煦熠熹燊燕燮爨"
    "牟玥玮玳珂珅珏珑珞珺琅琇琛琦琨琪琬琮琰琳琼瑀瑄瑕瑗瑛瑜瑞瑟瑭瑶瑾璁璇璋璎璐璞璟璧璨璩瓯甄甫甯畀畲皓盱睢睿瞿砀祁祎祚祺禧禹禺秭稷穆窦竺笪笙筠筱箐箫篁簋簌綦絮縯缙缪罡羲羿翀翊翎翙翟翡翥聃聿胥胤"
    "腾臧舜舢芃芈芊芝芪芮芷苌苒苡苻茉茗茜荀荃荆荟荥荻莎莘莞莹菀菁菡萁萱葳蒯蒽蓉蓓蓟蔚蔺蔻蕊蕤蕲蕾薇薛薪藁蘅虞蛟蜀蝶衍衢袁裘褚覃訾诏诒诤诣诩谌谕谙谡谧谯豫贇贲赟赵轩轶辉辕迪迺逄逵邈邑邓邕邗邛邝邬邯邰邱"
    "邳邴邵邸郄郇郏郓郗郜郝郦郧郯郴郸鄂鄄鄞鄢鄯鄱酆钊钏钦钧钭钰铄铉铎铖铠铤铨铭铮铿锜锟锦锫锳锴锶镐镕镛镝闫闵闻闽闾阆阊阙阚陇陉陕陟隋隗隽雍雎雒雯霁霆霏霓霖靓靳韦韬韶颀颉颍颐颖颢飒飙馥馨骁骅骆骏骐骞骥骧"
    "鸢鸾鸿鹄鹏鹤鹭鹰麒麓麟麴黎黛黟黻鼎齐龚"
)


def cjk():
    """The characters of the national standards: level 1 of GB 2312, JIS X 0208 and Big5, hangul of KS X 1001; with kana and signs."""
    out = set(double_bytes("gb2312", range(0xA1, 0xD8))) | set(map(ord, NAMES))
    out |= set(double_bytes("euc_jp", [0xA1, 0xA4, 0xA5, *range(0xB0, 0xD0)]))
    out |= set(double_bytes("euc_kr", range(0xB0, 0xC9)))
    out |= set(double_bytes("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]))
    # Latin, Greek and Cyrillic come from Liberation Sans; the spaces are for names that have some.
    return {0x20, 0xA0} | {c for c in out if c >= 0x2E80}


def quadratic(path):
    """Turns cubic outlines (CFF) into TrueType's, off by a thousandth of an em at most: subsetters in Rust cut those only."""
    font = TTFont(path, recalcTimestamp=False)
    order, shapes, glyphs = font.getGlyphOrder(), font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(None)
        shapes[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    for name in order:
        glyphs[name].recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyphs[name], "xMin", 0))
    del font["CFF "]
    most = font["maxp"]
    most.tableVersion, most.maxZones = 0x00010000, 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions", "ComponentElements"):
        setattr(most, f"max{field}", 0)
    font.sfntVersion, font["post"].formatType = "\0\1\0\0", 3.0
    font.save(path)


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
    cut(f"{root}/opentype/noto/NotoSansCJK-Regular.ttc", f"{here}/NotoSansCJKsc-Regular.ttf", cjk(),
        font_number=2, layout_features=features, drop_tables=["vhea", "vmtx", "VORG", "BASE", "DSIG"])
    quadratic(f"{here}/NotoSansCJKsc-Regular.ttf")
    files.append("NotoSansCJKsc-Regular.ttf")

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
                      f" (cut to a script's characters, hints removed; CJK: quadratic outlines):\n{notice}\n\n" if notice else "")
        out.write("This Font Software is licensed under the SIL Open Font License, Version 1.1.\n"
                  "This license is copied below, and is also available with a FAQ at: http://scripts.sil.org/OFL\n\n")
        out.write(licence("fonts-liberation2") + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
