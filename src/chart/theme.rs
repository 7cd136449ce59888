//! Colours, kinds of text and the stylesheet of all charts.
//!
//! Hues follow Paul Tol's "bright" and "muted" schemes (SRON/EPS/TN/09-002, 2021), which stay apart for colour-blind readers;
//! those too light for text of 4.5:1 on their paper are darkened, or on dark paper lightened. CSS variables let a site restyle a chart.

use super::font::{Cut, families};

/// How a chart looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    #[default]
    Light,
    Dark,
    /// For paper: pure white, black text, tints that survive a copier.
    Print,
}

/// The colours of a theme, as CSS hex.
#[derive(Debug, PartialEq, Eq)]
pub struct Palette {
    pub ink: &'static str,
    pub quiet: &'static str,
    pub paper: &'static str,
    /// Zones of a timeline, stripes of a table.
    pub band: &'static str,
    /// Journeys that are only recalled.
    pub grey: &'static str,
    /// Rules, borders and coasts.
    pub line: &'static str,
    pub land: &'static str,
    pub visited: &'static str,
    pub sea: &'static str,
    /// Names of countries on a map.
    pub country: &'static str,
    /// Names of seas.
    pub water: &'static str,
    /// Disagreements, and the paper under them.
    pub alert: &'static str,
    pub alert_paper: &'static str,
    /// Travellers, in order of first appearance.
    pub hues: [&'static str; 8],
}

const LIGHT: Palette = Palette {
    ink: "#1d2430",
    quiet: "#555d68",
    paper: "#ffffff",
    band: "#f4f5f7",
    grey: "#6c7178",
    line: "#c9c5bc",
    land: "#fbfaf7",
    visited: "#f1e3d0",
    sea: "#e8eef6",
    country: "#5e636a",
    water: "#4a6587",
    alert: "#a14a06",
    alert_paper: "#fdf1e4",
    hues: ["#0b5fa5", "#b3342d", "#1b7037", "#882255", "#8a5a00", "#332288", "#00707a", "#5f5f5f"],
};

const DARK: Palette = Palette {
    ink: "#eef1f5",
    quiet: "#b3bcc8",
    paper: "#14181f",
    band: "#1e242d",
    grey: "#a3aab4",
    line: "#4b535f",
    land: "#2b3038",
    visited: "#4b432f",
    sea: "#1a2430",
    country: "#b4bac3",
    water: "#93b4da",
    alert: "#f0a35c",
    alert_paper: "#3a2a1a",
    hues: ["#6cb2f2", "#f2958e", "#74cc8f", "#e594c4", "#e0b050", "#b3a9f5", "#55c6d2", "#c0c0c0"],
};

const PRINT: Palette = Palette {
    ink: "#000000",
    quiet: "#3a3a3a",
    paper: "#ffffff",
    band: "#f3f3f3",
    grey: "#666666",
    line: "#a8a8a8",
    land: "#ffffff",
    visited: "#e4e4e4",
    sea: "#f1f4f7",
    country: "#4d4d4d",
    water: "#45566b",
    alert: "#8a3f05",
    alert_paper: "#f3ece4",
    hues: ["#084a82", "#9c2a24", "#155c2c", "#701a46", "#734b00", "#2a1c70", "#005b63", "#4d4d4d"],
};

impl Theme {
    /// All themes by their names on the command line.
    pub const ALL: [(Theme, &'static str); 3] =
        [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Print, "print")];

    /// Its colours.
    pub fn palette(self) -> &'static Palette {
        match self {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
            Theme::Print => &PRINT,
        }
    }
}

/// Type sizes in pixels: title, names and headings, everything else.
pub const TITLE: f64 = 24.0;
pub const NAME: f64 = 14.0;
pub const SMALL: f64 = 12.0;

/// Space between capitals of a country's name, in pixels.
const TRACKING: f64 = 1.5;

/// What a line of text is; this alone settles its size and cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Title,
    Subtitle,
    /// A stop's place.
    Name,
    /// Heading of a zone, lane or part.
    Heading,
    /// Small and bold: who was met.
    Strong,
    /// Small.
    Body,
    /// Small and slanted: what is not stated.
    Note,
    /// A country's name on a map, in spaced capitals.
    Country,
    /// A sea's or lake's name.
    Water,
}

impl Role {
    const ALL: [Role; 9] = [
        Role::Title,
        Role::Subtitle,
        Role::Name,
        Role::Heading,
        Role::Strong,
        Role::Body,
        Role::Note,
        Role::Country,
        Role::Water,
    ];

    /// Pixels per em.
    pub fn size(self) -> f64 {
        match self {
            Role::Title => TITLE,
            Role::Subtitle | Role::Name | Role::Heading => NAME,
            _ => SMALL,
        }
    }

    /// The cut of its font.
    pub fn cut(self) -> Cut {
        match self {
            Role::Title | Role::Name | Role::Heading | Role::Strong => Cut::Bold,
            Role::Note | Role::Water => Cut::Italic,
            _ => Cut::Regular,
        }
    }

