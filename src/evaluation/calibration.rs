//! Confidence as a probability: how well it holds, and the table that makes it hold.
//!
//! The raw score of a reading only ranks; [`fit`] learns from annotated articles which share of each score is right (isotonic regression by
//! pool-adjacent-violators, Ayer et al. 1955), and [`error`] is the expected calibration error (Naeini et al. 2015).

/// Bins of the expected calibration error.
const BINS: usize = 10;

/// Fewest cases of one step, so that no probability hangs on a handful.
const LEAST: usize = 20;

/// Expected calibration error over ten bins of equal width, in [0, 1]: the mean distance between confidence and share right, weighted
/// by how many there are. 0 of none.
pub fn error(cases: &[(f64, bool)]) -> f64 {
    let mut bins = vec![(0usize, 0.0f64, 0usize); BINS];
    for (confidence, right) in cases {
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += confidence;
        bin.2 += usize::from(*right);
    }
    let distance = |(n, sum, right): &(usize, f64, usize)| (sum - *right as f64).abs() / (*n).max(1) as f64 * *n as f64;
    bins.iter().map(distance).sum::<f64>() / cases.len().max(1) as f64
}

/// For each threshold of confidence, in hundredths, the number kept and the number of those that are right, from the strictest;
/// a threshold that keeps as many as the one before is left out.
pub fn curve(cases: &[(f64, bool)]) -> Vec<(f64, usize, usize)> {
    let at = |hundredths: u32| {
        let least = f64::from(hundredths) / 100.0;
        let kept = cases.iter().filter(|(c, _)| *c >= least);
        (least, kept.clone().count(), kept.filter(|(_, right)| *right).count())
    };
    let mut curve: Vec<(f64, usize, usize)> = (0..=100).rev().map(at).filter(|c| c.1 > 0).collect();
    curve.dedup_by_key(|c| c.1);
    curve
}

/// Steps of (raw score, probability), rising in both: the share right among cases of about that score.
pub fn fit(cases: &[(f64, bool)]) -> Vec<(f64, f64)> {
    let mut sorted = cases.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pools: Vec<(f64, usize, usize)> = Vec::new();
    for chunk in sorted.chunks(LEAST) {
        let sum: f64 = chunk.iter().map(|c| c.0).sum();
        pools.push((sum, chunk.iter().filter(|c| c.1).count(), chunk.len()));
        while let [.., a, b] = pools[..] {
            if (a.1 + 1) * (b.2 + 2) <= (b.1 + 1) * (a.2 + 2) {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push((a.0 + b.0, a.1 + b.1, a.2 + b.2));
        }
    }
    // A little less than what was seen (Laplace, above too): these are the articles that the reading was made on.
    pools.iter().map(|(sum, right, n)| (sum / *n as f64, (*right as f64 + 1.0) / (*n as f64 + 2.0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fair_coin_at_one_half_has_no_error() {
        let cases: Vec<(f64, bool)> = (0..100).map(|i| (0.5, i % 2 == 0)).collect();
        assert!(error(&cases) < 1e-9);
        assert!((error(&cases.iter().map(|c| (0.9, c.1)).collect::<Vec<_>>()) - 0.4).abs() < 1e-9);
    }

    #[test]
    fn fitted_steps_rise() {
        let cases: Vec<(f64, bool)> = (0..200).map(|i| (f64::from(i) / 200.0, i % 7 != 0 && i > 60)).collect();
        let steps = fit(&cases);
        assert!(steps.len() > 1 && steps.windows(2).all(|w| w[0].0 <= w[1].0 && w[0].1 <= w[1].1));
    }

    #[test]
    fn a_small_last_pool_does_not_make_them_fall() {
        let cases: Vec<(f64, bool)> = (0..43).map(|i| (f64::from(i) / 43.0, i > 2)).collect();
        assert!(fit(&cases).windows(2).all(|w| w[0].1 <= w[1].1));
    }
}
