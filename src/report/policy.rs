//! The content security policy of a page: nothing is loaded, and only the page's own style and script, known by their hashes, apply.

use base64::Engine;
use sha2::{Digest, Sha256};

/// The policy for a page with one block of style and one of script, each exactly as it stands between its tags.
pub fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        source(style),
        source(script)
    )
}

fn source(block: &str) -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(block.as_bytes()));
    format!("'sha256-{hash}'")
}
