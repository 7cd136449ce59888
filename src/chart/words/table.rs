//! The table of words: a phrase is an item of [`Phrase`], and a language a column of the table.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A language that charts can be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    English,
}

impl Language {
    /// All languages with their codes (BCP 47), which are the heads of the table's columns.
    pub const ALL: [(Language, &'static str); 1] = [(Language::English, "en")];

    /// The code, for `xml:lang` and `--lang`.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(l, _)| *l == self).map_or("en", |(_, code)| code)
    }

    /// The language with this code.
    pub fn of(code: &str) -> Option<Language> {
        Self::ALL.iter().find(|(_, c)| *c == code).map(|(l, _)| *l)
    }
}

macro_rules! phrases {
    ($($name:ident $key:literal)*) => {
        /// A phrase of the table; the name says what it is for, the table what it says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Phrase { $($name),* }

        impl Phrase {
            /// Every phrase, for the test that the table is whole.
            pub const ALL: &'static [Phrase] = &[$(Phrase::$name),*];

            /// The key of its row.
            pub fn key(self) -> &'static str {
                match self { $(Phrase::$name => $key),* }
            }
        }
    };
}

phrases! {
    DayLong "day.long" DayShort "day.short" DayShortYear "day.short.year" DayHeading "day.heading"
    DayHeadingYear "day.heading.year" DayBare "day.bare" DayBareYear "day.bare.year" MonthLong "month.long"
    MonthNames "month.names" MonthShortNames "month.short.names" WeekdayNames "weekday.names"
    WeekdayShortNames "weekday.short.names" SeasonNames "season.names" Season "season"
    Range "date.range" RangeTight "date.range.tight" Between "date.between" OnOrAfter "date.from" OnOrBefore "date.until"
    StayFrom "date.stay.from" StayUntil "date.stay.until"
    About "date.about" Perhaps "date.perhaps" PerhapsAbout "date.perhaps-about" InDate "date.in"
    NotStated "date.not-stated" NotStatedBut "date.not-stated.but"
    NumberNames "number.names" ListTwo "list.two" ListComma "list.comma" Part "part" TitleSep "title.sep" Quote "quote"
    StopsOne "stops.one" StopsMany "stops.many" PlacesMany "places.many"
    TravellersMany "travellers.many" OthersMany "others.many"
    Completed "status.completed" Planned "status.planned" Possible "status.possible" Cancelled "status.cancelled"
    Met "mode.met" Called "mode.called" Unmet "mode.unmet" ByPhone "mode.phone" ByVideo "mode.video"
    OrderOpen "order.open" OrderMissing "order.missing" JoinDotted "join.dotted"
    LegSolid "leg.solid" LegDashed "leg.dashed" Recalled "recalled"
    TitleNone "title.none" TitleRecalled "title.recalled" TitleThen "title.then" TitleAlsoPlanned "title.also-planned"
    TitlePlans "title.plans" TitlePerhaps "title.perhaps" TitleNot "title.not" TitleDated "title.dated"
    UndatedOne "undated.one" UndatedAll "undated.all" UndatedSome "undated.some"
    OpenTwo "open.two" OpenMany "open.many" Unnumbered "unnumbered" YearOdd "year.odd"
    LeftOutOne "left-out.one" LeftOutMany "left-out.many"
    Source "source" SourceArticle "source.article" SourcePublished "source.published" SourceUndated "source.undated"
    SourceRegister "source.register"
    Published "published" PublishedLast "published.last" Mark "mark"
    DescTimeline "desc.timeline" DescList "desc.list" DescRoute "desc.route" DescComparison "desc.comparison"
    DescGraph "desc.graph"
    BodyEu "body.EU" BodyUn "body.UN" BodyNato "body.NATO" BodyPs "body.PS"
    // Timeline.
    ZoneEarlier "zone.earlier" ZoneAfterwards "zone.afterwards" ZonePlanned "zone.planned" ZoneUndated "zone.undated"
    ZoneDate "zone.date" ZoneDay "zone.day" ZoneBefore "zone.before" ZoneAfter "zone.after" ZoneContinued "zone.continued"
    OrderNone "order.none" OrderAgainst "order.against" RecalledHeading "recalled.heading" MeetingsOther "meetings.other"
    MeetingsMoreOne "meetings.more.one" MeetingsMore "meetings.more"
    MeetingsUnlistedOne "meetings.unlisted.one" MeetingsUnlisted "meetings.unlisted" MeetingMark "meetings.mark"
    BarStay "bar.stay" BarWithin "bar.within"
    // report page
    ReportText "report.text" ReportQuotes "report.quotes" ReportQuotesNote "report.quotes.note"
    ReportCharts "report.charts" ReportTimeline "report.timeline" ReportList "report.list" ReportRoute "report.route"
    ReportStops "report.stops" ReportStopsNone "report.stops.none" ReportMeetings "report.meetings"
    ReportMeetingsNone "report.meetings.none" ReportReasons "report.reasons" ReportReasonsNote "report.reasons.note"
    ReportReasonsNone "report.reasons.none" ReportOpen "report.open" ReportOpenNone "report.open.none"
    ReportWarnings "report.warnings" ReportConfidence "report.confidence"
    ReportConfidenceNote "report.confidence.note" ReportLost "report.lost" ReportTurnedOne "report.turned.one"
    ReportTurnedMany "report.turned.many" ReportLegend "report.legend" ReportKeyTalks "report.key.talks"
    ReportKeyOfficial "report.key.official" ReportKeyPlace "report.key.place" ReportKeyDate "report.key.date"
    ReportKeyIdle "report.key.idle" ReportKeyNumber "report.key.number" ReportIdlePerson "report.idle.person"
    ReportIdlePlace "report.idle.place" ReportIdleDate "report.idle.date" ReportStopNumber "report.stop.number"
    ReportMeeting "report.meeting" ReportCall "report.call" ReportInPerson "report.in-person"
    ReportNoNumber "report.no-number" ReportReason "report.reason" ReportReasonQuote "report.reason.quote"
    ReportByDate "report.by.date" ReportByPhrase "report.by.phrase" ReportByTense "report.by.tense"
    ReportByList "report.by.list" ReportByNarrative "report.by.narrative" ReportMoreThan "report.more-than"
    ReportLessThan "report.less-than" ReportDay "report.day.one" ReportDays "report.day.many"
    ReportWeek "report.week.one" ReportWeeks "report.week.many" ReportHour "report.hour.one"
    ReportHours "report.hour.many" ReportMinute "report.minute.one" ReportMinutes "report.minute.many"
    ReportColOrder "report.col.order" ReportColTraveller "report.col.traveller" ReportColPlace "report.col.place"
    ReportColCountry "report.col.country" ReportColStatus "report.col.status" ReportColWhen "report.col.when"
    ReportColEdtf "report.col.edtf" ReportColMet "report.col.met" ReportColConfidence "report.col.confidence"
    ReportColWho "report.col.who" ReportColHow "report.col.how" ReportColLength "report.col.length"
    ReportColAbout "report.col.about" ReportColQuote "report.col.quote" ReportCopyStops "report.copy.stops"
    ReportCopyMeetings "report.copy.meetings" ReportCopied "report.copied" ReportCopyFailed "report.copy.failed"
    ReportTheme "report.theme" ReportThemeAuto "report.theme.auto" ReportThemeLight "report.theme.light"
    ReportThemeDark "report.theme.dark" ReportSkip "report.skip" ReportNav "report.nav" ReportLink "report.link"
    ReportSeveral "report.several" ReportNone "report.none" ReportMade "report.made"
    // the comparison
    SourcesOne "sources.one" SourcesMany "sources.many" CompareTitle "compare.title"
    CompareTitleDated "compare.title.dated" ArticlesOne "articles.one" ArticlesMany "articles.many"
    RegistersOne "registers.one" RegistersMany "registers.many" Register "register" TheRegister "register.the" SourceNumber "source.number"
    CompareUndated "source.no-date" SharedAll "shared.all" SharedSome "shared.some"
    SharedNone "shared.none" EverySource "every-source" EverySourceOf "every-source.of" DisputesOne "disputes.one"
    DisputesMany "disputes.many" NotListed "not-listed" OnlyHere "only.here" OnlyIn "only.in" DatedIn "only.dated"
    OnlyBeyond "only.beyond" HaveOrder "dispute.order.have" DisputePeople "dispute.people" SilentNamed "silent.named"
    SilentMany "silent.many" LeftOutJourneysOne "left-out.journeys.one" LeftOutJourneysMany "left-out.journeys.many"
    Fulfilled "fulfilled" Withdrawn "withdrawn" Revived "revived" Moved "moved" VisitNumber "visit.number" Bracketed "bracketed"
    OrderOnly "order.only" MarkMissing "mark.missing" SaidIn "said.in" DisputeDates "dispute.dates"
    DisputeStatus "dispute.status" DisputeOrder "dispute.order" HasOrder "dispute.order.has"
    OrderParted "dispute.order.parted" ThenJoin "then.join" DisputeCircle "dispute.circle"
    DisputeNotListed "dispute.not-listed" KeyDispute "key.dispute" KeyOnly "key.only" KeyTurned "key.turned"
    KeyStub "key.stub" SlopeTitle "slope.title" SlopeTitleOf "slope.title.of"
    // the graph
    GraphTravellers "graph.travellers" GraphStops "graph.stops" GraphPlaces "graph.places" GraphLoose "graph.loose"
    GraphMeeting "graph.meeting" GraphWith "graph.with" GraphAt "graph.at" GraphNoCountry "graph.no-country"
    GraphWhole "graph.whole" GraphUnlinked "graph.unlinked" GraphOwn "graph.own" GraphTrip "graph.trip"
    GraphBefore "graph.before" GraphNothing "graph.nothing" BecauseDate "because.date" BecausePhrase "because.phrase"
    BecauseTense "because.tense" BecauseList "because.list" BecauseNarrative "because.narrative" KeyWent "key.went"
    KeyTook "key.took-part"
    // The route map.
    MapCredit "map.credit" OnTheGlobe "map.globe" Kilometres "map.km" LegTitle "leg.title" LegNumber "leg.number"
    InsetTitle "inset.title" InsetBelow "inset.below" KeyRoom "key.room" KeyUnlocated "key.unlocated" KeyNoMap "key.no-map" WhoWhen "who.when"
    MetWith "met.with" ToMeet "met.planned" MayMeet "met.possible" SpokeWith "met.spoke"
    KeyAhead "key.ahead"
    // What several sources say together.
    FoundOpen "found.open" FoundRefined "found.refined" FoundFulfilled "found.fulfilled"
    FoundWithdrawn "found.withdrawn" FoundMoved "found.moved" FoundRevived "found.revived" FoundOnly "found.only" FoundDates "found.dates" FoundStatus "found.status"
    FoundPerson "found.person" FoundConfirmed "found.confirmed" FoundNotListed "found.not-listed"
    FoundLeftOut "found.left-out" FoundBeyond "found.beyond" FoundReversed "found.reversed" FoundCircle "found.circle"
    ReportCompared "report.compared" ReportComparedSays "report.compared.says"
    ReportComparedNone "report.compared.none" ReportComparedSingle "report.compared.single"
    // The matrix of visits and the map of counts.
    DescMatrix "desc.matrix" DescCounts "desc.counts" CountriesOne "countries.one" CountriesMany "countries.many"
    TravellersOne "travellers.one" TallyTitle "tally.title" TallyTitleMap "tally.title.map" TallyTook "tally.took"
    TallyAheadOne "tally.ahead.one" TallyAheadMany "tally.ahead.many" TallyYears "tally.years" TallyMostTraveller "tally.most.traveller"
    TallyMostSender "tally.most.sender" TallyMostIn "tally.most.in"
    TallyMostOf "tally.most.of" TallySumTook "tally.sum.took" TallySumAhead "tally.sum.ahead"
    TallySumAll "tally.sum.all" TallyShown "tally.shown" TallyShownOf "tally.shown.of" TallyRest "tally.rest"
    TallyElsewhere "tally.elsewhere" TallyEach "tally.each" TallySource "tally.source" TallyMark "tally.mark"
    TallyMarkCountry "tally.mark.country" TallyArea "tally.area" TallyApart "tally.apart" TallyKey "tally.key"
    TallyUnnamed "tally.unnamed"
    TallyOthers "tally.others" SendersOne "senders.one" SendersMany "senders.many"
}

