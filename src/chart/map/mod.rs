//! Maps: Natural Earth's countries and lakes, embedded compactly, and projections onto a page. Knows the globe, not the document.
//!
//! `sphere` reckons on the globe, `projection` puts it on a page, `fit` chooses the projection for some places and a frame, `land`
//! holds outlines, `window` cuts them to what a projection shows, and `outline` makes rings of the page of them.

mod fit;
mod land;
mod outline;
mod projection;
mod sphere;
mod window;

pub use fit::{Fit, fit};
pub use land::{Layer, Scale, big_lakes};
pub use outline::{Outline, hemisphere, outlines, world_edge};
pub use projection::Projection;
pub use sphere::{EARTH_KM, Point, distance_km, great_circle};
