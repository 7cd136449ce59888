"""Graphs as other tools read them: NetworkX, igraph, Graphviz, mermaid, and TimelineJS by its documentation.

What a file must hold is counted in the documents' own JSON, read here again. The program is in the environment variable
PORTOLAN, Graphviz's `dot` and `node` (with `npm ci` run in `mermaid/`) are on the path.
"""

import collections
import datetime
import html
import json
import math
import os
import pathlib
import subprocess
import xml.etree.ElementTree as tree

import igraph
import networkx as nx
import pytest

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
DOCUMENTS = sorted(ROOT.glob("output/*.itinerary.json"))
PORTOLAN = os.environ["PORTOLAN"]
FULL = [d for d in DOCUMENTS if json.loads(d.read_text())["visits"]]
# Text that is data, wherever it goes: markup of each form, and characters that XML has no place for.
HARD = "\u0001 <script>alert(1)</script> ]]> &amp; "
HARD += "\"q\" 'a' \\N \\\" %%{init: {}}%% #35; `x` [y] {z} |p| end\r\n\u202e\ufffe"


def export(form, folder, *documents):
    file = folder / f"out.{form}"
    subprocess.run([PORTOLAN, "export", "--to", form, *map(str, documents), "-o", str(file)], check=True)
    return file


def hard(folder):
    """A document with hard text in every name, title and quote, and two reasons for one order."""
    document = json.loads((ROOT / "output/two-banks.itinerary.json").read_text())
    document["article"]["title"] = HARD
    for thing in document["officials"] + document["places"]:
        thing["name"] += HARD
    for visit in document["visits"]:
        for evidence in visit["evidence"]:
            evidence["quote"] = HARD
    document["sequence"].append({**document["sequence"][0], "because": "narrative"})
    file = folder / "hard.itinerary.json"
    file.write_text(json.dumps(document))
    return file


def read(document):
    return json.loads(document.read_text())


def expected_nodes(document):
    kinds = {"article": 1}
    for kind in ("official", "place", "trip", "visit", "meeting"):
        kinds[kind] = len(document[kind + "s"])
    return {kind: n for kind, n in kinds.items() if n}


def expected_edges(document):
    visits, meetings = document["visits"], document["meetings"]
    countries = [p for p in document["places"] if p["kind"] in ("country", "territory")]
    inside = [
        (p["id"], c["id"])
        for p in document["places"]
        for c in countries
        if p["kind"] != "country" and p["country"] and p["country"] == c["country"] and p["id"] != c["id"]
    ]
    kinds = {
        "travels": len(visits),
        "at": len(visits) + sum(m["place"] is not None for m in meetings),
        "part_of": len(visits),
        "takes_part": sum(len(m["participants"]) for m in meetings),
        "during": sum(m["visit"] is not None for m in meetings),
        "before": len(document["sequence"]),
        "lies_in": len(inside),
    }
    return {kind: n for kind, n in kinds.items() if n}


def count(values):
    return dict(collections.Counter(values))


def as_json(value):
    return json.loads(value) if isinstance(value, str) else value


def without_nulls(thing, names):
    return {n: thing[n] for n in names if thing.get(n) not in (None, "", [])}


