//! Documents read back from JSON-LD that `export` wrote, also after other tools have arranged it anew: it is read as
//! triples, and only they count. Triples of other vocabularies are passed over. Fetches nothing.

use super::{ImportError, Imported};
use crate::export::terms::Vocabulary;
use crate::itinerary::{
    ArticleInfo, CountryCode, Edtf, Evidence, Extra, Group, Itinerary, Meeting, MeetingId, Official, OfficialId, Place,
    PlaceId, Precedence, SCHEMA, Trip, TripId, Visit, VisitId,
};
use oxjsonld::{JsonLdParser, JsonLdSyntaxError};
use oxrdf::{NamedOrBlankNode, Term, vocab::rdf};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::str::FromStr;

/// Reads JSON-LD.
///
/// # Errors
///
/// When it is no JSON-LD, needs a context from elsewhere, has no article of this version, or when a thing lacks what
/// it must have.
pub fn read(text: &str) -> Imported {
    let graph = Graph::of(text)?;
    let articles = graph.all("NewsArticle", |node| node.is("documentVersion", SCHEMA));
    if articles.is_empty() {
        return Err(no_article(&graph));
    }
    articles.iter().map(|article| graph.document(*article)).collect()
}

fn no_article(graph: &Graph) -> ImportError {
    let other = graph.all("NewsArticle", |_| true).iter().find_map(|n| n.text("documentVersion").ok().flatten());
    let what = match other {
        Some(version) => format!("the article is of version `{version}`, and this program reads `{SCHEMA}`"),
        None => format!("there is no article with documentVersion `{SCHEMA}` in it"),
    };
    error(what, "give a file that `portolan export --to jsonld` of this version wrote")
}

fn error(what: impl Into<String>, remedy: impl Into<String>) -> ImportError {
    ImportError { line: None, what: what.into(), remedy: remedy.into() }
}

fn no_json_ld(problem: &JsonLdSyntaxError) -> ImportError {
    let line = problem.location().and_then(|place| usize::try_from(place.start.line).ok()).map(|line| line + 1);
    let remedy = "correct it there; a context must stand in the file itself, since nothing is fetched";
    ImportError { line, what: problem.to_string(), remedy: remedy.into() }
}

/// All triples, by subject and predicate.
struct Graph {
    vocabulary: Vocabulary,
    nodes: HashMap<String, HashMap<String, Vec<Term>>>,
}

/// A node of the graph.
#[derive(Clone, Copy)]
struct Node<'a> {
    graph: &'a Graph,
    iri: &'a str,
    values: &'a HashMap<String, Vec<Term>>,
}

type Read<T> = Result<T, ImportError>;

impl Graph {
    fn of(text: &str) -> Read<Graph> {
        let mut graph = Graph { vocabulary: Vocabulary::new(), nodes: HashMap::new() };
        for quad in JsonLdParser::new().for_slice(text) {
            let quad = quad.map_err(|e| no_json_ld(&e))?;
            let subject = match quad.subject {
                NamedOrBlankNode::NamedNode(name) => name.into_string(),
                NamedOrBlankNode::BlankNode(blank) => blank.to_string(),
            };
            let values = graph.nodes.entry(subject).or_default().entry(quad.predicate.into_string()).or_default();
            // A triple that is said twice is one triple.
            if !values.contains(&quad.object) {
                values.push(quad.object);
            }
        }
        Ok(graph)
    }

    fn node<'a>(&'a self, iri: &'a str) -> Option<Node<'a>> {
        self.nodes.get_key_value(iri).map(|(iri, values)| Node { graph: self, iri, values })
    }

