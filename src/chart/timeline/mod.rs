//! The timeline: time from left to right in lanes by traveller, or downwards as a list.
//!
//! `when` says how much is known of a stop's time, `zones` which stops share a stretch of it and in which order the stretches come;
//! `rows` packs them, `lanes` and `list` place them, `joins` and `bars` draw what runs between and through days, `apart` what is only
//! recalled. `plan` is the layout that comes of it, and `draw` its ink. A stop without a date has no position on the axis.

mod apart;
mod bars;
mod card;
mod draw;
mod facts;
mod joins;
mod lanes;
mod layout;
mod list;
mod plan;
mod rows;
mod when;
mod zones;

pub use draw::timeline;
pub use layout::layout;
pub use plan::TimelineLayout;
