"""Exports for maps, calendars and linked data, read by the tools that they are for.

PORTOLAN names the program. Documents are the samples in output/ and iraq-november.json beside this file; what an export must say is
taken from their JSON, not from the program. schemas/geojson-feature-collection.json is the schema of geojson.org, from npm
geojson-schema 1.0.5 (MIT).
"""

import datetime
import json
import os
import pathlib
import struct
import subprocess
import urllib.parse

import fastkml
import icalendar
import jsonschema
import pyogrio.raw
import pytest
import rdflib
from geojson_pydantic import FeatureCollection
from lxml import etree
from rdflib.compare import isomorphic

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OWN = HERE / "iraq-november.json"
DOCUMENTS = sorted((ROOT / "output").glob("*.itinerary.json")) + [OWN]
PROGRAM = os.environ["PORTOLAN"]
KML = "{http://www.opengis.net/kml/2.2}"
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name.split(".")[0])


def load(path):
    return json.loads(path.read_text())


def export(form, *paths):
    done = subprocess.run([PROGRAM, "export", "--to", form, *map(str, paths)], capture_output=True, check=True)
    return done.stdout


@pytest.fixture
def hostile(tmp_path):
    """A document whose texts would like to be markup, lines and control characters."""
    text = OWN.read_text()
    nasty = "]]>\u0000\u000b\u001b\u007f\ufffe</Placemark>&bogus;\r\nEND:VEVENT\r\n\u202e'\"\\ <b>\U0001f574"
    document = json.loads(text)
    document["article"]["title"] = nasty
    document["officials"][0]["name"] = nasty
    document["visits"][2]["evidence"][0]["quote"] = nasty
    document["places"][0]["name"] = nasty
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(document))
    return path, nasty


# What a document says, read by hand.


def by_id(things):
    return {t["id"]: t for t in things}


def located(document):
    places = by_id(document["places"])
    return [v for v in document["visits"] if places[v["place"]].get("lat") is not None]


def bounds_of(date):
    """First and last day of the dates that are used here, as text; None for an open end."""
    if date is None:
        return None, None
    start, _, end = date.partition("/")
    return day(start, False), day(end or start, True)


def day(date, last):
    if date == "..":
        return None
    date = date.rstrip("~?%")
    parts = [int(p) for p in date.split("-")]
    if len(parts) == 3:
        return date
    year, month = parts[0], parts[1] if len(parts) == 2 else (12 if last else 1)
    assert month <= 12, "no seasons in these documents"
    if not last:
        return f"{year:04}-{month:02}-01"
    following = datetime.date(year + (month == 12), month % 12 + 1, 1)
    return str(following - datetime.timedelta(days=1))


def span(visit):
    return bounds_of(visit.get("start"))[0], bounds_of(visit.get("end") or visit.get("start"))[1]


def reachable(document, first, last):
    after = {}
    for edge in document["sequence"]:
        after.setdefault(edge["before"], []).append(edge["after"])
    seen, todo = set(), [first]
    while todo:
        here = todo.pop()
        for there in after.get(here, []):
            if there not in seen:
                seen.add(there)
                todo.append(there)
    return last in seen


def legs(document):
    """Pairs of stops that follow each other in a trip with nothing open between them, where the document gives a reason."""
    found = []
    for trip in document["trips"]:
        stops = [v for v in document["visits"] if v["trip"] == trip["id"] and v["status"] != "cancelled"]
        orders = [v.get("order") or 0 for v in stops]
        ordered = sorted(set(orders))
        for one, other in zip(ordered, ordered[1:]):
            a = [v for v in stops if (v.get("order") or 0) == one]
            b = [v for v in stops if (v.get("order") or 0) == other]
            if len(a) == len(b) == 1:
                ids = a[0]["id"], b[0]["id"]
                if reachable(document, *ids) or reachable(document, *reversed(ids)):
                    found.append(ids)
    return found


# GeoJSON


def features(path):
    return json.loads(export("geojson", path))["features"]


@each_document
def test_geojson_holds_the_schema_and_rfc_7946(path):
    text = export("geojson", path)
    schema = load(HERE / "schemas" / "geojson-feature-collection.json")
    jsonschema.validate(json.loads(text), schema)
    FeatureCollection.model_validate_json(text)


