//! `triglyph completions` and `triglyph man`: the program described for shells and for `man`.

use clap_complete::Shell;
use clap_mangen::Man as Page;

use crate::output;
use crate::status::{Failure, Status};

/// Print the completions for a shell
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  triglyph completions bash > ~/.local/share/bash-completion/completions/triglyph
  triglyph completions fish > ~/.config/fish/completions/triglyph.fish")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

/// Print a page of the manual
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  triglyph man > triglyph.1
  triglyph man align > triglyph-align.1")]
pub(crate) struct Man {
    /// The subcommand that the page is about [default: the program as a whole]
    subcommand: Option<String>,
}

/// Prints completions for the program.
pub(crate) fn completions(
    args: &Completions,
    mut program: clap::Command,
) -> Result<Status, Failure> {
    // The generator panics where it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "triglyph", &mut script);
    print(&script)
}

/// Prints a page about the program or one of its subcommands.
pub(crate) fn man(args: &Man, mut program: clap::Command) -> Result<Status, Failure> {
    program.build();
    let command = match args.subcommand.as_deref() {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                let names = program.get_subcommands().map(clap::Command::get_name);
                let names: Vec<&str> = names.collect();
                let names = names.join(", ");
                let message = format!("`{name}` is no subcommand, expected one of {names}");
                return Err(Failure::Usage(message));
            }
        },
    };
    let mut page = Vec::new();
    let rendered = Page::new(command).render(&mut page);
    rendered.map_err(|e| Failure::of_io("man", &e))?;
    print(&page)
}

fn print(data: &[u8]) -> Result<Status, Failure> {
    output::to_stdout(|out| out.write_all(data))?;
    Ok(Status::Done)
}
