#!/usr/bin/env python3
"""Makes widths.tsv: advance widths of Liberation Sans, which has the metrics of Arial and Helvetica.

usage: make_widths.py LiberationSans-Regular.ttf LiberationSans-Bold.ttf > widths.tsv      (needs fonttools; Debian: fonts-liberation2)
"""
import sys
from fontTools.ttLib import TTFont

RANGES = [(0x20, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x2044), (0x20AC, 0x20AC), (0x2190, 0x2193), (0x2212, 0x2212)]


def main(*paths):
    fonts = [TTFont(p) for p in paths]
    maps = [f.getBestCmap() for f in fonts]
    print("# Advance widths of Liberation Sans (OFL 1.1), in units of 1/2048 em. Made by make_widths.py.")
    print("character\tregular\tbold")
    for low, high in RANGES:
        for c in range(low, high + 1):
            if all(c in m for m in maps):
                print(f"{c:04X}\t" + "\t".join(str(f["hmtx"][m[c]][0]) for f, m in zip(fonts, maps)))


if __name__ == "__main__":
    main(*sys.argv[1:3])