@each_document
def test_geojson_has_every_stop_with_its_attributes(path):
    document, places = load(path), by_id(load(path)["places"])
    people, trips = by_id(document["officials"]), by_id(document["trips"])
    stops = {f["id"]: f for f in features(path) if f["properties"]["kind"] == "stop"}
    assert list(stops) == [v["id"] for v in document["visits"]]
    for visit in document["visits"]:
        said, place, who = stops[visit["id"]]["properties"], places[visit["place"]], people[visit["traveller"]]
        expected = {
            "traveller": who["name"], "traveller_id": who["id"], "office": who.get("title"), "serves": who.get("country"),
            "place": place["name"], "place_id": place["id"], "place_kind": place["kind"], "country": visit.get("country"),
            "geonames": place.get("geonames"), "status": visit["status"], "planned": visit["status"] == "planned",
            "start_edtf": visit.get("start"), "end_edtf": visit.get("end"), "trip": visit["trip"],
            "trip_kind": trips[visit["trip"]]["kind"], "order": visit.get("order"), "confidence": visit.get("confidence"),
            "article": document["article"]["id"], "evidence": visit.get("evidence", []),
        }
        assert {k: said[k] for k in expected} == expected
        assert (said["earliest"], said["latest"]) == span(visit)
        sharing = [v for v in document["visits"] if (v["trip"], v.get("order")) == (visit["trip"], visit.get("order"))]
        assert said["order_open"] == (len(sharing) > 1)
        held = [m["id"] for m in document["meetings"] if m.get("visit") == visit["id"]]
        assert [m["id"] for m in said["meetings"]] == held
        geometry = stops[visit["id"]]["geometry"]
        if place.get("lat") is None:
            assert geometry is None
        else:
            assert geometry == {"type": "Point", "coordinates": [place["lon"], place["lat"]]}


@each_document
def test_geojson_legs_are_those_with_a_known_order(path):
    document = load(path)
    lines = [f for f in features(path) if f["properties"]["kind"] == "leg"]
    assert sorted((f["properties"]["from"], f["properties"]["to"]) for f in lines) == sorted(legs(document))
    visits = by_id(document["visits"])
    for line in lines:
        assert line["properties"]["status"] == visits[line["properties"]["to"]]["status"]
        if line["geometry"] is None:
            continue
        parts = line["geometry"]["coordinates"]
        parts = parts if line["geometry"]["type"] == "MultiLineString" else [parts]
        for part in parts:
            assert all(abs(a[0] - b[0]) <= 180 for a, b in zip(part, part[1:]))
        ends = [by_id(document["places"])[visits[line["properties"][e]]["place"]] for e in ("from", "to")]
        assert [parts[0][0], parts[-1][-1]] == [[p["lon"], p["lat"]] for p in ends]


def test_geojson_cuts_a_pacific_crossing_and_boxes_it():
    whole = json.loads(export("geojson", ROOT / "output" / "pacific-crossing.itinerary.json"))
    cut = [f for f in whole["features"] if f["geometry"]["type"] == "MultiLineString"]
    assert [f["id"] for f in cut] == ["v1–v2", "v3–v4"]
    assert [p[-1][0] for p in cut[0]["geometry"]["coordinates"][:-1]] == [180]
    west, south, east, north = whole["bbox"]
    assert west > east and south < north


def test_geojson_loses_nothing_of_the_document():
    document, whole = load(OWN), json.loads(export("geojson", OWN))
    rest = whole["portolan"]
    assert [o["id"] for o in rest["officials"]] == [o["id"] for o in document["officials"]]
    assert rest["articles"][0]["warnings"] == document["warnings"]
    assert rest["articles"][0]["extra"] == {"checked": document["checked"]}
    assert rest["trips"][0]["purpose"] == "talks"
    assert [(e["before"], e["after"], e["because"]) for e in rest["sequence"]] == [
        (e["before"], e["after"], e["because"]) for e in document["sequence"]
    ]
    apart = [f["id"] for f in whole["features"] if f["properties"]["kind"] == "meeting"]
    assert apart == ["m2", "m3"]


