#!/usr/bin/env python3
"""Makes land-50m.bin and land-110m.bin from the npm package world-atlas (Natural Earth, public domain; TopoJSON by Mike Bostock, ISC).

usage: make.py WORLD_ATLAS_DIR COUNTRIES_TSV

Format, little endian, varints are LEB128 and signed ones zigzag: u32 number of arcs; for each a varint of points, then the
first point and the steps as signed varints in steps of 0.005 degrees (longitude, latitude); then u32 number of countries; for each two bytes
of ISO code ("--" where there is none), a varint of rings, and for each ring a varint of arcs and each arc as a signed varint
(as in TopoJSON: ~i is arc i reversed).
"""
import json, struct, sys

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


def main(atlas, countries):
    numeric = {}
    for line in open(countries, encoding="utf-8"):
        cells = line.split("\t")
        if len(cells) > 3 and cells[2].isdigit() and int(cells[2]):
            numeric[int(cells[2])] = cells[0]
    for scale in ("110m", "50m"):
        data = convert(json.load(open(f"{atlas}/countries-{scale}.json")), numeric)
        open(f"land-{scale}.bin", "wb").write(data)


if __name__ == "__main__":
    main(*sys.argv[1:3])
