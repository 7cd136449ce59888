//! `portolan schema`, `completions` and `man`: what the program says of itself.

use super::Failure;
use std::io::Write;

/// Prints the JSON Schema of the itinerary document, or of a comparison.
pub fn schema(of_comparison: bool) -> Result<usize, Failure> {
    let schema = if of_comparison {
        schemars::schema_for!(crate::compare::Comparison)
    } else {
        schemars::schema_for!(crate::Itinerary)
    };
    print(&(serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"))
}

/// Prints a completion script.
pub fn completions(shell: clap_complete::Shell, command: &mut clap::Command) -> Result<usize, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "portolan", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Prints the manual page.
pub fn man(command: clap::Command) -> Result<usize, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(|e| {
        Failure::Output(
            format!("the manual page cannot be made: {e}"),
            "This is a fault of portolan; please report it.".into(),
        )
    })?;
    print(&String::from_utf8_lossy(&page))
}

fn print(text: &str) -> Result<usize, Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Output(
            format!("cannot write to standard output: {e}"),
            "Redirect it to a file on a disk with room.".into(),
        )),
        _ => Ok(0),
    }
}