    /// All nodes of a class that are wanted, in the order of their lists.
    fn all(&self, class: &str, wanted: impl Fn(&Node<'_>) -> bool) -> Vec<Node<'_>> {
        let class = self.vocabulary.of(class);
        let is = |n: &Node<'_>| n.under(rdf::TYPE.as_str()).iter().any(|t| iri_of(t) == Some(&class));
        let nodes = self.nodes.iter().map(|(iri, values)| Node { graph: self, iri, values });
        in_order(nodes.filter(|n| is(n) && wanted(n)).collect())
    }

    fn document(&self, article: Node<'_>) -> Read<Itinerary> {
        let mentioned: HashSet<&str> = article.links("mentions").into_iter().collect();
        let shared = |n: &Node<'_>| mentioned.contains(n.iri);
        let own = |n: &Node<'_>| n.links("hadPrimarySource").contains(&article.iri);
        Ok(Itinerary {
            schema: SCHEMA.into(),
            article: article.info()?,
            officials: each(self.all("Person", shared), Node::official)?,
            places: each(self.all("Place", shared), Node::place)?,
            trips: each(self.all("Trip", own), Node::trip)?,
            visits: each(self.all("TravelAction", own), Node::visit)?,
            meetings: each(self.all("Event", own), Node::meeting)?,
            sequence: each(self.all("Precedence", own), Node::precedence)?,
            warnings: article.texts("warnings")?,
            extra: article.extra("documentExtra")?,
        })
    }
}

fn in_order(mut nodes: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let position = |n: &Node<'_>| n.number::<u64>("position").ok().flatten().unwrap_or(u64::MAX);
    nodes.sort_by(|a, b| position(a).cmp(&position(b)).then_with(|| a.iri.cmp(b.iri)));
    nodes
}

fn each<'a, T>(nodes: Vec<Node<'a>>, read: impl Fn(&Node<'a>) -> Read<T>) -> Read<Vec<T>> {
    nodes.iter().map(read).collect()
}

fn iri_of(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(name) => Some(name.as_str()),
        _ => None,
    }
}

impl<'a> Node<'a> {
    fn info(&self) -> Read<ArticleInfo> {
        Ok(ArticleInfo {
            id: self.id()?,
            title: self.text("headline")?,
            source: self.text("source")?,
            url: self.text("url")?,
            published: self.date("published")?,
            published_from: self.word("publishedFrom")?,
            words: self.number("wordCount")?.unwrap_or_default(),
            extra: self.extra("extra")?,
        })
    }

    fn official(&self) -> Read<Official> {
        Ok(Official {
            id: OfficialId(self.id()?),
            name: self.must("name", self.text("name")?)?,
            title: self.text("jobTitle")?,
            country: self.country("serves")?,
            aliases: self.texts("aliases")?,
            mentions: self.number("mentionCount")?.unwrap_or_default(),
            extra: self.extra("extra")?,
        })
    }

    fn place(&self) -> Read<Place> {
        Ok(Place {
            id: PlaceId(self.id()?),
            name: self.must("name", self.text("name")?)?,
            kind: self.must("kind", self.word("kind")?)?,
            country: self.country("containedInPlace")?,
            geonames: self.number("geonames")?,
            lat: self.number("latitude")?,
            lon: self.number("longitude")?,
            aliases: self.texts("aliases")?,
            extra: self.extra("extra")?,
        })
    }

    fn trip(&self) -> Read<Trip> {
        let visits = self.list("visits")?;
        Ok(Trip {
            id: TripId(self.id()?),
            traveller: OfficialId(self.must("traveller", self.linked("traveller")?)?),
            kind: self.must("kind", self.word("kind")?)?,
            visits: visits.iter().filter_map(|v| iri_of(v)).map(|v| VisitId(self.graph.id_of(v))).collect(),
            extra: self.extra("extra")?,
        })
    }

    fn visit(&self) -> Read<Visit> {
        Ok(Visit {
            id: VisitId(self.id()?),
            traveller: OfficialId(self.must("agent", self.linked("agent")?)?),
            place: PlaceId(self.must("toLocation", self.linked("toLocation")?)?),
            country: self.country("country")?,
            status: self.must("status", self.word("status")?)?,
            start: self.date("start")?,
            end: self.date("end")?,
            trip: TripId(self.must("trip", self.linked("trip")?)?),
            order: self.number("order")?,
            confidence: self.number("confidence")?,
            evidence: self.evidence()?,
            extra: self.extra("extra")?,
        })
    }

