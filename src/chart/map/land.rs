//! Countries and lakes as rings of longitude and latitude that share their arcs; the format is described in `data/map/make.py`.

use super::sphere::{Cap, Point, Vector, unit, vector};
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

/// What is outlined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    Countries,
    Lakes,
}

/// Areas that share their arcs, so that a line between two of them is simplified once and in one way.
#[derive(Debug, Default)]
pub struct Atlas {
    pub arcs: Vec<Vec<Point>>,
    pub areas: Vec<Area>,
}

/// A country or a lake.
#[derive(Debug, Default)]
pub struct Area {
    /// ISO 3166-1 alpha-2, or "--".
    pub iso: String,
    pub rings: Vec<Ring>,
}

/// A closed line with the inside on its right.
#[derive(Debug)]
pub struct Ring {
    /// Arcs by index; `!index` for one that is walked backwards.
    pub arcs: Vec<i64>,
    /// A cap that holds it.
    pub cap: Cap,
}

/// All areas of a layer; decoded at first use.
pub fn atlas(layer: Layer, scale: Scale) -> &'static Atlas {
    static FILES: [OnceLock<Atlas>; 4] = [const { OnceLock::new() }; 4];
    let (slot, bytes): (usize, &[u8]) = match (layer, scale) {
        (Layer::Countries, Scale::Coarse) => (0, include_bytes!("../../../data/map/land-110m.bin")),
        (Layer::Countries, Scale::Fine) => (1, include_bytes!("../../../data/map/land-50m.bin")),
        (Layer::Lakes, Scale::Coarse) => (2, include_bytes!("../../../data/map/lakes-110m.bin")),
        (Layer::Lakes, Scale::Fine) => (3, include_bytes!("../../../data/map/lakes-50m.bin")),
    };
    FILES[slot].get_or_init(|| decode(bytes).unwrap_or_default())
}

/// Names of big lakes with a point inside, the biggest first.
pub fn big_lakes() -> &'static [(&'static str, Point)] {
    static LAKES: OnceLock<Vec<(&str, Point)>> = OnceLock::new();
    let lake = |line: &'static str| {
        let mut cells = line.split('\t').skip(1);
        let name = cells.next()?;
        let (lat, lon) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
        Some((name, (lon, lat)))
    };
    LAKES.get_or_init(|| include_str!("../../../data/map/lakes.tsv").lines().filter_map(lake).collect())
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

fn decode(bytes: &[u8]) -> Option<Atlas> {
    let mut r = Reader(bytes);
    let mut atlas = Atlas::default();
    for _ in 0..r.word()? {
        let (mut x, mut y) = (0, 0);
        let mut arc = Vec::new();
        for _ in 0..r.varint()? {
            x += r.signed()?;
            y += r.signed()?;
            arc.push((x as f64 * STEP, y as f64 * STEP));
        }
        atlas.arcs.push(arc);
    }
    let directions: Vec<Vec<Vector>> = atlas.arcs.iter().map(|a| a.iter().copied().map(vector).collect()).collect();
    for _ in 0..r.word()? {
        let iso = String::from_utf8(vec![r.byte()?, r.byte()?]).ok()?;
        let mut rings = Vec::new();
        for _ in 0..r.varint()? {
            let arcs: Vec<i64> = (0..r.varint()?).map(|_| r.signed()).collect::<Option<_>>()?;
            let points: Option<Vec<&[Vector]>> =
                arcs.iter().map(|n| Some(directions.get(index(*n))?.as_slice())).collect();
            rings.push(Ring { arcs, cap: cap(&points?) });
        }
        atlas.areas.push(Area { iso, rings });
    }
    Some(atlas)
}

/// Which arc a reference means.
pub fn index(reference: i64) -> usize {
    (if reference < 0 { !reference } else { reference }) as usize
}

fn cap(arcs: &[&[Vector]]) -> Cap {
    let mut sum = [0.0; 3];
    arcs.iter().copied().flatten().for_each(|v| sum = [sum[0] + v[0], sum[1] + v[1], sum[2] + v[2]]);
    Cap::holding(unit(sum), arcs.iter().copied().flatten().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_those_of_the_countries() {
        for scale in [Scale::Coarse, Scale::Fine] {
            let atlas = atlas(Layer::Countries, scale);
            let iraq = atlas.areas.iter().find(|c| c.iso == "IQ").expect("Iraq");
            let points = iraq.rings[0].arcs.iter().flat_map(|n| &atlas.arcs[index(*n)]);
            let (west, east) = points.fold((180.0f64, -180.0f64), |(w, e), p| (w.min(p.0), e.max(p.0)));
            assert!((west - 38.8).abs() < 0.3 && (east - 48.6).abs() < 0.3, "{west} {east}");
            assert!(super::atlas(Layer::Lakes, scale).areas.len() > 40);
        }
    }

    #[test]
    fn the_big_lakes_have_names() {
        assert!(
            big_lakes().iter().take(6).any(|(name, at)| *name == "Lake Huron" && at.1 > 40.0),
            "{:?}",
            big_lakes().first()
        );
    }
}