def check(graph, document):
    """A NetworkX graph against the document."""
    nodes = dict(graph.nodes(data=True))
    edges = list(graph.edges(data=True))
    assert count(n["type"] for n in nodes.values()) == expected_nodes(document)
    assert count(e["type"] for _, _, e in edges) == expected_edges(document)
    fields = {
        "official": ("name", "title", "country", "mentions"),
        "place": ("name", "kind", "country", "geonames", "lat", "lon"),
        "trip": ("kind",),
        "visit": ("country", "status", "start", "end", "order", "confidence"),
        "meeting": ("country", "date", "status", "mode", "duration", "confidence"),
    }
    for kind, names in fields.items():
        for thing in document[kind + "s"]:
            node = nodes[f"{kind}:{thing['id']}"]
            assert node["ref"] == thing["id"]
            assert without_nulls(node, names) == without_nulls(thing, names)
            assert [type(node[n]) for n in without_nulls(thing, names)] == [
                type(v) for v in without_nulls(thing, names).values()
            ]
            for listed in ("aliases", "evidence", "groups"):
                assert as_json(node.get(listed, [])) == thing.get(listed, [])
    ends = collections.Counter((s, e["type"], t) for s, t, e in edges)
    for visit in document["visits"]:
        v = f"visit:{visit['id']}"
        assert ends[f"official:{visit['traveller']}", "travels", v] == 1
        assert ends[v, "at", f"place:{visit['place']}"] == 1
        assert ends[v, "part_of", f"trip:{visit['trip']}"] == 1
        sharing = [o for o in document["visits"] if (o["trip"], o["order"]) == (visit["trip"], visit["order"])]
        assert nodes[v]["open_order"] is (visit["order"] is not None and len(sharing) > 1)
    reasons = collections.Counter((s, e["because"], t) for s, t, e in edges if e["type"] == "before")
    assert reasons == collections.Counter(
        (f"visit:{r['before']}", r["because"], f"visit:{r['after']}") for r in document["sequence"]
    )
    quoted = [as_json(e["evidence"])[0] for _, _, e in edges if "evidence" in e]
    assert sorted(quoted, key=str) == sorted((r["evidence"] for r in document["sequence"] if r["evidence"]), key=str)
    article = nodes[f"article:{document['article']['id']}"]
    assert as_json(article.get("warnings", [])) == document["warnings"]


@pytest.fixture(params=DOCUMENTS, ids=lambda d: d.name.split(".")[0])
def document(request):
    return request.param


def test_there_are_documents():
    assert len(DOCUMENTS) >= 12


def test_networkx_reads_graphml(document, tmp_path):
    check(nx.read_graphml(export("graphml", tmp_path, document)), read(document))


def test_networkx_reads_gexf(document, tmp_path):
    graph = nx.read_gexf(export("gexf", tmp_path, document), version="1.3")
    check(graph, read(document))
    for visit in read(document)["visits"]:
        node = graph.nodes[f"visit:{visit['id']}"]
        spells = node.get("spells", [("None", "None")])
        assert spells == [(node.get("earliest", "None"), node.get("latest", "None"))]
        # Only dates of whole days: what ISO 8601 reads can be compared without EDTF.
        if visit["start"] and len(visit["start"]) == 10:
            assert spells[0][0] == datetime.date.fromisoformat(visit["start"]).isoformat()


def test_networkx_reads_node_link_json(document, tmp_path):
    graph = nx.node_link_graph(json.loads(export("json-graph", tmp_path, document).read_text()), edges="links")
    assert graph.is_directed() and graph.is_multigraph()
    check(graph, read(document))


def test_igraph_reads_graphml(document, tmp_path):
    graph = igraph.Graph.Read_GraphML(str(export("graphml", tmp_path, document)))
    expected = read(document)
    assert graph.is_directed()
    assert count(graph.vs["type"]) == expected_nodes(expected)
    assert count(graph.es["type"] if graph.ecount() else []) == expected_edges(expected)
    for place in expected["places"]:
        vertex = graph.vs.find(id=f"place:{place['id']}")
        assert vertex["name"] == place["name"]
        # igraph says `nan` where a number is missing.
        numbers = [None if math.isnan(vertex[n]) else vertex[n] for n in ("lat", "lon", "geonames")]
        assert numbers == [place["lat"], place["lon"], place["geonames"]]
    for edge in graph.es.select(type="travels") if graph.ecount() else []:
        visit = next(v for v in expected["visits"] if v["id"] == graph.vs[edge.target]["ref"])
        assert graph.vs[edge.source]["ref"] == visit["traveller"]


@pytest.mark.parametrize("form", ["graphml", "gexf", "json-graph"])
def test_hard_text_and_parallel_edges_survive(form, tmp_path):
    file = hard(tmp_path)
    document = read(file)
    out = export(form, tmp_path, file)
    if form == "json-graph":
        check(nx.node_link_graph(json.loads(out.read_text()), edges="links"), document)
        return
    graph = nx.read_graphml(out) if form == "graphml" else nx.read_gexf(out, version="1.3")
    assert graph.is_multigraph()
    assert count(e["type"] for _, _, e in graph.edges(data=True)) == expected_edges(document)
    for place in document["places"]:
        node = graph.nodes[f"place:{place['id']}"]
        assert json.loads(node["exact"])["name"] == place["name"]
        assert node["name"] == place["name"].replace("\u0001", "\ufffd").replace("\ufffe", "\ufffd")


