//! Small texts of our own, one phenomenon each: what must be read in them, and what must not. A failing text names itself.

use portolan::itinerary::{Itinerary, Mode, PlaceKind, Status};
use portolan::{Article, extract};

/// A text of Wednesday, 10 April 2024. Visits are "surname place status day", the place a city or a country's code, the day as
/// the document has it or `-`; meetings are "surname surname mode status", groups left out.
struct Case {
    name: &'static str,
    text: &'static str,
    visits: &'static [&'static str],
    meetings: &'static [&'static str],
}

const CASES: &[Case] = &[
    // Language core
    Case {
        name: "abbreviations and initials end no sentence",
        text: "U.S. Secretary of State J. R. Whitcombe arrived in St. Petersburg on Apr. 8 for talks.",
        visits: &["Whitcombe Saint Petersburg completed 2024-04-08"],
        meetings: &[],
    },
    Case {
        name: "a quotation does not hide the clause around it",
        text: "\"We have seen what can be done when people sit down, talk and listen,\" Norwegian Foreign Minister Anna Berg said after arriving in Kampala on Monday.",
        visits: &["Berg Kampala completed 2024-04-08"],
        meetings: &[],
    },
    // Officials
    Case {
        name: "an office after the name",
        text: "Karim Haddou, the Moroccan prime minister, flew to Madrid on Tuesday. The premier will return on Friday.",
        visits: &["Haddou Madrid completed 2024-04-09"],
        meetings: &[],
    },
    Case {
        name: "his counterpart has a country",
        text: "Polish Defence Minister Adam Zielny met his Estonian counterpart, Liis Tamm, in Tallinn on Tuesday.",
        visits: &["Zielny Tallinn completed 2024-04-09"],
        meetings: &["Zielny Tamm in_person completed"],
    },
    Case {
        name: "who only speaks does not travel",
        text: "Ministry spokesman Peter Olsen told reporters in Nairobi that the drought had eased. Analyst Rita Okello spoke in Kampala.",
        visits: &[],
        meetings: &[],
    },
    Case {
        name: "the president of the same surname is not the first lady",
        text: "Chilean President Pablo Reyes and First Lady Carmen Reyes landed in Lima on Monday. President Reyes will travel to Quito on Friday.",
        visits: &[
            "Reyes Lima completed 2024-04-08",
            "Reyes Lima completed 2024-04-08",
            "Reyes Quito planned 2024-04-12",
        ],
        meetings: &[],
    },
    // Places
    Case {
        name: "a capital by its country",
        text: "Danish Prime Minister Lone Krag arrived in the Peruvian capital on Tuesday.",
        visits: &["Krag Lima completed 2024-04-09"],
        meetings: &[],
    },
    Case {
        name: "a capital that speaks is no place",
        text: "Beijing warned Washington on Tuesday over the sale. Turkish officials in the ministry declined to comment to Chinese President Wu Renshu.",
        visits: &[],
        meetings: &[],
    },
    Case {
        name: "Palestinian places are Palestinian",
        text: "Irish Foreign Minister Orla Brennan visited Bethlehem and East Jerusalem on Monday.",
        visits: &["Brennan Bethlehem completed 2024-04-08", "Brennan East Jerusalem completed 2024-04-08"],
        meetings: &[],
    },
    Case {
        name: "here is where the dateline says",
        text: "ACCRA (Portolan) -- Indian External Affairs Minister Vikram Rao arrived here on Tuesday.",
        visits: &["Rao Accra completed 2024-04-09"],
        meetings: &[],
    },
    Case {
        name: "a dateline alone is nobody's visit",
        text: "ACCRA (Portolan) -- Indian External Affairs Minister Vikram Rao welcomed the cocoa agreement on Tuesday.",
        visits: &[],
        meetings: &[],
    },
    Case {
        name: "who went abroad meets there, wherever the article was filed",
        text: "OSLO (Portolan) -- Norwegian Foreign Minister Anna Berg travelled to Vienna on Monday and held talks with Austrian Chancellor Karl Weiss.",
        visits: &["Berg Vienna completed 2024-04-08"],
        meetings: &["Berg Weiss in_person completed"],
    },
    Case {
        name: "an attended summit has its place",
        text: "The summit of the Lake Union will be held in Entebbe on Friday. Rwandan President Alice Mugisha will attend the summit.",
        visits: &["Mugisha Entebbe planned 2024-04-12"],
        meetings: &[],
    },
    // Visits and meetings
    Case {
        name: "a list after a region",
        text: "Canadian Trade Minister Paul Whitefeather will travel to three Andean countries: Peru, Ecuador and Bolivia.",
        visits: &[
            "Whitefeather PE planned 2024-04-10/..",
            "Whitefeather EC planned 2024-04-10/..",
            "Whitefeather BO planned 2024-04-10/..",
        ],
        meetings: &[],
    },
    Case {
        name: "left one place for another",
        text: "Thai Prime Minister Somsak Wattana left Jakarta for Manila on Tuesday.",
        visits: &["Wattana Jakarta completed ../2024-04-09", "Wattana Manila planned 2024-04-09"],
        meetings: &[],
    },
    Case {
        name: "a guest goes to the host",
        text: "Austrian Chancellor Eva Stadler hosted Slovak President Milan Hrasko in Vienna on Monday.",
        visits: &["Hrasko Vienna completed 2024-04-08"],
        meetings: &["Stadler Hrasko in_person completed"],
    },
    Case {
        name: "a delegation is its named members",
        text: "Finnish Minister of Education Aino Lahti, accompanied by State Secretary Pekka Salo, arrived in Windhoek on Monday. The delegation met Namibian President Johannes Nangolo on Tuesday.",
        visits: &["Lahti Windhoek completed 2024-04-08", "Salo Windhoek completed 2024-04-08"],
        meetings: &["Lahti Salo Nangolo in_person completed"],
    },
    Case {
        name: "a call takes nobody anywhere",
        text: "Kenyan President Daniel Mwangi spoke by phone with Dutch Prime Minister Jan de Wit on Tuesday.",
        visits: &[],
        meetings: &["Mwangi Wit phone completed"],
    },
    Case {
        name: "a roster of participants",
        text: "Energy Secretary Dolores Park convened a meeting on grids on Monday.\n\nParticipants included:\n\n- Mayor Otis Greene\n\n- Governor Lena Hart",
        visits: &[],
        meetings: &["Park Greene Hart in_person completed"],
    },
    // Status
    Case {
        name: "plans are no facts",
        text: "Greek Foreign Minister Nikos Pavlou is due in Sofia on Friday and is expected to visit Bucharest on Saturday.",
        visits: &["Pavlou Sofia planned 2024-04-12", "Pavlou Bucharest planned 2024-04-13"],
        meetings: &[],
    },
    Case {
        name: "called off is cancelled",
        text: "Brazilian Foreign Minister Ana Duarte has cancelled her trip to Caracas.",
        visits: &["Duarte Caracas cancelled -"],
        meetings: &[],
    },
    Case {
        name: "not gone is not there",
        text: "Swedish Finance Minister Karin Lund did not travel to Oslo on Monday.",
        visits: &[],
        meetings: &[],
    },
    Case {
        name: "considered is possible",
        text: "Mexican President Rosa Ibarra may visit Havana in May.",
        visits: &["Ibarra Havana possible 2024-05"],
        meetings: &[],
    },
    // Time
    Case {
        name: "what begins after publication has not taken place",
        text: "Berg heads to Kenya\n\nNorwegian Foreign Minister Anna Berg will arrive in Nairobi on Sunday for talks with President Otieno.",
        visits: &["Berg Nairobi planned 2024-04-14"],
        meetings: &["Berg Otieno in_person planned"],
    },
    Case {
        name: "then is another day",
        text: "Norwegian Foreign Minister Anna Berg visited Nairobi on Saturday and then travelled to Kampala, where she gave a speech on Monday.",
        visits: &["Berg Nairobi completed 2024-04-06", "Berg Kampala completed 2024-04-06/2024-04-10"],
        meetings: &[],
    },
    Case {
        name: "a day after another event is the day after it",
        text: "Norwegian Foreign Minister Anna Berg arrived in Ankara on Tuesday, a day after she met Estonian Foreign Minister Liis Tamm in Riga.",
        visits: &[
            "Berg Riga completed 2024-04-08",
            "Berg Ankara completed 2024-04-09",
            "Tamm Riga completed 2024-04-08",
        ],
        meetings: &["Berg Tamm in_person completed"],
    },
    Case {
        name: "days after a meeting count from the day of the other clause",
        text: "Two days after meeting Estonian Foreign Minister Liis Tamm in Riga, Norwegian Foreign Minister Anna Berg arrived in Ankara on Tuesday.",
        visits: &[
            "Berg Riga completed 2024-04-07",
            "Berg Ankara completed 2024-04-09",
            "Tamm Riga completed 2024-04-07",
        ],
        meetings: &["Berg Tamm in_person completed"],
    },
    Case {
        name: "days before a journey count on from a day that is past",
        text: "Norwegian Foreign Minister Anna Berg was in Ankara on Monday, three days before she travels to Lima.",
        visits: &["Berg Ankara completed 2024-04-08", "Berg Lima planned 2024-04-11"],
        meetings: &[],
    },
    Case {
        name: "a week after another event is no day that is known",
        text: "A week after visiting Quito, Norwegian Foreign Minister Anna Berg arrived in Ankara on Tuesday.",
        visits: &["Berg Quito completed ../2024-04-10", "Berg Ankara completed 2024-04-09"],
        meetings: &[],
    },
    Case {
        name: "what comes then has not the day of what was before",
        text: "Norwegian Foreign Minister Anna Berg will travel to Ankara on Thursday and then to Lima.",
        visits: &["Berg Ankara planned 2024-04-11", "Berg Lima planned 2024-04-10/.."],
        meetings: &[],
    },
    Case {
        name: "places before a day share it, those after have their own",
        text: "Norwegian Foreign Minister Anna Berg visited Riga and Vilnius on Saturday and Ankara on Monday.",
        visits: &[
            "Berg Riga completed 2024-04-06",
            "Berg Vilnius completed 2024-04-06",
            "Berg Ankara completed 2024-04-08",
        ],
        meetings: &[],
    },
    Case {
        name: "a length from a first day",
        text: "Korean Prime Minister Park Jun-seo arrived in Hanoi on Monday for a three-day visit.",
        visits: &["Park Hanoi completed 2024-04-08"],
        meetings: &[],
    },
    Case {
        name: "days over the end of a month",
        text: "On March 30–April 2, Italian Defence Minister Carla Monti traveled to Tunis.",
        visits: &["Monti Tunis completed 2024-03-30"],
        meetings: &[],
    },
    Case {
        name: "since when is not when",
        text: "German Chancellor Anna Thoma visited Dakar for the first time since 2018.",
        visits: &["Thoma Dakar completed ../2024-04-10"],
        meetings: &[],
    },
    // Trips and order
    Case {
        name: "an earlier journey stands apart",
        text: "Japanese Foreign Minister Haruto Ueda arrived in Delhi on Tuesday. Ueda last visited India in 2021.",
        visits: &["Ueda Delhi completed 2024-04-09", "Ueda IN completed 2021"],
        meetings: &[],
    },
    Case {
        name: "then comes after",
        text: "Egyptian Foreign Minister Samir Fawzi met officials in Khartoum on Monday. He then flew to Juba.",
        visits: &["Fawzi Khartoum completed 2024-04-08", "Fawzi Juba completed 2024-04-08/2024-04-10"],
        meetings: &[],
    },
];