    fn meeting(&self) -> Read<Meeting> {
        let people = self.list("participants")?;
        Ok(Meeting {
            id: MeetingId(self.id()?),
            participants: people.iter().filter_map(|p| iri_of(p)).map(|p| OfficialId(self.graph.id_of(p))).collect(),
            groups: each(self.parts("groups")?, Node::group)?,
            visit: self.linked("during")?.map(VisitId),
            place: self.linked("location")?.map(PlaceId),
            country: self.country("country")?,
            date: self.date("date")?,
            status: self.must("status", self.word("status")?)?,
            mode: self.must("mode", self.word("mode")?)?,
            duration: self.text("duration")?,
            confidence: self.number("confidence")?,
            evidence: self.evidence()?,
            extra: self.extra("extra")?,
        })
    }

    fn group(&self) -> Read<Group> {
        Ok(Group {
            country: self.country("country")?,
            label: self.must("name", self.text("name")?)?,
            extra: self.extra("extra")?,
        })
    }

    fn precedence(&self) -> Read<Precedence> {
        Ok(Precedence {
            before: VisitId(self.must("before", self.linked("before")?)?),
            after: VisitId(self.must("after", self.linked("after")?)?),
            because: self.must("because", self.word("because")?)?,
            evidence: self.evidence()?.into_iter().next(),
            extra: self.extra("extra")?,
        })
    }

    fn evidence(&self) -> Read<Vec<Evidence>> {
        each(self.parts("wasDerivedFrom")?, |words| {
            Ok(Evidence {
                start: words.must("startByte", words.number("startByte")?)?,
                end: words.must("endByte", words.number("endByte")?)?,
                quote: words.must("text", words.text("text")?)?,
                extra: words.extra("extra")?,
            })
        })
    }

    fn under(&self, iri: &str) -> &'a [Term] {
        self.values.get(iri).map_or(&[], Vec::as_slice)
    }

    fn is(&self, key: &str, text: &str) -> bool {
        self.text(key).is_ok_and(|t| t.as_deref() == Some(text))
    }