@pytest.mark.parametrize("form", ["graphml", "gexf", "json-graph"])
def test_documents_merge_to_one_graph(form, tmp_path):
    out = export(form, tmp_path, *DOCUMENTS)
    if form == "json-graph":
        graph = nx.node_link_graph(json.loads(out.read_text()), edges="links")
    else:
        graph = nx.read_graphml(out) if form == "graphml" else nx.read_gexf(out, version="1.3")
    types = count(n["type"] for _, n in graph.nodes(data=True))
    documents = [read(d) for d in DOCUMENTS]
    assert types["article"] == len(documents)
    for kind in ("visit", "meeting", "trip"):
        assert types[kind] == sum(len(d[kind + "s"]) for d in documents)
    assert types["official"] <= sum(len(d["officials"]) for d in documents)


def dot_objects(file):
    drawn = subprocess.run(["dot", "-Tjson0", str(file)], check=True, capture_output=True)
    assert drawn.stderr == b""
    return json.loads(drawn.stdout)


def test_graphviz_draws_dot(document, tmp_path):
    file = export("dot", tmp_path, document)
    svg = subprocess.run(["dot", "-Tsvg", str(file)], check=True, capture_output=True)
    assert svg.stderr == b"" and b"</svg>" in svg.stdout
    expected = read(document)
    graph = dot_objects(file)
    nodes = {o["name"]: o for o in graph.get("objects", []) if "type" in o and o["type"] != "trip"}
    boxes = [o for o in graph.get("objects", []) if o["name"].startswith("cluster_")]
    wanted = {k: n for k, n in expected_nodes(expected).items() if k not in ("article", "trip")}
    assert count(o["type"] for o in nodes.values()) == wanted
    assert len(boxes) == len({v["trip"] for v in expected["visits"]})
    edges = [e for e in graph.get("edges", []) if "type" in e]
    wanted = {k: n for k, n in expected_edges(expected).items() if k != "part_of"}
    assert count(e["type"] for e in edges) == wanted
    for visit in expected["visits"]:
        node = nodes[f"visit:{visit['id']}"]
        assert node["status"] == visit["status"] and float(node["confidence"]) == visit["confidence"]
        assert ("dashed" in node["style"]) == (visit["status"] in ("planned", "possible"))
    articles = json.loads(graph["articles"].replace("\\\\", "\\"))
    assert [a["ref"] for a in articles] == [expected["article"]["id"]]


def test_stops_stand_from_left_to_right(tmp_path):
    """Columns follow the order of a trip, and stops in open order are not joined."""
    for file in FULL:
        graph = dot_objects(export("dot", tmp_path, file))
        at = {o["name"]: float(o["pos"].split(",")[0]) for o in graph["objects"] if "pos" in o}
        ends = {(graph["objects"][e["tail"]]["name"], graph["objects"][e["head"]]["name"]) for e in graph["edges"]}
        visits = read(file)["visits"]
        for a in visits:
            for b in visits:
                pair = f"visit:{a['id']}", f"visit:{b['id']}"
                if a["trip"] == b["trip"] and a["order"] < b["order"]:
                    assert at[pair[0]] < at[pair[1]], (file, pair)
                if a["trip"] == b["trip"] and a["order"] == b["order"]:
                    assert pair not in ends


def test_graphviz_draws_hard_text(tmp_path):
    file = export("dot", tmp_path, hard(tmp_path))
    svg = subprocess.run(["dot", "-Tsvg", str(file)], check=True, capture_output=True)
    shown = "".join(tree.fromstring(svg.stdout).itertext())
    assert "<script>alert(1)</script>" in shown and "&amp;" in shown and "\\N" in shown


