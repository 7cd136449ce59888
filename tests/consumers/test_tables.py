"""Tables read by those who use them: CSV and Parquet by DuckDB and pandas, the database by sqlite3, the travel of leaders
and event data by pandas.

What they read is held against the documents' JSON, read here independently. The program is in the environment variable
PORTOLAN; PORTOLAN_DOCUMENTS can name other documents than the samples (a folder).
"""

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections import Counter
from pathlib import Path

import duckdb
import pandas as pd
import pycountry
import pytest

HERE = Path(__file__).resolve().parent
FOLDER = Path(os.environ.get("PORTOLAN_DOCUMENTS", HERE.parents[1] / "output"))
FILES = sorted(FOLDER.glob("*.itinerary.json")) or sorted(FOLDER.glob("*.json"))
DOCUMENTS = [json.loads(f.read_text(encoding="utf-8")) for f in FILES]
TABLES = ["articles", "officials", "places", "trips", "visits", "meetings", "sequence"]
# "NA" is Namibia, which pandas would take for nothing.
PLAIN = {"keep_default_na": False, "na_values": [""]}
# Kosovo has no code in ISO 3166-1; XKX is from the range that is left to users.
ALPHA3 = {c.alpha_3 for c in pycountry.countries} | {"XKX"}
ISO3 = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}


def export(form, out, files=FILES):
    subprocess.run([os.environ["PORTOLAN"], "export", "--to", form, *map(str, files), "-o", str(out)], check=True)
    return out


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    names = {"csv": "csv", "parquet": "parquet", "sqlite": "db.sqlite", "colt": "colt.csv", "events": "events.csv"}
    return {form: export(form, folder / name) for form, name in names.items()}


def unguarded(cell):
    """A cell without the apostrophe that keeps spreadsheets from computing it."""
    return re.sub(r"^'(?='*([=+\-@\t\r\n＝＋－＠]|$))", "", cell) if isinstance(cell, str) else cell


def told(kind):
    return [(d, item) for d in DOCUMENTS for item in d[kind]]


def dates(edtf):
    """First and last day of the EDTF that documents have, worked out apart from the program."""
    if edtf is None:
        return None, None
    first, _, last = edtf.partition("/")
    return edge(first, 0), edge(last or first, 1)


def edge(part, last):
    part = part.strip("~?%")
    if part == "..":
        return None
    if re.fullmatch(r"\d{4}-2[1-4]", part):
        year, season = int(part[:4]), int(part[5:]) - 21
        start = pd.Timestamp(year, 3 * season + 3, 1)
        return (start + pd.DateOffset(months=3) - pd.Timedelta(days=1) if last else start).date()
    period = pd.Period(part, freq={4: "Y", 7: "M", 10: "D"}[len(part)])
    return (period.end_time if last else period.start_time).date()


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_parquet_are_the_same_rows_and_types_in_duckdb(made, table):
    parquet = duckdb.sql(f"select * from '{made['parquet']}/{table}.parquet'")
    types = dict(zip(parquet.columns, map(str, parquet.types)))
    assert set(types.values()) <= {"VARCHAR", "BIGINT", "DOUBLE", "DATE"}
    text = duckdb.read_csv(f"{made['csv']}/{table}.csv", header=True)
    assert text.columns == parquet.columns
    sniffed = dict(zip(text.columns, map(str, text.types)))
    rows = text.fetchall()
    for name in text.columns:
        empty = all(row[text.columns.index(name)] is None for row in rows)
        only_days = types[name] == "VARCHAR" and sniffed[name] == "DATE"  # EDTF of days only is days to DuckDB
        assert sniffed[name] == types[name] or empty or only_days, name
    typed = duckdb.read_csv(f"{made['csv']}/{table}.csv", header=True, dtype=types).fetchall()
    typed = [tuple(map(unguarded, row)) for row in typed]
    assert typed == parquet.fetchall() and typed