    /// The only value under a term.
    fn single(&self, key: &str) -> Read<Option<&'a Term>> {
        match self.under(&self.graph.vocabulary.of(key)) {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            several => Err(self.wrong(key, &format!("has {} values where one is meant", several.len()))),
        }
    }

    fn text(&self, key: &str) -> Read<Option<String>> {
        match self.single(key)? {
            None => Ok(None),
            Some(Term::Literal(literal)) => Ok(Some(literal.value().to_string())),
            Some(_) => Err(self.wrong(key, "is a node where a text is meant")),
        }
    }

    fn number<T: FromStr>(&self, key: &str) -> Read<Option<T>> {
        let read =
            |text: String| text.parse().map_err(|_| self.wrong(key, &format!("is no number that fits: `{text}`")));
        self.text(key)?.map(read).transpose()
    }

    fn date(&self, key: &str) -> Read<Option<Edtf>> {
        let read = |text: String| text.parse().map_err(|e| self.wrong(key, &format!("is no date: {e}")));
        self.text(key)?.map(read).transpose()
    }

    /// A word of the document that stands as a value of our own.
    fn word<T: DeserializeOwned>(&self, key: &str) -> Read<Option<T>> {
        let Some(term) = self.single(key)? else { return Ok(None) };
        let start = self.graph.vocabulary.iri(&format!("portolan:{key}-"));
        let word = iri_of(term).and_then(|iri| iri.strip_prefix(&start)).unwrap_or_default();
        serde_json::from_value(Value::String(word.into()))
            .map(Some)
            .map_err(|_| self.wrong(key, &format!("is unknown: {term}")))
    }

    /// The id of the thing that a term leads to.
    fn linked(&self, key: &str) -> Read<Option<String>> {
        Ok(self.single(key)?.and_then(iri_of).map(|iri| self.graph.id_of(iri)))
    }

    fn country(&self, key: &str) -> Read<Option<CountryCode>> {
        Ok(self.linked(key)?.map(CountryCode))
    }

    fn links(&self, key: &str) -> Vec<&'a str> {
        self.under(&self.graph.vocabulary.of(key)).iter().filter_map(iri_of).collect()
    }

    /// The nodes that a term leads to, in the order of their list.
    fn parts(&self, key: &str) -> Read<Vec<Node<'a>>> {
        let missing = |iri: &str| self.wrong(key, &format!("leads to <{iri}>, of which nothing is said"));
        let found: Read<Vec<_>> =
            self.links(key).into_iter().map(|iri| self.graph.node(iri).ok_or_else(|| missing(iri))).collect();
        Ok(in_order(found?))
    }

    /// The items of a list.
    fn list(&self, key: &str) -> Read<Vec<&'a Term>> {
        let mut items = Vec::new();
        let mut seen = HashSet::new();
        let mut next = self.single(key)?;
        while let Some(term) = next.filter(|t| iri_of(t) != Some(rdf::NIL.as_str())) {
            let name = term.to_string();
            let cell = self.graph.nodes.get(iri_of(term).unwrap_or(&name)).filter(|_| seen.insert(name.clone()));
            let cell = cell.ok_or_else(|| self.wrong(key, "is a list that has no end"))?;
            items.extend(cell.get(rdf::FIRST.as_str()).and_then(|v| v.first()));
            next = cell.get(rdf::REST.as_str()).and_then(|v| v.first());
        }
        Ok(items)
    }

    fn texts(&self, key: &str) -> Read<Vec<String>> {
        let text = |term: &Term| match term {
            Term::Literal(literal) => Ok(literal.value().to_string()),
            _ => Err(self.wrong(key, "has a node in it where a text is meant")),
        };
        self.list(key)?.into_iter().map(text).collect()
    }

    fn extra(&self, key: &str) -> Read<Extra> {
        let read =
            |text: String| serde_json::from_str(&text).map_err(|e| self.wrong(key, &format!("is no JSON object: {e}")));
        Ok(self.text(key)?.map(read).transpose()?.unwrap_or_default())
    }

    fn id(&self) -> Read<String> {
        self.must("identifier", self.text("identifier")?)
    }

    fn must<T>(&self, key: &str, value: Option<T>) -> Read<T> {
        value.ok_or_else(|| self.wrong(key, "is missing"))
    }

    fn wrong(&self, key: &str, what: &str) -> ImportError {
        let iri = self.graph.vocabulary.of(key);
        error(
            format!("`{key}` of <{}> {what}", self.iri),
            format!("give it one value under <{iri}>, or export the document anew"),
        )
    }
}

