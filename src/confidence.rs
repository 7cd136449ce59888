//! Confidence: the raw score of a reading becomes the probability that it is right.
//!
//! The tables under `data/confidence` are made by `portolan-train calibrate` from annotated articles. This module knows numbers only.

use std::sync::OnceLock;

/// Steps of (raw score, probability); between two steps the probability rises evenly.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    visits: Vec<(f64, f64)>,
    meetings: Vec<(f64, f64)>,
}

impl Calibration {
    /// The tables that are part of the program.
    pub fn embedded() -> &'static Calibration {
        static TABLES: OnceLock<Calibration> = OnceLock::new();
        TABLES.get_or_init(|| Calibration {
            visits: steps(include_str!("../data/confidence/visits.tsv")),
            meetings: steps(include_str!("../data/confidence/meetings.tsv")),
        })
    }

    /// No tables: every score stays as it is. For making tables.
    pub fn none() -> Calibration {
        Calibration::default()
    }

    /// One table for visits and meetings alike. For measuring tables.
    pub fn of(steps: Vec<(f64, f64)>) -> Calibration {
        Calibration { visits: steps.clone(), meetings: steps }
    }

    /// Probability that a visit of this raw score is right, in [0, 1].
    pub fn visit(&self, raw: f64) -> f64 {
        between(&self.visits, raw)
    }

    /// Probability that a meeting of this raw score is right, in [0, 1].
    pub fn meeting(&self, raw: f64) -> f64 {
        between(&self.meetings, raw)
    }
}

fn steps(table: &str) -> Vec<(f64, f64)> {
    let rows = table.lines().filter(|l| !l.starts_with('#')).skip(1);
    rows.filter_map(|l| l.split_once('\t')).filter_map(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?))).collect()
}

fn between(steps: &[(f64, f64)], raw: f64) -> f64 {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return raw };
    let above = steps.iter().position(|s| s.0 >= raw);
    match above {
        Some(0) => first.1,
        None => last.1,
        Some(i) => {
            let (a, b) = (steps[i - 1], steps[i]);
            a.1 + (b.1 - a.1) * (raw - a.0) / (b.0 - a.0).max(f64::EPSILON)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probability_rises_evenly_between_steps() {
        let steps = [(0.5, 0.4), (0.9, 0.8)];
        assert_eq!(between(&steps, 0.1), 0.4);
        assert!((between(&steps, 0.7) - 0.6).abs() < 1e-9);
        assert_eq!(between(&steps, 1.0), 0.8);
        assert_eq!(between(&[], 0.3), 0.3);
    }
}
