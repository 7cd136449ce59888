#!/usr/bin/env python3
"""Makes common_words.tsv: ordinary nouns and adjectives, so that "Growth" in "Under Secretary for Economic Growth" is no surname.

usage: make_common_words.py TREEBANKS NAMES_PACKAGE_DIR REGISTER_CSV > common_words.tsv

TREEBANKS          folder with Universal Dependencies English EWT and GUM, gzipped (CC BY-SA 4.0)
NAMES_PACKAGE_DIR  unpacked PyPI package `names` (US Census 1990, public domain): dist.all.last, dist.*.first
REGISTER_CSV       register of visits of foreign leaders (Office of the Historian, public domain)

A word is kept if the treebanks have it at least five times, in lower case and as noun or adjective, and it is neither a given
name, nor among the commoner surnames, nor a word of a visitor's name.
"""
import collections, csv, glob, gzip, re, sys


def main(banks, package, register):
    names = {l.split()[0].lower() for f in glob.glob(f"{package}/dist.*.first") for l in open(f)}
    names |= {l.split()[0].lower() for l in open(f"{package}/dist.all.last") if float(l.split()[1]) >= 0.001}
    for row in csv.DictReader(open(register, encoding="utf-8")):
        names |= {w.lower() for w in re.findall(r"\w+", row["visitors"])}
    counts = collections.Counter()
    for bank in sorted(glob.glob(f"{banks}/ewt-train*") + glob.glob(f"{banks}/ewt-dev*") + glob.glob(f"{banks}/gum-*")):
        for line in gzip.open(bank, "rt", encoding="utf-8"):
            cells = line.split("\t")
            if len(cells) > 4 and cells[3] in ("NOUN", "ADJ") and cells[1].islower() and cells[1].isalpha() and len(cells[1]) >= 4:
                counts[cells[1]] += 1
    print("# Ordinary nouns and adjectives that no surname is taken for. Made by make_common_words.py from Universal Dependencies English EWT")
    print("# and GUM (CC BY-SA 4.0), the PyPI package `names` and the register of visits (public domain).")
    print("word")
    for word in sorted(w for w, n in counts.items() if n >= 5 and w not in names):
        print(word)


if __name__ == "__main__":
    main(*sys.argv[1:4])
