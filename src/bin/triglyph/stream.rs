//! `triglyph align --stream`: an article a line in, an aligned article a line out.

use std::io::{self, BufRead, Write};

use triglyph::corpus::{Entry, Filters, Outcome, Recipe};
use triglyph::format::jsonl::{self, Record};

use crate::console::Console;
use crate::limits;
use crate::status::{Failure, Status};

/// Aligns the articles on the lines of stdin, each when it has come, and writes it before the next is
/// read: whoever is at the other end of two pipes never waits for more input than it gave. An article that
/// fails is a line too.
pub(crate) fn run(recipe: &Recipe, annotate: bool, console: &Console) -> Result<Status, Failure> {
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    let (mut status, mut position) = (Status::Done, 0);
    let mut buffer = Vec::new();
    loop {
        let mut line = Vec::new();
        let read = input.read_until(b'\n', &mut line);
        match read.map_err(|e| Failure::of_io("stdin", &e))? {
            0 => return Ok(status),
            _ if line.trim_ascii().is_empty() => continue,
            _ => {}
        }
        let outcome = recipe.align(Entry::of_line(position, line));
        position += 1;
        if outcome.result.is_err() || !outcome.left_out.is_empty() {
            status = Status::SomeFailed;
        }
        if let Ok(aligned) = &outcome.result {
            let told = limits::told(aligned.article(), aligned.alignment());
            told.for_each(|told| console.warn(format_args!("{}: {told}", aligned.id())));
        }
        buffer.clear();
        write(&mut buffer, &outcome, annotate)
            .and_then(|()| out.write_all(&buffer))
            .and_then(|()| out.flush())
            .map_err(|e| Failure::of_io("stdout", &e))?;
    }
}

fn write(out: &mut Vec<u8>, outcome: &Outcome, annotate: bool) -> io::Result<()> {
    let aligned = match &outcome.result {
        Err(reason) => return jsonl::write_failed(out, &outcome.id, reason),
        Ok(aligned) => aligned,
    };
    let marks = match annotate {
        true => Filters::default().marks(aligned),
        false => Vec::new(),
    };
    let record = Record::new(aligned.id(), aligned.article(), aligned.alignment());
    jsonl::write_record(out, &record.marks(&marks).left_out(&outcome.left_out))
}