def plain(value):
    """A value of GDAL as the document has it: it makes dates of columns that hold days only."""
    return None if value is None or str(value) == "NaT" else str(value)


def gdal(text, name):
    """All layers as rows, each with its geometry's type (1 point, 2 line, 5 lines, 7 collection) or None."""
    file = pathlib.Path(os.environ.get("TMPDIR", "/tmp")) / f"portolan-{os.getpid()}-{name}"
    file.write_bytes(text)
    try:
        rows = []
        for layer, _ in pyogrio.list_layers(file):
            meta, _, shapes, columns = pyogrio.raw.read(file, layer=layer)
            for i, shape in enumerate(shapes):
                kind = struct.unpack("<I", shape[1:5])[0] % 1000 if shape is not None else None
                rows.append(dict(zip(meta["fields"], [c[i] for c in columns])) | {"shape": kind, "wkb": shape})
        return rows
    finally:
        file.unlink()


@each_document
@pytest.mark.parametrize("form", ["geojson", "kml"])
def test_gdal_reads_stops_and_legs(path, form):
    document = load(path)
    rows = gdal(export(form, path), f"x.{form}") if document["visits"] else []
    stops = {r["visit"]: r for r in rows if r["kind"] == "stop"}
    assert sorted(stops) == sorted(v["id"] for v in document["visits"])
    assert sum(r["shape"] == 1 for r in stops.values()) == len(located(document))
    for visit in document["visits"]:
        row = stops[visit["id"]]
        said = [plain(row.get(k)) for k in ("status", "start_edtf", "end_edtf")]
        assert said == [visit["status"], visit.get("start"), visit.get("end")]
        assert json.loads(row["evidence"]) == visit.get("evidence", [])
        if row["shape"]:
            place = by_id(document["places"])[visit["place"]]
            assert struct.unpack("<dd", row["wkb"][5:21]) == (place["lon"], place["lat"])
    assert sorted((r["from"], r["to"]) for r in rows if r["kind"] == "leg") == sorted(legs(document))


# KML


@each_document
def test_kml_holds_its_schema(path):
    schema = pathlib.Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"
    etree.XMLSchema(etree.parse(schema)).assertValid(etree.fromstring(export("kml", path)))


@each_document
def test_kml_placemarks_have_spans_styles_and_quotes(path):
    document = load(path)
    root = etree.fromstring(export("kml", path))
    marks = {}
    for mark in root.iter(KML + "Placemark"):
        data = {d.get("name"): d.findtext(KML + "value") for d in mark.iter(KML + "Data")}
        if data["kind"] == "stop":
            marks[data["visit"]] = mark
    styles = {s.get("id") for s in root.iter(KML + "Style")}
    assert sorted(marks) == sorted(v["id"] for v in document["visits"])
    for visit in document["visits"]:
        mark = marks[visit["id"]]
        times = mark.findtext(f"{KML}TimeSpan/{KML}begin"), mark.findtext(f"{KML}TimeSpan/{KML}end")
        assert times == span(visit)
        style = mark.findtext(KML + "styleUrl")
        assert style == f"#stop-{visit['status']}" and style[1:] in styles
        balloon = etree.HTML(mark.findtext(KML + "description"))
        assert [q.text for q in balloon.iter("blockquote")] == [e["quote"] for e in visit.get("evidence", [])]
    lines = list(root.iter(KML + "LineString"))
    assert all(line.findtext(KML + "tessellate") == "1" for line in lines)


def test_kml_is_read_by_fastkml():
    # It takes text without a declaration.
    read = fastkml.KML.from_string(export("kml", OWN).decode().partition("?>")[2])
    folders = [f for f in read.features[0].features if isinstance(f, fastkml.Folder)]
    assert [len(f.features) for f in folders] == [7, 1, 1, 1, 2, 2], "stops and legs of five journeys, and two meetings apart"


def test_kml_bears_hostile_texts(hostile):
    path, _ = hostile
    root = etree.fromstring(export("kml", path))
    assert len(list(root.iter(KML + "Placemark"))) == 9 + len(legs(load(path))) + 2
    for description in root.iter(KML + "description"):
        assert not list(etree.HTML(description.text).iter("script", "b"))


