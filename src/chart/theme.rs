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

/// Type sizes in pixels: title, names, everything else.
pub const TITLE: f64 = 24.0;
pub const NAME: f64 = 14.0;
pub const SMALL: f64 = 12.0;

/// Class of the hue of the `i`-th traveller.
pub fn hue_class(i: usize) -> String {
    format!("t{}", i % HUES.len())
}

/// The stylesheet that every chart embeds.
pub fn stylesheet() -> String {
    let hues: String = HUES.iter().enumerate().map(|(i, h)| format!(".t{i}{{--hue:var(--hue{i},{h})}}")).collect();
    format!(
        "svg{{--ink:{INK};--quiet:{QUIET};--paper:{PAPER};--band:{BAND};--grey:{GREY};--land:#fbfaf7;--visited:#f1e3d0;--sea:#e8eef6;--line:#c9c5bc;--coast:#a9b6c6;background:var(--paper)}}\
text{{font-family:'Liberation Sans',Arial,Helvetica,'Noto Sans',sans-serif;font-size:{SMALL}px;fill:var(--ink);font-variant-numeric:tabular-nums;unicode-bidi:isolate}}\
.title{{font-size:{TITLE}px;font-weight:700}}.name{{font-size:{NAME}px;font-weight:700}}.strong{{font-weight:700}}.quiet{{fill:var(--quiet)}}\
.halo{{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}}\
.paper{{fill:var(--paper)}}.band{{fill:var(--band)}}.rule{{fill:none;stroke:var(--line);stroke-width:1}}.published{{fill:none;stroke:var(--ink);stroke-width:1}}\
.leg{{fill:none;stroke:var(--hue);stroke-width:2.5}}.dashed{{stroke-dasharray:7 5}}.dotted{{fill:none;stroke:var(--hue);stroke-width:1.4;stroke-dasharray:2 3}}\
.bracket{{fill:none;stroke:var(--hue);stroke-width:1.6}}.arrow{{fill:var(--hue)}}\
.disc{{fill:var(--hue);stroke:var(--hue);stroke-width:2.2}}.planned .disc,.possible .disc,.cancelled .disc{{fill:var(--paper)}}.possible .disc{{stroke-dasharray:3 2.5}}\
.number{{fill:#fff;font-weight:700;font-size:{SMALL}px}}.planned .number,.possible .number,.cancelled .number{{fill:var(--hue)}}\
.stroke{{fill:none;stroke:var(--hue);stroke-width:2}}.met{{fill:var(--hue)}}.call{{fill:var(--paper);stroke:var(--hue);stroke-width:1.5}}\
.background{{--hue:var(--grey)}}.background .leg{{stroke-width:1.2}}.leader{{fill:none;stroke:var(--quiet);stroke-width:.8}}\
.sea{{fill:var(--sea)}}.land{{fill:var(--land);stroke:var(--line);stroke-width:.6;stroke-linejoin:round}}.visited{{fill:var(--visited);stroke:var(--line);stroke-width:.6}}\
.country{{fill:#6b6f76;letter-spacing:1.5px;font-size:11px}}.water{{fill:#4f6a8c;font-style:italic}}.scale{{fill:none;stroke:var(--quiet);stroke-width:1}}\
.frame{{fill:none;stroke:var(--quiet);stroke-width:1}}{hues}"
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
        for background in [BAND, "#fbfaf7", "#f1e3d0", "#e8eef6"] {
            assert!(contrast(QUIET, background) >= 4.5, "{background}");
        }
        assert!(contrast("#6b6f76", "#fbfaf7") >= 4.5 && contrast("#4f6a8c", "#e8eef6") >= 4.5);
    }
}