def test_the_documented_call_of_duckdb_reads_norway_and_edtf_as_they_are(tmp_path):
    berg, visit = {"id": "berg", "name": "Anna Berg", "country": "NO"}, {"traveller": "berg", "place": "Oslo, NO"}
    visit |= {"start": "2031-03-04", "end": "2031-03-05"}
    meeting = {"participants": ["berg", "Olav Dahl"], "place": "Oslo, NO", "date": "2031-03-04"}
    article = {"id": "a", "published": "2031-03-06"}
    source = tmp_path / "norway.json"
    source.write_text(json.dumps({"article": article, "officials": [berg], "visits": [visit], "meetings": [meeting]}))
    text, typed = export("csv", tmp_path / "csv", [source]), export("parquet", tmp_path / "parquet", [source])
    formats = (HERE.parents[1] / "src/export/FORMATS.md").read_text(encoding="utf-8")
    call = re.search(r"`FROM (read_csv\('visits\.csv'.*?\))`", formats).group(1)
    for table in TABLES[:-1]:
        parquet = duckdb.sql(f"select * from '{typed}/{table}.parquet'")
        read = duckdb.sql("select * from " + call.replace("visits.csv", f"{text}/{table}.csv"))
        assert set(map(str, read.types)) == {"VARCHAR"} and read.columns == parquet.columns
        cast = ", ".join(f'"{c}"::{t} as "{c}"' for c, t in zip(parquet.columns, parquet.types))
        assert read.query("read", f"select {cast} from read").fetchall() == parquet.fetchall() != [], table
        if "country" in read.columns:
            assert {row[0] for row in read.project("country").fetchall()} >= {"NO"}, table
        for column in {"start", "end", "date", "published"} & set(parquet.columns):
            assert str(parquet.types[parquet.columns.index(column)]) == "VARCHAR"


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_parquet_are_the_same_in_pandas(made, table):
    parquet = pd.read_parquet(made["parquet"] / f"{table}.parquet", dtype_backend="pyarrow")
    kinds = {c: str(t).split("[")[0] for c, t in parquet.dtypes.items()}
    days = [c for c, kind in kinds.items() if kind == "date32"]
    frame = pd.read_csv(made["csv"] / f"{table}.csv", parse_dates=days, **PLAIN)
    assert list(frame.columns) == list(parquet.columns)
    for column, kind in kinds.items():
        if frame[column].notna().any():
            inferred = {"string": "TO", "int64": "if", "double": "f", "date32": "M"}[kind]
            assert frame[column].dtype.kind in inferred, column
    for day in days:
        frame[day] = frame[day].dt.date
    assert values(frame.map(unguarded)) == values(parquet)


def values(frame):
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def test_visits_say_what_the_documents_say(made):
    rows = duckdb.sql(f"select * from '{made['parquet']}/visits.parquet'").fetchall()
    names = duckdb.sql(f"select * from '{made['parquet']}/visits.parquet'").columns
    rows = [dict(zip(names, row)) for row in rows]
    assert len(rows) == len(told("visits")) > 20
    for row, (document, visit) in zip(rows, told("visits")):
        place = next(p for p in document["places"] if p["id"] == visit["place"])
        who = next(o for o in document["officials"] if o["id"] == visit["traveller"])
        assert row["id"].endswith(visit["id"]) and row["article"] == document["article"]["id"]
        for field in ["status", "start", "end", "order", "confidence", "country"]:
            assert row[field] == visit[field], (row["id"], field)
        assert (row["start_earliest"], row["start_latest"]) == dates(visit["start"])
        assert (row["end_earliest"], row["end_latest"]) == dates(visit["end"])
        assert (row["place_name"], row["lat"], row["lon"]) == (place["name"], place["lat"], place["lon"])
        assert row["country_iso3"] == ISO3.get(visit["country"])
        assert json.loads(row["evidence"]) == visit["evidence"]
        assert all(e["quote"] in row["quote"] for e in visit["evidence"])
        if len(DOCUMENTS) < 20:  # of many documents the same people have other forms of their names
            assert row["traveller_name"] == who["name"]


def test_meetings_and_reasons_are_all_there(made):
    meetings = pd.read_csv(made["csv"] / "meetings.csv", **PLAIN)
    for row, (_, meeting) in zip(meetings.to_dict("records"), told("meetings"), strict=True):
        ids, names = json.loads(row["participants"]), row["participant_names"].split("; ")
        assert len(ids) == len(names) == len(meeting["participants"])
        assert (row["status"], row["mode"]) == (meeting["status"], meeting["mode"])
        groups = [] if pd.isna(row["groups"]) else json.loads(row["groups"])
        assert [g["label"] for g in groups] == [g["label"] for g in meeting["groups"]]
    sequence = pd.read_csv(made["csv"] / "sequence.csv", **PLAIN)
    assert list(sequence["because"]) == [s["because"] for _, s in told("sequence")]
    articles = pd.read_csv(made["csv"] / "articles.csv", **PLAIN)
    assert list(articles["title"].fillna("").map(unguarded)) == [d["article"]["title"] or "" for d in DOCUMENTS]