# iCalendar


def calendar(path):
    return icalendar.Calendar.from_ical(export("ics", path))


def entries(document):
    for kind, things in (("visit", document["visits"]), ("meeting", document["meetings"])):
        for thing in things:
            dates = span(thing) if kind == "visit" else bounds_of(thing.get("date"))
            article, own = (urllib.parse.quote(i, safe="") for i in (document["article"]["id"], thing["id"]))
            yield f"{article}.{kind}.{own}@portolan", thing, dates


@each_document
def test_every_stop_and_meeting_is_in_the_calendar(path):
    document, read = load(path), calendar(path)
    assert not read.errors
    events = {str(e["UID"]): e for e in read.walk("VEVENT")}
    journals = {str(e["UID"]): e for e in read.walk("VJOURNAL")}
    assert len(events) + len(journals) == len(document["visits"]) + len(document["meetings"])
    published = document["article"].get("published")
    for uid, thing, (first, last) in entries(document):
        entry = events[uid] if first and last else journals[uid]
        if first and last:
            assert str(entry["DTSTART"].dt) == first and entry["DTSTART"].params["VALUE"] == "DATE"
            assert entry["DTEND"].dt - datetime.timedelta(days=1) == datetime.date.fromisoformat(last)
            tentative = {"completed": "CONFIRMED", "cancelled": "CANCELLED"}.get(thing["status"], "TENTATIVE")
        else:
            assert "DTSTART" not in entry
            tentative = {"completed": "FINAL", "cancelled": "CANCELLED"}.get(thing["status"], "DRAFT")
        assert entry["STATUS"] == tentative
        assert str(entry["X-PORTOLAN-STATUS"]) == thing["status"]
        if published:
            assert entry["DTSTAMP"].dt.date() == datetime.date.fromisoformat(bounds_of(published)[0])
        dates = [thing.get("start"), thing.get("end")] if "traveller" in thing else [thing.get("date")]
        sure = all(d is None or len(d) == 10 and d[:4].isdigit() for d in dates) and dates[0] is not None
        assert ("uncertain" in str(entry["SUMMARY"]) or "no date" in str(entry["SUMMARY"])) == (not sure)
        for quote in thing.get("evidence", []):
            assert quote["quote"] in str(entry["DESCRIPTION"])


@each_document
def test_lines_of_the_calendar_are_short_and_end_as_they_must(path):
    lines = export("ics", path).split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_the_calendar_does_not_depend_on_the_clock():
    assert export("ics", OWN) == export("ics", OWN)
    assert str(datetime.date.today().year) not in export("ics", OWN).decode()


def test_the_calendar_bears_hostile_texts(hostile):
    path, _ = hostile
    read = calendar(path)
    assert len(read.walk("VEVENT")) + len(read.walk("VJOURNAL")) == 12


def test_the_calendar_keeps_what_events_have_no_place_for():
    read = calendar(OWN)
    sequence = read["X-PORTOLAN-SEQUENCE"]
    assert [json.loads(str(s))["because"] for s in sequence] == ["date", "phrase", "tense"]
    meeting = next(e for e in read.walk("VEVENT") if str(e["UID"]).endswith("meeting.m1@portolan"))
    assert str(meeting["X-PORTOLAN-DURATION"]) == "PT1H/.."
    assert str(meeting["RELATED-TO"]) == "iraq-november.visit.v3@portolan"


# Linked data

