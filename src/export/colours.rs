//! The colours of nodes by type, in tools that draw the graph: dark enough for white paper, and told apart without red
//! and green (the hues of the charts' light theme). Knows nothing else.

use super::graph::NodeKind;

/// Red, green, blue, 0 to 255.
pub fn colour(kind: NodeKind) -> [u8; 3] {
    match kind {
        NodeKind::Article => [108, 113, 120],
        NodeKind::Official => [11, 95, 165],
        NodeKind::Place => [27, 112, 55],
        NodeKind::Trip => [138, 90, 0],
        NodeKind::Visit => [179, 52, 45],
        NodeKind::Meeting => [136, 34, 85],
    }
}

/// As `#rrggbb`.
pub fn hex(kind: NodeKind) -> String {
    let [r, g, b] = colour(kind);
    format!("#{r:02x}{g:02x}{b:02x}")
}