def test_formulas_are_texts_in_csv_and_as_they_are_elsewhere(tmp_path):
    document = json.loads(FILES[0].read_text(encoding="utf-8"))
    document["officials"][0]["name"] = '=HYPERLINK("http://example.org","x")'
    document["article"]["title"] = "+1; -1 @home"
    document["visits"][0]["evidence"] = [{"start": 0, "end": 1, "quote": "-2+3"}]
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(document), encoding="utf-8")
    number = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
    for form in ["csv", "colt", "events"]:
        out = export(form, tmp_path / form, [bad])
        for file in out.glob("*.csv") if out.is_dir() else [out]:
            with open(file, newline="", encoding="utf-8") as f:
                cells = [cell for row in csv.reader(f) for cell in row]
            assert not [c for c in cells if c[:1] in "=+-@\t\r" and c and not number.fullmatch(c)], file
            if file.name in ("officials.csv", "visits.csv", "colt", "events"):
                assert any(c.startswith("'=HYPERLINK") for c in cells)
    folder = export("parquet", tmp_path / "parquet", [bad])
    assert pd.read_parquet(folder / "officials.parquet")["name"][0] == document["officials"][0]["name"]


def test_the_database_is_whole(made):
    db = sqlite3.connect(f"file:{made['sqlite']}?mode=ro", uri=True)
    assert db.execute("pragma foreign_key_check").fetchall() == []
    assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert db.execute("pragma user_version").fetchone() == (1,)
    for table, kind in [("visits", "visits"), ("meetings", "meetings"), ("trips", "trips"), ("sequence", "sequence")]:
        assert db.execute(f"select count(*) from {table}").fetchone() == (len(told(kind)),)
        assert db.execute(f"pragma foreign_key_list({table})").fetchall()
    taking_part = sum(len(m["participants"]) for _, m in told("meetings"))
    assert db.execute("select count(*) from participants").fetchone() == (taking_part,)
    assert db.execute("select count(*) from stops").fetchone() == (len(told("visits")),)
    csv_rows = duckdb.read_csv(f"{made['csv']}/visits.csv", header=True, all_varchar=True).fetchall()
    assert [r[0] for r in db.execute("select id from visits order by rowid")] == [r[0] for r in csv_rows]


def test_foreign_keys_hold(made, tmp_path):
    copy = shutil.copy(made["sqlite"], tmp_path / "copy.sqlite")
    db = sqlite3.connect(copy)
    db.execute("pragma foreign_keys = on")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("update visits set traveller = 'nobody'")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("delete from places where id in (select place from visits)")


def legs_of(document):
    """Legs worked out apart: between stops that are alone in their place of the order, one right after the other."""
    legs = []
    for trip in document["trips"]:
        stops = [v for v in document["visits"] if v["trip"] == trip["id"] and v["status"] != "cancelled" and v["order"]]
        orders = Counter(v["order"] for v in stops)
        ranks = {order: rank for rank, order in enumerate(sorted(orders))}
        alone = {ranks[v["order"]]: v for v in stops if orders[v["order"]] == 1}
        legs += [(alone[r]["id"], alone[r + 1]["id"]) for r in sorted(alone) if r + 1 in alone]
    return legs


def test_the_views_answer(made):
    db = sqlite3.connect(f"file:{made['sqlite']}?mode=ro", uri=True)
    expected = [(d["article"]["id"], a, b) for d in DOCUMENTS for a, b in legs_of(d)]
    found = db.execute("select article, from_visit, to_visit from legs").fetchall()
    assert sorted((a, b.split(".")[-1], c.split(".")[-1]) for a, b, c in found) == sorted(expected)
    assert len(expected) > 5
    visit, met = db.execute("select visit, met from stops where met is not null").fetchone()
    assert visit and met


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 here")
def test_the_command_line_tool_reads_the_database(made):
    def ask(question):
        command = ["sqlite3", "-readonly", made["sqlite"], question]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert ask("pragma foreign_key_check;") == ""
    assert ask("select count(*) from stops;").strip() == str(len(told("visits")))
    names = ask("select value from officials, json_each(aliases) limit 1;").strip()
    assert names and not names.startswith("[")


