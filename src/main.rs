//! The program: parses the arguments and runs the command. See [`portolan::cli`] for the exit codes.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    portolan::cli::run(portolan::cli::Arguments::parse())
}
