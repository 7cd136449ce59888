//! Colours, type sizes and the stylesheet of all charts.
//!
//! Hues are Paul Tol's "bright" and "muted" schemes (SRON/EPS/TN/09-002, 2021), which stay apart for colour-blind readers;
//! those too light for text of 4.5:1 on white are left out. CSS variables let a site restyle a chart.

/// Hues of travellers, in order of first appearance.
pub const HUES: [&str; 8] = ["#0b5fa5", "#b3342d", "#1b7037", "#882255", "#8a5a00", "#332288", "#00707a", "#5f5f5f"];
pub const INK: &str = "#1d2430";
pub const QUIET: &str = "#555d68";
pub const PAPER: &str = "#ffffff";
pub const BAND: &str = "#f4f5f7";
pub const GREY: &str = "#73787f";

pub const LAND: &str = "#fbfaf7";
pub const VISITED: &str = "#f1e3d0";
pub const SEA: &str = "#e8eef6";
pub const COUNTRY: &str = "#6b6f76";
pub const WATER: &str = "#4f6a8c";

/// Type sizes in pixels: title, names, everything else; headings of zones are a little larger than the rest.
pub const TITLE: f64 = 24.0;
pub const NAME: f64 = 14.0;
pub const SMALL: f64 = 12.0;
pub const HEADING: f64 = 13.0;

/// Class of the hue of the `i`-th traveller.
pub fn hue_class(i: usize) -> String {
    format!("t{}", i % HUES.len())
}

/// The stylesheet that every chart embeds. Its rules stand twice, with plain colours and, for programs that say they know CSS
/// variables, with variables that fall back to the same colours. Others (resvg, librsvg, CairoSVG, Inkscape) skip the second block, as
/// CSS tells them to do with what they do not know; a variable among plain rules would turn their charts black.
pub fn stylesheet() -> String {
    let plain = rules(|_, hex| hex.to_string());
    let variable = rules(|name, hex| format!("var(--{name},{hex})"));
    format!("{plain}@supports (color:var(--ink)){{{variable}}}")
}

/// The rules, with each colour as `colour` writes it, given its name and its hex value. A traveller's hue is `color`.
fn rules(colour: impl Fn(&str, &str) -> String) -> String {
    let fill = |name: &str, hex: &str| format!("fill:{}", colour(name, hex));
    let stroke = |name: &str, hex: &str| format!("stroke:{}", colour(name, hex));
    let (ink, quiet, paper, band) = (fill("ink", INK), fill("quiet", QUIET), fill("paper", PAPER), fill("band", BAND));
    let (land, visited, sea) = (fill("land", LAND), fill("visited", VISITED), fill("sea", SEA));
    let (line, thin, halo, dark) =
        (stroke("line", "#c9c5bc"), stroke("quiet", QUIET), stroke("paper", PAPER), stroke("ink", INK));
    let (country, water) = (fill("country", COUNTRY), fill("water", WATER));
    let hues: String =
        HUES.iter().enumerate().map(|(i, h)| format!(".t{i}{{color:{}}}", colour(&format!("hue{i}"), h))).collect();
    let grey = colour("grey", GREY);
    format!(
        "text{{font-family:'Liberation Sans',Arial,Helvetica,'Noto Sans',sans-serif;font-size:{SMALL}px;{ink};font-variant-numeric:tabular-nums;unicode-bidi:isolate}}\
.title{{font-size:{TITLE}px;font-weight:700}}.subtitle{{font-size:{NAME}px}}.name{{font-size:{NAME}px;font-weight:700}}.strong{{font-weight:700}}.zone,.lane{{font-size:{HEADING}px}}.quiet{{{quiet}}}\
.halo{{paint-order:stroke;{halo};stroke-width:3px;stroke-linejoin:round}}\
.paper{{{paper}}}.band{{{band}}}.rule{{fill:none;{line}}}.published{{fill:none;{dark};stroke-width:1}}\
{hues}.background{{color:{grey}}}\
.leg{{fill:none;stroke:currentColor;stroke-width:2.5}}.dashed{{stroke-dasharray:7 5}}.dotted{{fill:none;stroke:currentColor;stroke-width:1.4;stroke-dasharray:2 3}}\
.bracket{{fill:none;stroke:currentColor;stroke-width:1.6}}.arrow{{fill:currentColor}}.background .leg{{stroke-width:1.2}}\
.disc{{fill:currentColor;stroke:currentColor;stroke-width:2.2}}.planned .disc,.possible .disc,.cancelled .disc{{{paper}}}.possible .disc{{stroke-dasharray:3 2.5}}\
.number{{fill:#fff;font-weight:700}}.planned .number,.possible .number,.cancelled .number{{fill:currentColor}}\
.stroke{{fill:none;stroke:currentColor;stroke-width:2}}.met{{fill:currentColor}}.call{{{paper};stroke:currentColor;stroke-width:1.5}}\
.leader,.scale,.frame{{fill:none;{thin};stroke-width:.8}}\
.sea{{{sea}}}.land{{{land};{line};stroke-width:.6;stroke-linejoin:round}}.visited{{{visited};{line};stroke-width:.6}}\
.country{{{country};letter-spacing:1.5px;font-size:11px}}.water{{{water};font-style:italic}}"
    )
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
    fn text_stands_out_from_its_background() {
        for hue in HUES.iter().chain(&[INK, QUIET]) {
            assert!(contrast(hue, PAPER) >= 4.5, "{hue}");
        }
        for background in [BAND, LAND, VISITED, SEA] {
            assert!(contrast(QUIET, background) >= 4.5, "{background}");
        }
        assert!(contrast(COUNTRY, LAND) >= 4.5 && contrast(WATER, SEA) >= 4.5);
    }
}