def test_colt_has_a_row_for_each_leader_and_country(made):
    colt = pd.read_csv(made["colt"], parse_dates=["TripStartDate", "TripEndDate"], **PLAIN)
    assert set(colt["CountryVisitedISO"]) <= ALPHA3 and set(colt["LeaderCountryISO"].dropna()) <= ALPHA3
    assert colt["CountryVisitedISO"].notna().all() and colt["LeaderFullName"].notna().all()
    both = colt.dropna(subset=["TripStartDate", "TripEndDate"])
    assert len(both) > 3 and ((both["TripEndDate"] - both["TripStartDate"]).dt.days + 1 == both["TripDuration"]).all()
    visits = [i for ids in colt["visits"] for i in ids.split("; ")]
    assert len(visits) == len(set(visits))
    abroad = [v for _, v in told("visits") if v["country"] in ISO3]
    assert len(visits) == len(abroad)
    statuses = Counter(v["status"] for v in abroad)
    by_row = Counter()
    for row in colt.to_dict("records"):
        by_row[row["status"]] += len(row["visits"].split("; "))
    assert by_row == statuses and statuses["planned"]
    if len(DOCUMENTS) < 20:
        pairs = {(o["name"], ISO3[v["country"]]) for d, v in told("visits") if v["country"] in ISO3
                 for o in d["officials"] if o["id"] == v["traveller"]}
        assert set(zip(colt["LeaderFullName"], colt["CountryVisitedISO"])) == pairs


def published():
    """CAMEO and PLOVER as published: code to (name, event, mode, context); and PLOVER's lists of codes."""
    cameo = {}
    for line in (HERE / "published" / "CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"(\d{3,4}): (\w+),\s*([\w-]*)\s*,\s*([\w; ]*?)\s*#\s*(.*?)\s*", line):
            code, event, mode, context, name = found.groups()
            cameo[code] = (name, event, mode or None, context or None)
    plover = {}
    for line in (HERE / "published" / "plover-codes.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") and line != "table\tcode":
            table, code = line.split("\t")
            plover.setdefault(table, set()).add(code)
    return cameo, plover


def test_the_table_of_codes_is_the_published_one():
    cameo, plover = published()
    assert len(cameo) > 200
    data = HERE.parents[1] / "data" / "events"
    codes = pd.read_csv(data / "codes.tsv", sep="\t", comment="#", dtype=str, na_values=["-"])
    assert len(codes) == 7
    for row in values(codes):
        assert (row["name"], row["plover_event"], row["plover_mode"], row["plover_context"]) == cameo[row["cameo"]]
    roles = pd.read_csv(data / "roles.tsv", sep="\t", comment="#", dtype=str)
    assert set(roles["role"]) <= plover["sector"]
    actors = pd.read_csv(data / "actors.tsv", sep="\t", comment="#", dtype=str)
    # KOS for Kosovo is named in the manual's text, not in its table.
    assert set(actors["country"]) <= plover["actor"] | {"KOS"}


def test_events_have_published_codes_and_both_sides(made):
    cameo, plover = published()
    events = pd.read_csv(made["events"], dtype={"cameo": str}, parse_dates=["date"], **PLAIN)
    events = pd.DataFrame(values(events), dtype=object)
    assert events["id"].is_unique and set(events["cameo"]) >= {"036", "040", "042", "043"}
    own = plover["actor"] | {"KOS"}
    for row in events.to_dict("records"):
        name, event, mode, context = cameo[row["cameo"]]
        assert (row["cameo_name"], row["plover_event"], row["plover_mode"]) == (name, event, mode)
        contexts = set((row["plover_context"] or "").split(";")) - {""}
        assert contexts - plover["auxiliary mode"] == set((context or "").split(";")) - {""}
        assert row["status"] != "cancelled" and row["sentence"]
        for side in ["source", "target"]:
            country, role = row[f"{side}_country"], row[f"{side}_role"]
            assert country is None or country in ALPHA3 | own
            assert role is None or role in plover["sector"] | {"IGO"}
    made_visits = events[events["cameo"] == "042"].set_index("visit")
    hosted = events[events["cameo"] == "043"].set_index("visit")
    assert set(hosted.index) <= set(made_visits.index)
    for visit, row in hosted.iterrows():
        guest = made_visits.loc[visit]
        assert (row["source"], row["target"]) == (guest["target"], guest["source"])
    completed = [(d, v) for d, v in told("visits") if v["status"] == "completed" and v["country"] in ISO3]
    serves = {(d["article"]["id"], o["id"]): o["country"] for d in DOCUMENTS for o in d["officials"]}
    away = [v for d, v in completed if serves[d["article"]["id"], v["traveller"]] != v["country"]]
    if len(DOCUMENTS) < 20:
        assert len(hosted) == len(away)
    intents = events[events["cameo"] == "036"]
    published_on = {d["article"]["id"]: d["article"]["published"] for d in DOCUMENTS}
    for row in intents.to_dict("records"):
        day = published_on[row["article"]]
        assert row["status"] in ("planned", "possible") and (day is None or str(row["date"].date()) == day)
