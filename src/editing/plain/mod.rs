//! x
use super::Finding; use crate::Itinerary;
pub fn detected(_: &str) -> bool { false }
pub fn read(_: &str, _: &str) -> (Option<Itinerary>, Vec<Finding>) { (None, vec![]) }