    /// Extra space after each character, in pixels.
    pub fn tracking(self) -> f64 {
        if self == Role::Country { TRACKING } else { 0.0 }
    }

    /// Its class in the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Subtitle => "subtitle",
            Role::Name => "name",
            Role::Heading => "heading",
            Role::Strong => "strong",
            Role::Body => "body",
            Role::Note => "note",
            Role::Country => "country",
            Role::Water => "water",
        }
    }

    fn rule(self) -> String {
        let mut rule = format!("font-size:{}px", self.size());
        if self.cut() == Cut::Bold {
            rule += ";font-weight:700";
        }
        if self.cut() == Cut::Italic {
            rule += ";font-style:italic";
        }
        if self.tracking() > 0.0 {
            rule += &format!(";letter-spacing:{}px", self.tracking());
        }
        rule
    }
}

/// The colour of a line of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    #[default]
    Ink,
    Quiet,
    /// That of its traveller, from the group around it.
    Hue,
    /// A disagreement.
    Alert,
}

impl Tone {
    /// Its class in the stylesheet; empty for the ordinary one.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Ink => "",
            Tone::Quiet => "quiet",
            Tone::Hue => "hued",
            Tone::Alert => "alert",
        }
    }
}

/// Class of the hue of the `i`-th traveller.
pub fn hue_class(i: usize) -> String {
    format!("t{}", i % LIGHT.hues.len())
}

/// The stylesheet that every chart embeds, each rule bound to charts so that it can stand in a page. Rules with colours stand twice,
/// with plain ones and, for programs that say they know CSS variables, with variables that fall back to the same colours. Others (resvg,
/// librsvg, CairoSVG, Inkscape) skip the second block, as CSS tells them to do with what they do not know; a variable among
/// plain rules would turn their charts black.
pub fn stylesheet(theme: Theme) -> String {
    let palette = theme.palette();
    let plain = coloured(palette, |_, hex| hex.to_string());
    let variable = coloured(palette, |name, hex| format!("var(--chart-{name},{hex})"));
    format!("{}{}@supports (color:var(--x)){{{}}}", bound(&shapes()), bound(&plain), bound(&variable))
}

/// The declarations that give a page's charts the colours of a theme, whatever theme they were drawn in.
pub fn variables(theme: Theme) -> String {
    let p = theme.palette();
    let named = [
        ("ink", p.ink),
        ("quiet", p.quiet),
        ("paper", p.paper),
        ("band", p.band),
        ("grey", p.grey),
        ("line", p.line),
        ("land", p.land),
        ("visited", p.visited),
        ("sea", p.sea),
        ("country", p.country),
        ("water", p.water),
        ("alert", p.alert),
        ("alert-paper", p.alert_paper),
    ];
    let hues = p.hues.iter().enumerate().map(|(i, hex)| format!("--chart-hue{i}:{hex};"));
    named.iter().map(|(name, hex)| format!("--chart-{name}:{hex};")).chain(hues).collect()
}

type Rule = (String, String);

/// Rules with `.portolan` before each selector.
fn bound(rules: &[Rule]) -> String {
    let one = |(selectors, body): &Rule| {
        let selectors: Vec<String> = selectors.split(',').map(|s| format!(".portolan {s}")).collect();
        format!("{}{{{body}}}", selectors.join(","))
    };
    rules.iter().map(one).collect()
}

fn rule(selector: &str, body: &str) -> Rule {
    (selector.into(), body.into())
}

/// Rules without colours of their own.
fn shapes() -> Vec<Rule> {
    let families: Vec<String> =
        families().iter().map(|f| if f.contains(' ') { format!("'{f}'") } else { f.to_string() }).collect();
    let mut rules = vec![(
        "text".to_string(),
        format!("font-family:{},sans-serif;font-size:{SMALL}px;font-variant-numeric:tabular-nums", families.join(",")),
    )];
    rules.extend(Role::ALL.iter().map(|r| (format!(".{}", r.class()), r.rule())));
    rules.extend([
        rule(".hued,.arrow,.met,.disc,.bar,.range", "fill:currentColor"),
        // Bars of a timeline fade in steps, since not every program draws gradients.
        rule(".range", "fill-opacity:.36"),
        rule(".fade1", "opacity:.7"),
        rule(".fade2", "opacity:.45"),
        rule(".fade3", "opacity:.22"),
        rule(".halo", "paint-order:stroke;stroke-width:3px;stroke-linejoin:round"),
        rule(
            ".rule,.published,.leg,.dotted,.bracket,.stroke,.leader,.scale,.frame,.border,.tick,.axis,.link",
            "fill:none",
        ),
        rule(".published,.axis,.tick", "stroke-width:1"),
        rule(".leg,.dotted,.bracket,.stroke,.disc,.bar,.met,.unmet,.link", "stroke:currentColor"),
        rule(".leg", "stroke-width:2.5"),
        rule(".dashed", "stroke-dasharray:7 5"),
        rule(".dotted", "stroke-width:1.4;stroke-dasharray:2 3"),
        rule(".bracket", "stroke-width:1.6"),
        rule(".background .leg", "stroke-width:1.2"),
        rule(".disc", "stroke-width:2.2"),
        rule(".possible .disc", "stroke-dasharray:3 2.5"),
        rule(".number", "font-weight:700"),
        rule(".planned .number,.possible .number,.cancelled .number", "fill:currentColor"),
        rule(".stroke", "stroke-width:2"),
        rule(".met,.unmet", "stroke-width:1.5"),
        rule(".link", "stroke-width:1.2"),
        rule(".before", "stroke-width:1.8"),
        rule(".because-phrase", "stroke-dasharray:8 3"),
        rule(".because-tense", "stroke-dasharray:4 3"),
        rule(".because-list", "stroke-dasharray:8 3 2 3"),
        rule(".because-narrative", "stroke-dasharray:2 3"),
        rule(".leader,.scale,.frame", "stroke-width:.8"),
        rule(".land,.visited,.border,.lake", "stroke-width:.6;stroke-linejoin:round"),
    ]);
    rules
}

