#!/usr/bin/env python3
"""Make known.tsv: office holders with the years in which the registers have them.

usage: make_known.py US_TRAVELS_CSV US_VISITS_CSV ../gazetteer/countries.tsv > known.tsv

Sources: "Travels Abroad of the President / Secretary of State" and "Visits by Foreign Leaders", Office of the Historian, U.S. Department
of State (public domain). A holder counts as known from the year before the first entry to the year after the last; where the register has no later
holder of that office, to twelve years after the last, since not everybody comes again. The President of 2025 has no travels in
the register yet and is added by hand (a public fact).
"""
import csv, re, sys, unicodedata

travels, visits, countries = sys.argv[1:4]
iso = {}
for line in open(countries, encoding="utf-8"):
    cells = line.rstrip("\n").split("\t")
    if len(cells) > 10:
        for name in [cells[4], cells[5], *cells[11].split("|")]:
            iso.setdefault(name.lower(), cells[0])
iso.update({"great britain": "GB", "united kingdom": "GB", "west bank and gaza": "PS", "palestinian authority": "PS", "russia": "RU",
            "south korea": "KR", "republic of korea": "KR", "holy see": "VA", "vatican city": "VA", "burma": "MM", "macedonia": "MK",
            "cote d'ivoire": "CI", "côte d’ivoire": "CI", "czech republic": "CZ", "kosovo": "XK", "turkey": "TR"})
TITLES = ["President-elect", "President", "Prime Minister-designate", "Prime Minister", "King", "Queen", "Crown Prince", "Prince", "Chancellor",
          "Emir", "Amir", "Sultan", "Taoiseach", "Premier", "Pope", "Interim President", "Acting President", "Chairman"]
known = {}


def add(name, title, country, year):
    name = " ".join(name.split()).strip(" .,")
    if not country or len(name.split()) < 2 or not all(w[0].isupper() or w in {"al", "bin", "de", "da", "dos", "van", "von", "der", "ibn", "el", "di", "la"} for w in name.split()):
        return
    first, last = known.get((name, title, country), (year, year))
    known[(name, title, country)] = (min(first, year), max(last, year))


for r in csv.DictReader(open(travels, encoding="utf-8")):
    title = {"president": "President", "secretary": "Secretary of State"}.get(r["role"], "")
    add(r["name"], title, "US", int(r["start"][:4]))
for r in csv.DictReader(open(visits, encoding="utf-8")):
    for title in TITLES:
        if r["visitors"].startswith(title + " "):
            add(re.split(r"[,;(]| and ", r["visitors"][len(title):])[0], title.replace("Acting ", "").replace("Interim ", ""), iso.get(r["from"].lower()), int(r["start"][:4]))
            break
def until(name, title, country, last):
    later = any(t == title and c == country and n != name and end > last for (n, t, c), (_, end) in known.items())
    return last + 1 if later or country == "US" else min(last + 12, NEWEST + 1)


NEWEST = max(last for _, last in known.values())
known[("Donald J. Trump again", "President", "US")] = (2026, 2026)
print("# Office holders whom the registers of the U.S. Department of State name, with the first and last year in which they may be\n# meant. Made by make_known.py; public domain.\nname\ttitle\tcountry\tfrom\tto")
for (name, title, country), (first, last) in sorted(known.items()):
    if last >= 1970:
        print(name.replace(" again", ""), title, country, first - 1, until(name, title, country, last), sep="\t")