@pytest.fixture(scope="module")
def charts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mermaid")
    documents = [*DOCUMENTS, hard(folder)]
    files = []
    for i, document in enumerate(documents):
        (folder / str(i)).mkdir()
        files.append(export("mermaid", folder / str(i), document))
    command = ["node", str(HERE / "mermaid/parse.mjs"), *map(str, files)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return list(zip(documents, files, json.loads(out.splitlines()[-1])))


def test_mermaid_parses_flowcharts(charts):
    for file, out, chart in charts:
        document = read(file)
        assert chart["diagramType"].startswith("flowchart")
        # No text may set anything.
        assert not chart["config"]
        assert len(chart["boxes"]) == len({v["trip"] for v in document["visits"]})
        pairs = {(r["before"], r["after"]) for r in document["sequence"]}
        assert sum(bool(l["text"]) for l in chart["links"]) == len(pairs)
        labels = "\n".join(chart["labels"])
        names = {p["id"]: p["name"] for p in document["places"]}
        if HARD not in document["article"]["title"]:
            for visit in document["visits"]:
                assert names[visit["place"]].split("-")[0] in labels
        remarks = [l.strip()[3:].split(" ", 1) for l in out.read_text().splitlines() if l.startswith("  %% ")]
        told = [json.loads(text) for kind, text in remarks if kind == "node"]
        assert count(n["type"] for n in told) == expected_nodes(document)
        quotes = {n["ref"]: n.get("evidence", []) for n in told if n["type"] == "visit"}
        assert quotes == {v["id"]: v["evidence"] for v in document["visits"]}


# https://timeline.knightlab.com/docs/json-format.html
SLIDE = {"start_date", "end_date", "text", "media", "group", "display_date", "background", "autolink", "unique_id"}
DATE = {"year", "month", "day", "hour", "minute", "second", "millisecond", "display_date", "format"}


def check_date(date):
    assert set(date) <= DATE and isinstance(date["year"], int)
    assert "day" not in date or "month" in date
    return datetime.date(date["year"], date.get("month", 1), date.get("day", 1))


def check_timeline(timeline):
    assert set(timeline) <= {"events", "title", "eras", "scale"}
    assert timeline["scale"] in ("human", "cosmological")
    assert timeline["events"]
    for slide in [timeline["title"], *timeline["events"]]:
        assert set(slide) <= SLIDE
        assert set(slide["text"]) <= {"headline", "text"}
        assert all(isinstance(t, str) for t in slide["text"].values())
        assert isinstance(slide["autolink"], bool)
        assert "<script" not in json.dumps(slide)
    for event in timeline["events"]:
        start = check_date(event["start_date"])
        if "end_date" in event:
            assert check_date(event["end_date"]) >= start
        assert isinstance(event.get("group", ""), str) and isinstance(event.get("display_date", ""), str)
    ids = [e["unique_id"] for e in timeline["events"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("file", FULL, ids=lambda d: d.name.split(".")[0])
def test_timelinejs_is_as_documented(file, tmp_path):
    document = read(file)
    things = document["visits"] + document["meetings"]
    dated = any(t.get("start") or t.get("end") or t.get("date") for t in things)
    if not document["article"]["published"] and not dated:
        with pytest.raises(subprocess.CalledProcessError):
            export("timelinejs", tmp_path, file)
        return
    timeline = json.loads(export("timelinejs", tmp_path, file).read_text())
    check_timeline(timeline)
    events = {e["unique_id"]: e for e in timeline["events"]}
    title = timeline["title"]["text"]["text"]
    names = {o["id"]: o["name"] for o in document["officials"]} | {p["id"]: p["name"] for p in document["places"]}
    undated = 0
    for visit in document["visits"]:
        event = events.get(f"visit:{visit['id']}")
        assert (event is not None) == bool(visit["start"] or visit["end"])
        if event is None:
            undated += 1
            assert html.escape(names[visit["place"]]) in title
            continue
        assert event["group"] == html.escape(names[visit["traveller"]])
        for evidence in visit["evidence"]:
            assert html.escape(evidence["quote"]).replace("&#x27;", "&#39;") in event["text"]["text"]
        if visit["start"] and len(visit["start"]) == 10:
            day = datetime.date.fromisoformat(visit["start"])
            assert event["start_date"] == {"year": day.year, "month": day.month, "day": day.day}
    for meeting in document["meetings"]:
        assert (f"meeting:{meeting['id']}" in events) == bool(meeting["date"])
        undated += not meeting["date"]
    assert title.count("<li>") == undated


def test_timelinejs_holds_hard_text(tmp_path):
    check_timeline(json.loads(export("timelinejs", tmp_path, hard(tmp_path)).read_text()))


@pytest.mark.parametrize("form", ["graphml", "gexf", "dot", "json-graph", "mermaid", "timelinejs"])
def test_the_same_bytes_on_every_run(form, tmp_path):
    first, second = (export(form, tmp_path, *DOCUMENTS).read_bytes() for _ in range(2))
    assert first == second