PREFIXES = """
PREFIX schema: <https://schema.org/>
PREFIX time: <http://www.w3.org/2006/time#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX portolan: <urn:portolan:terms:>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def turtle(*paths):
    return rdflib.Graph().parse(data=export("turtle", *paths), format="turtle")


def json_ld(*paths):
    return rdflib.Graph().parse(data=export("jsonld", *paths), format="json-ld")


@each_document
def test_both_forms_of_linked_data_are_one_graph(path):
    one, other = turtle(path), json_ld(path)
    assert len(one) == len(other) > 3
    assert isomorphic(one, other)


def test_several_documents_are_one_graph_in_both_forms():
    two = OWN, ROOT / "output" / "pacific-crossing.itinerary.json"
    assert isomorphic(turtle(*two), json_ld(*two))
    # An article has the same names alone and among others.
    alone, both = turtle(OWN), turtle(*two)
    assert set(alone.subjects()) - set(both.subjects()) == {s for s in alone.subjects() if isinstance(s, rdflib.BNode)}


def test_linked_data_bears_hostile_texts(hostile):
    path, nasty = hostile
    one, other = turtle(path), json_ld(path)
    assert isomorphic(one, other)
    names = {str(o) for o in other.objects(predicate=rdflib.URIRef("https://schema.org/name"))}
    assert nasty in names


def test_who_was_in_iraq_in_november_2023():
    found = turtle(OWN).query(PREFIXES + """
        SELECT DISTINCT ?name WHERE {
          ?stop a schema:TravelAction ; schema:agent/schema:name ?name ; portolan:status portolan:status-completed ;
                schema:toLocation/schema:containedInPlace/schema:name "Iraq" ; time:hasTime ?time .
          ?time portolan:earliest ?first ; portolan:latest ?last .
          FILTER (?first <= "2023-11-30"^^xsd:date && ?last >= "2023-11-01"^^xsd:date)
        } ORDER BY ?name""")
    assert [str(row.name) for row in found] == ["Anna Berg", "Luis Vega"]


def test_what_came_before_baghdad_and_by_which_words():
    found = json_ld(OWN).query(PREFIXES + """
        SELECT ?place ?quote WHERE {
          ?later schema:toLocation/schema:name "Baghdad" ; schema:agent/schema:name "Anna Berg" ; time:hasTime ?then .
          ?earlier schema:toLocation/schema:name ?place ; time:hasTime ?before .
          ?before time:intervalBefore+ ?then .
          OPTIONAL { ?reason portolan:before ?earlier ; portolan:after ?later ; prov:wasDerivedFrom/schema:text ?quote }
        } ORDER BY ?place""")
    assert [(str(r.place), r.quote and str(r.quote)) for r in found] == [("Apia", "then"), ("Suva", None)]


def test_linked_data_has_every_quote_status_and_open_order():
    document, graph = load(OWN), turtle(OWN)

    def ask(text):
        return [tuple(map(str, row)) for row in graph.query(PREFIXES + text)]

    quotes = [e["quote"] for t in document["visits"] + document["meetings"] for e in t.get("evidence", [])]
    quotes += [e["evidence"]["quote"] for e in document["sequence"] if e.get("evidence")]
    assert sorted(q for (q,) in ask("SELECT ?q { ?e a schema:Quotation, prov:Entity ; schema:text ?q ; prov:wasQuotedFrom ?a }")) == sorted(quotes)
    statuses = ask("SELECT ?id ?s { ?v a schema:TravelAction ; schema:identifier ?id ; portolan:status ?s }")
    assert sorted(statuses) == sorted((v["id"], f"urn:portolan:terms:status-{v['status']}") for v in document["visits"])
    open_order = ask("SELECT ?a ?b { ?x portolan:orderOpenWith ?y . ?x schema:identifier ?a . ?y schema:identifier ?b }")
    assert sorted(open_order) == [("v8", "v9"), ("v9", "v8")]
    assert ask("SELECT ?m { ?t a time:Instant ; time:inXSDgYearMonth ?m }") == [("2023-11",), ("2023-11",)]
    assert len(ask("SELECT ?p { ?p a schema:Person }")) == len(document["officials"])


def test_the_readable_names_of_own_terms_are_in_the_table():
    table = (ROOT / "data" / "linked" / "terms.tsv").read_text()
    known = {line.split("\t")[1] for line in table.splitlines() if line.count("\t") == 3}
    words = ("status", "because", "kind", "mode", "publishedFrom")
    for path in DOCUMENTS:
        for term in set(turtle(path).predicates()) | set(turtle(path).objects()):
            name = str(term)
            if isinstance(term, rdflib.URIRef) and name.startswith("urn:portolan:terms:"):
                name = name.replace("urn:portolan:terms:", "portolan:")
                assert name in known or name.split(":")[1].split("-")[0] in words, name
