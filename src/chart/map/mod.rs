//! Maps: Natural Earth's countries, embedded compactly, and projections onto a page. Knows the globe, not the document.

mod land;
mod projection;

pub use land::{Scale, countries};
pub use projection::{Azimuthal, EARTH_KM, Point, distance_km, great_circle};
