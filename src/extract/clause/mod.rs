//! Questions about one clause: who is its subject, how certain is it, when does it take place.
//!
//! Pure functions over a [`View`](super::scene::View) whose people, places and times are marked. They know grammar and the signs
//! of certainty in the lexicon; which verbs mean travel or meeting is the business of [`super::visits`] and [`super::meetings`].
//!
//! | module | answers |
//! |---|---|
//! | [`people`] | whom a noun phrase names |
//! | [`subjects`](mod@subjects) | who does what a verb or noun says, and to whom |
//! | [`certainty`](mod@certainty) | whether it has taken place, is planned, possible or cancelled |
//! | [`times`] | when it takes place |

mod certainty;
mod people;
mod subjects;
mod times;

pub use certainty::{Certainty, certainty};
pub use people::{each_once, led_by, people_of};
pub use subjects::{objects, subjects};
pub use times::times_of;