fn surname(document: &Itinerary, id: &portolan::itinerary::OfficialId) -> String {
    let name = document.officials.iter().find(|o| o.id == *id).map(|o| o.name.clone()).unwrap_or_default();
    let last = name.split(' ').next_back().unwrap_or_default().to_string();
    // Names that begin with the family's, as these texts have them.
    if name.starts_with("Park ") { "Park".into() } else { last }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Completed => "completed",
        Status::Planned => "planned",
        Status::Possible => "possible",
        Status::Cancelled => "cancelled",
    }
}

fn visits(document: &Itinerary) -> Vec<String> {
    let place = |v: &portolan::itinerary::Visit| {
        let place = document.places.iter().find(|p| p.id == v.place).expect("a place");
        let wide = matches!(place.kind, PlaceKind::Country);
        if wide { v.country.clone().map(|c| c.0).unwrap_or_default() } else { place.name.clone() }
    };
    let line = |v: &portolan::itinerary::Visit| {
        let day = v.start.as_ref().map_or("-".into(), ToString::to_string);
        format!("{} {} {} {day}", surname(document, &v.traveller), place(v), status(v.status))
    };
    let mut lines: Vec<String> = document.visits.iter().map(line).collect();
    lines.sort();
    lines
}

fn meetings(document: &Itinerary) -> Vec<String> {
    let line = |m: &portolan::itinerary::Meeting| {
        let people: Vec<String> = m.participants.iter().map(|p| surname(document, p)).collect();
        let mode = match m.mode {
            Mode::Phone => "phone",
            Mode::Video => "video",
            _ => "in_person",
        };
        format!("{} {mode} {}", people.join(" "), status(m.status))
    };
    let mut lines: Vec<String> = document.meetings.iter().filter(|m| m.participants.len() > 1).map(line).collect();
    lines.sort();
    lines
}