impl Graph {
    /// The id that a node says; its IRI where it says none.
    fn id_of(&self, iri: &str) -> String {
        self.node(iri).and_then(|n| n.text("identifier").ok().flatten()).unwrap_or_else(|| iri.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Format, Output, export};
    use crate::import::arbitrary::document;
    use crate::network::Network;
    use oxrdf::Triple;
    use oxrdf::graph::CanonicalizationAlgorithm::Unstable;
    use oxttl::TurtleParser;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use serde_json::json;

    fn written(documents: &[Itinerary], format: Format) -> String {
        match export(&Network::of(documents), format).unwrap() {
            Output::One(bytes) => String::from_utf8(bytes).unwrap(),
            Output::Many(_) => panic!("one file"),
        }
    }

    fn again(document: &Itinerary) -> Itinerary {
        let mut read = read(&written(std::slice::from_ref(document), Format::JsonLd)).unwrap();
        assert_eq!(read.len(), 1);
        read.remove(0)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_document_is_read_back_as_it_was(document in document()) {
            prop_assert_eq!(again(&document), document);
        }

        #[test]
        fn several_documents_are_read_back_as_the_network_has_them(documents in vec(document(), 2..4)) {
            let read = read(&written(&documents, Format::JsonLd)).unwrap();
            prop_assert_eq!(read, Network::of(&documents).documents());
        }

        #[test]
        fn both_forms_hold_the_same_triples(document in document()) {
            let json = written(std::slice::from_ref(&document), Format::JsonLd);
            let turtle = written(&[document], Format::Turtle);
            let mut from_json = oxrdf::Graph::new();
            from_json.extend(JsonLdParser::new().for_slice(&json).map(|q| Triple::from(q.unwrap())));
            let mut from_turtle = oxrdf::Graph::new();
            from_turtle.extend(TurtleParser::new().for_slice(&turtle).map(Result::unwrap));
            from_json.canonicalize(Unstable);
            from_turtle.canonicalize(Unstable);
            prop_assert_eq!(from_json, from_turtle);
        }

        #[test]
        fn nothing_that_is_read_makes_it_panic(text in ".{0,200}") {
            let _ = read(&text);
        }
    }

    fn small() -> Value {
        json!({
            "schema": SCHEMA,
            "article": { "id": "a" },
            "officials": [{ "id": "o", "name": "Anna Berg" }],
            "places": [{ "id": "p", "name": "Oslo", "kind": "city" }],
            "trips": [{ "id": "t", "traveller": "o", "kind": "main", "visits": ["v"] }],
            "visits": [{ "id": "v", "traveller": "o", "place": "p", "trip": "t", "status": "planned" }]
        })
    }

    #[test]
    fn what_another_tool_has_written_anew_is_read_as_well() {
        // Our Turtle, read by rdflib 7.6 and written as JSON-LD without a context and in an order of its own.
        let anew = include_str!("../../tests/consumers/iraq-november.rdflib.jsonld");
        let document = include_str!("../../tests/consumers/iraq-november.json");
        assert_eq!(read(anew).unwrap(), [serde_json::from_str(document).unwrap()]);
    }

    #[test]
    fn nests_without_end_are_refused() {
        assert!(read(&"[".repeat(200_000)).is_err());
        assert!(read(&"{\"@graph\":".repeat(100_000)).is_err());
    }

    #[test]
    fn nothing_and_an_empty_text_stay_apart() {
        let mut document: Itinerary = serde_json::from_value(small()).unwrap();
        assert_eq!(again(&document).officials[0].title, None);
        document.officials[0].title = Some(String::new());
        assert_eq!(again(&document).officials[0].title, Some(String::new()));
    }

    #[test]
    fn two_things_with_one_id_are_refused() {
        let mut document: Itinerary = serde_json::from_value(small()).unwrap();
        document.visits.push(document.visits[0].clone());
        let problem = export(&Network::of(&[document]), Format::Turtle).unwrap_err();
        assert!(problem.reason.contains("visit:v"), "{problem}");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_or_node() {
        assert_eq!(read("{\n\n  oops").unwrap_err().line, Some(3));
        assert!(read("{}").unwrap_err().what.contains("no article"));
        let whole = written(&[serde_json::from_value(small()).unwrap()], Format::JsonLd);
        let of_now = whole.replace("portolan/itinerary/1", "portolan/itinerary/2");
        assert!(read(&of_now).unwrap_err().what.contains("portolan/itinerary/2"));
        let without = whole.replace("\"agent\": \"urn", "\"x\": \"urn");
        assert!(read(&without).unwrap_err().what.contains("`agent` of <urn:portolan:id:a:visit:v> is missing"));
        let odd = whole.replace("status-planned", "status-odd");
        assert!(read(&odd).unwrap_err().what.contains("is unknown"));
    }

    #[test]
    fn a_context_from_elsewhere_is_not_fetched() {
        let problem = read("{\"@context\": \"https://schema.org/\", \"name\": \"x\"}").unwrap_err();
        assert!(problem.remedy.contains("nothing is fetched"));
    }

    #[test]
    fn a_list_that_runs_in_a_circle_is_refused() {
        let whole = written(&[serde_json::from_value(small()).unwrap()], Format::JsonLd);
        let mut json: Value = serde_json::from_str(&whole).unwrap();
        let first = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
        let rest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
        let graph = json["@graph"].as_array_mut().unwrap();
        graph.push(json!({ "@id": "urn:loop", first: "x", rest: { "@id": "urn:loop" } }));
        graph[0]["portolan:warnings"] = json!({ "@id": "urn:loop" });
        assert!(read(&json.to_string()).unwrap_err().what.contains("no end"));
    }
}