type Columns = HashMap<&'static str, Vec<&'static str>>;

/// Rows of the table by key; the cells are the languages in the order of the head.
fn rows() -> &'static (Vec<&'static str>, Columns) {
    static ROWS: OnceLock<(Vec<&'static str>, Columns)> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut lines = include_str!("../../../data/chart/words.tsv").lines().filter(|l| !l.starts_with('#'));
        let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').skip(1).collect();
        let rows = lines.filter_map(|l| l.split_once('\t')).map(|(key, cells)| (key, cells.split('\t').collect()));
        (head, rows.collect())
    })
}

/// The words of one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words(pub Language);

impl Words {
    /// What a phrase says; the key itself where the table has no such row, which a test excludes.
    pub fn of(self, phrase: Phrase) -> &'static str {
        let (head, rows) = rows();
        let column = head.iter().position(|h| *h == self.0.code()).unwrap_or(0);
        rows.get(phrase.key()).and_then(|r| r.get(column)).copied().unwrap_or_else(|| phrase.key())
    }

    /// A phrase with `{0}`, `{1}` … filled in. What is put in is not looked at again.
    pub fn say(self, phrase: Phrase, parts: &[&str]) -> String {
        let named: Vec<(String, &str)> = parts.iter().enumerate().map(|(i, p)| (i.to_string(), *p)).collect();
        let named: Vec<(&str, &str)> = named.iter().map(|(k, v)| (k.as_str(), *v)).collect();
        self.fill(phrase, &named)
    }

    /// A phrase with `{name}` filled in.
    pub(super) fn fill(self, phrase: Phrase, parts: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.of(phrase);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            out.push_str(parts.iter().find(|(k, _)| *k == name).map_or("", |(_, v)| v));
            rest = tail;
        }
        out + rest
    }

    /// The `i`-th word of a row that lists names; empty past its end.
    pub fn nth(self, phrase: Phrase, i: usize) -> &'static str {
        self.of(phrase).split('|').nth(i).unwrap_or("")
    }

    /// A small number in words, a larger one in digits.
    pub fn number(self, n: usize) -> String {
        let word = self.nth(Phrase::NumberNames, n);
        if word.is_empty() { grouped(n) } else { word.into() }
    }

    /// A number in digits, in groups of three.
    pub fn digits(self, n: usize) -> String {
        grouped(n)
    }

    /// "one stop", "three stops": the phrase for one or for many with the number in words.
    pub fn count(self, one: Phrase, many: Phrase, n: usize) -> String {
        self.say(if n == 1 { one } else { many }, &[&self.number(n)])
    }

    /// "A, B and C".
    pub fn and(self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [rest @ .., last] => self.say(Phrase::ListTwo, &[&rest.join(self.of(Phrase::ListComma)), last]),
        }
    }

    /// Facts in one line, parted by dots; empty ones are left out.
    pub fn parts(self, facts: &[String]) -> String {
        let facts: Vec<&str> = facts.iter().map(String::as_str).filter(|f| !f.is_empty()).collect();
        facts.join(self.of(Phrase::Part))
    }

    /// Words with their first letter in upper case.
    pub fn capitalised(self, words: &str) -> String {
        let mut chars = words.chars();
        chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }
}

/// "4,800".
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_has_every_phrase_in_every_language_and_no_other() {
        let (head, rows) = rows();
        let keys: HashSet<&str> = Phrase::ALL.iter().map(|p| p.key()).collect();
        assert_eq!(keys, rows.keys().copied().collect());
        assert!(Language::ALL.iter().all(|(_, code)| head.contains(code)));
        for (key, cells) in rows {
            assert_eq!(cells.len(), head.len(), "{key}");
        }
    }

    #[test]
    fn what_is_put_in_is_not_read_again() {
        let w = Words::default();
        assert_eq!(w.say(Phrase::ListTwo, &["{1}", "b"]), "{1} and b");
        assert_eq!(w.and(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!((w.number(3), w.number(4800)), ("three".into(), "4,800".into()));
    }
}