#[test]
fn each_phenomenon_is_read() {
    let mut wrong = String::new();
    for case in CASES {
        let article = Article { text: case.text.into(), published: "2024-04-10".parse().ok(), ..Article::default() };
        let document = extract(&article);
        let sorted = |lines: &[&str]| {
            let mut lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            lines.sort();
            lines
        };
        for (what, read, expected) in [
            ("visits", visits(&document), sorted(case.visits)),
            ("meetings", meetings(&document), sorted(case.meetings)),
        ] {
            if read != expected {
                wrong.push_str(&format!("{}: {what} {read:?}, expected {expected:?}\n", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_surer_telling_has_more_confidence_and_the_unlikely_can_be_left_out() {
    let read = |text: &str, least: f64| {
        let article = Article { text: text.into(), published: "2024-04-10".parse().ok(), ..Article::default() };
        portolan::extract_with(&article, &portolan::Reading { min_confidence: least, ..portolan::Reading::default() })
    };
    let sure = "Norwegian Foreign Minister Anna Berg visited Kampala on Monday.";
    let vague = "Norwegian Foreign Minister Anna Berg told reporters in Kampala that prices were falling.";
    let confidence = |text: &str| read(text, 0.0).visits[0].confidence.expect("a confidence");
    assert!(confidence(sure) > confidence(vague));
    assert_eq!(read(vague, confidence(sure)).visits.len(), 0);
    assert_eq!(read(vague, confidence(sure)).officials.len(), 0);
    assert_eq!(read(sure, confidence(sure)).visits.len(), 1);
}
