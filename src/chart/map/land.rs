//! Countries as rings of longitude and latitude; the format is described in `data/map/make.py`.

use super::Point;
use std::sync::OnceLock;

/// Degrees in a step of the files.
const STEP: f64 = 0.005;

/// How detailed the outlines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// 1:110 million, for far out.
    Coarse,
    /// 1:50 million, for close in.
    Fine,
}

/// The outline of a country.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-2, or "--".
    pub iso: String,
    pub rings: Vec<Vec<Point>>,
}

/// All countries; decoded at first use.
pub fn countries(scale: Scale) -> &'static [Country] {
    static COARSE: OnceLock<Vec<Country>> = OnceLock::new();
    static FINE: OnceLock<Vec<Country>> = OnceLock::new();
    match scale {
        Scale::Coarse => {
            COARSE.get_or_init(|| decode(include_bytes!("../../../data/map/land-110m.bin")).unwrap_or_default())
        }
        Scale::Fine => {
            FINE.get_or_init(|| decode(include_bytes!("../../../data/map/land-50m.bin")).unwrap_or_default())
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn word(&mut self) -> Option<u32> {
        let (head, rest) = self.0.split_at_checked(4)?;
        self.0 = rest;
        Some(u32::from_le_bytes([head[0], head[1], head[2], head[3]]))
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let n = self.varint()?;
        Some((n >> 1) as i64 ^ -((n & 1) as i64))
    }
}

fn decode(bytes: &[u8]) -> Option<Vec<Country>> {
    let mut r = Reader(bytes);
    let mut arcs: Vec<Vec<Point>> = Vec::new();
    for _ in 0..r.word()? {
        let (mut x, mut y) = (0, 0);
        let mut arc = Vec::new();
        for _ in 0..r.varint()? {
            x += r.signed()?;
            y += r.signed()?;
            arc.push((x as f64 * STEP, y as f64 * STEP));
        }
        arcs.push(arc);
    }
    let mut countries = Vec::new();
    for _ in 0..r.word()? {
        let iso = String::from_utf8(vec![r.byte()?, r.byte()?]).ok()?;
        let mut rings = Vec::new();
        for _ in 0..r.varint()? {
            let mut ring: Vec<Point> = Vec::new();
            for _ in 0..r.varint()? {
                let n = r.signed()?;
                let arc = arcs.get(if n < 0 { !n } else { n } as usize)?;
                let mut points = arc.clone();
                if n < 0 {
                    points.reverse();
                }
                ring.extend(points.into_iter().skip(usize::from(!ring.is_empty())));
            }
            rings.push(ring);
        }
        countries.push(Country { iso, rings });
    }
    Some(countries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_those_of_the_countries() {
        for scale in [Scale::Coarse, Scale::Fine] {
            let iraq = countries(scale).iter().find(|c| c.iso == "IQ").expect("Iraq");
            let (west, east) = iraq.rings[0].iter().fold((180.0f64, -180.0f64), |(w, e), p| (w.min(p.0), e.max(p.0)));
            assert!((west - 38.8).abs() < 0.3 && (east - 48.6).abs() < 0.3, "{west} {east}");
        }
    }
}