/// Rules with colours, each as `colour` writes it, given its name and its hex value. A traveller's hue is `color`.
fn coloured(p: &Palette, colour: impl Fn(&str, &str) -> String) -> Vec<Rule> {
    let fill = |name: &str, hex: &str| format!("fill:{}", colour(name, hex));
    let stroke = |name: &str, hex: &str| format!("stroke:{}", colour(name, hex));
    let line = stroke("line", p.line);
    let mut rules = vec![
        ("text".into(), fill("ink", p.ink)),
        (".quiet".into(), fill("quiet", p.quiet)),
        (".alert".into(), fill("alert", p.alert)),
        (".alert-box".into(), format!("{};{}", fill("alert-paper", p.alert_paper), stroke("alert", p.alert))),
        (".alert-mark".into(), format!("fill:none;stroke-width:2;{}", stroke("alert", p.alert))),
        (".halo".into(), stroke("paper", p.paper)),
        (".paper".into(), fill("paper", p.paper)),
        (".band".into(), fill("band", p.band)),
        (".rule,.tick".into(), line.clone()),
        (".axis,.leader,.scale,.frame".into(), stroke("quiet", p.quiet)),
        (".published".into(), stroke("ink", p.ink)),
        (".background".into(), format!("color:{}", colour("grey", p.grey))),
        (
            ".planned .disc,.possible .disc,.cancelled .disc,.unmet,.number,.planned .bar,.possible .bar".into(),
            fill("paper", p.paper),
        ),
        (".sea,.lake".into(), fill("sea", p.sea)),
        (".land".into(), format!("{};{line}", fill("land", p.land))),
        (".visited".into(), format!("{};{line}", fill("visited", p.visited))),
        (".border,.lake".into(), line.clone()),
        (".country".into(), fill("country", p.country)),
        (".water".into(), fill("water", p.water)),
    ];
    let hues =
        p.hues.iter().enumerate().map(|(i, h)| (format!(".t{i}"), format!("color:{}", colour(&format!("hue{i}"), h))));
    // Hues come before the rules that override them for single groups.
    rules.splice(0..0, hues);
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hex: &str) -> f64 {
        let channel = |i: usize| {
            let v = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).expect("hex")) / 255.0;
            if v <= 0.03928 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_stands_out_from_its_background_in_every_theme() {
        for (theme, name) in Theme::ALL {
            let p = theme.palette();
            for hue in p.hues.iter().chain([&p.ink, &p.quiet, &p.grey, &p.alert]) {
                for background in [p.paper, p.band] {
                    assert!(contrast(hue, background) >= 4.5, "{name}: {hue} on {background}");
                }
            }
            for background in [p.land, p.visited, p.sea] {
                for text in [p.ink, p.quiet, p.country] {
                    assert!(contrast(text, background) >= 4.5, "{name}: {text} on {background}");
                }
            }
            assert!(contrast(p.water, p.sea) >= 4.5 && contrast(p.alert, p.alert_paper) >= 4.5, "{name}");
        }
    }

    #[test]
    fn a_theme_declares_every_variable_of_the_stylesheet() {
        let declared = variables(Theme::Dark);
        for used in stylesheet(Theme::Light).split("var(--chart-").skip(1) {
            let name = used.split(',').next().unwrap_or_default();
            assert!(declared.contains(&format!("--chart-{name}:")), "{name}");
        }
    }

    #[test]
    fn the_stylesheet_is_bound_to_charts() {
        let css = stylesheet(Theme::Light);
        let rules = css.split_inclusive('}').filter(|r| !r.starts_with('}') && !r.starts_with("@supports"));
        assert!(rules.clone().all(|r| r.starts_with(".portolan ")), "{:?}", rules.collect::<Vec<_>>());
        assert!(!css.contains('<') && !css.contains("]]>"));
    }
}
