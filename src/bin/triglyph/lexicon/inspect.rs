//! `triglyph lexicon inspect`: what a lexicon knows of words.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;
use triglyph::{Lang, Lexicon};
use unicode_width::UnicodeWidthStr;

use super::pair::Pair;
use super::read_or_embedded;
use crate::output;
use crate::status::{Failure, Status};
use crate::wrap::pad;

/// Say what a lexicon knows of words
///
/// For each word in any form: the stem under which it is known, or the stems of the parts of a German
/// compound; how often each occurs in a million words; and its translations, which are stems too,
/// with their probabilities.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  triglyph lexicon inspect pressure
  triglyph lexicon inspect Druck Dampfdruck --from de --to en --format jsonl")]
pub(super) struct Args {
    /// The words
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,

    /// The language of the words [default: every one in which a word is known]
    #[arg(long, value_name = "LANG")]
    from: Option<Lang>,

    /// The language of the translations [default: all others]
    #[arg(long, value_name = "LANG")]
    to: Option<Lang>,

    /// The lexicon [default: the one inside the program]
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,

    /// How the words are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// A table a word and language
    Text,
    /// One JSON object a word and language, on one line
    Jsonl,
}

/// What is known of a word in a language, or in none.
#[derive(Serialize)]
struct Entry<'a> {
    word: &'a str,
    lang: Option<Lang>,
    stems: Vec<Stem>,
}

#[derive(Serialize)]
struct Stem {
    stem: String,
    /// Its share among all words.
    frequency: Option<f32>,
    translations: BTreeMap<Lang, Vec<Target>>,
}

#[derive(Serialize)]
struct Target {
    stem: String,
    probability: f32,
}

/// Runs the subcommand.
pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let lexicon = read_or_embedded(args.lexicon.as_deref())?;
    let pairs = args.pairs(&lexicon)?;
    output::to_stdout(|out| {
        let mut first = true;
        for entry in args
            .words
            .iter()
            .flat_map(|word| args.look_up(word, &lexicon, &pairs))
        {
            match args.format {
                Format::Text => {
                    if !first {
                        writeln!(out)?;
                    }
                    first = false;
                    write(out, &entry, &args.langs(&pairs))?;
                }
                Format::Jsonl => {
                    serde_json::to_writer(&mut *out, &entry)?;
                    writeln!(out)?;
                }
            }
        }
        io::Result::Ok(())
    })?;
    Ok(Status::Done)
}

impl Args {
    /// The languages between which translations are looked up.
    fn pairs(&self, lexicon: &Lexicon) -> Result<Vec<(Lang, Lang)>, Failure> {
        let all = lexicon.pairs();
        let fits = |wanted: Option<Lang>, lang| wanted.is_none_or(|wanted| wanted == lang);
        let pairs = all.iter().copied();
        let pairs = pairs.filter(|&(from, to)| fits(self.from, from) && fits(self.to, to));
        let pairs: Vec<(Lang, Lang)> = pairs.collect();
        if !pairs.is_empty() || all.is_empty() {
            return Ok(pairs);
        }
        let options = [("from", self.from), ("to", self.to)];
        let options = options.map(|(name, lang)| lang.map(|lang| format!("--{name} {lang}")));
        let options: Vec<String> = options.into_iter().flatten().collect();
        let all: Vec<String> = all.iter().map(|&(x, y)| Pair([x, y]).to_string()).collect();
        let (options, all) = (options.join(" "), all.join(", "));
        Err(Failure::Usage(format!(
            "the lexicon has no translations for {options}, only {all}"
        )))
    }

    /// The languages in which words are looked up.
    fn langs(&self, pairs: &[(Lang, Lang)]) -> Vec<Lang> {
        let mut langs: Vec<Lang> = pairs.iter().map(|&(from, _)| from).collect();
        langs.sort();
        langs.dedup();
        langs
    }

    /// What is known of a word: an entry a language, or one that says that nothing is.
    fn look_up<'a>(
        &self,
        word: &'a str,
        lexicon: &Lexicon,
        pairs: &[(Lang, Lang)],
    ) -> Vec<Entry<'a>> {
        let mut entries = Vec::new();
        for lang in self.langs(pairs) {
            let stems = lexicon.stems_of(word, lang).into_iter();
            let stems: Vec<Stem> = stems
                .map(|stem| {
                    let targets = pairs.iter().filter(|(from, _)| *from == lang);
                    Stem {
                        frequency: lexicon.frequency(&stem, lang),
                        translations: targets
                            .map(|&(_, to)| (to, translations(lexicon, &stem, lang, to)))
                            .collect(),
                        stem,
                    }
                })
                .collect();
            if !stems.is_empty() {
                let lang = Some(lang);
                entries.push(Entry { word, lang, stems });
            }
        }
        // What has parts in one language is more likely a word of one that knows the whole.
        if entries.iter().any(|entry| entry.stems.len() == 1) {
            entries.retain(|entry| entry.stems.len() == 1);
        }
        if entries.is_empty() {
            entries.push(Entry {
                word,
                lang: self.from,
                stems: Vec::new(),
            });
        }
        entries
    }
}

fn translations(lexicon: &Lexicon, stem: &str, from: Lang, to: Lang) -> Vec<Target> {
    let found = lexicon.translations_of_stem(stem, from, to).into_iter();
    let targets = found.map(|found| Target {
        probability: found.probability,
        stem: found.stem,
    });
    targets.collect()
}

/// Writes an entry as a table; `langs` are those in which the word was looked up.
fn write(out: &mut dyn Write, entry: &Entry<'_>, langs: &[Lang]) -> io::Result<()> {
    let Entry { word, lang, stems } = entry;
    let Some(lang) = lang.filter(|_| !stems.is_empty()) else {
        let langs: Vec<&str> = langs.iter().map(Lang::code).collect();
        return writeln!(out, "{word}  unknown in {}", langs.join(", "));
    };
    writeln!(out, "{word}  {lang}")?;
    let targets = stems
        .iter()
        .flat_map(|stem| stem.translations.values().flatten());
    let width = targets.map(|target| target.stem.width()).max().unwrap_or(0);
    for stem in stems {
        write!(out, "  {}", stem.stem)?;
        if let Some(frequency) = stem.frequency {
            write!(
                out,
                "  {:.1} in a million words",
                f64::from(frequency) * 1e6
            )?;
        }
        writeln!(out)?;
        for (to, targets) in &stem.translations {
            if targets.is_empty() {
                writeln!(out, "    {to:<3}  -")?;
            }
            for (index, target) in targets.iter().enumerate() {
                let to = if index == 0 { to.code() } else { "" };
                let (name, p) = (pad(&target.stem, width), target.probability);
                writeln!(out, "    {to:<3}  {name}  {p:.2}")?;
            }
        }
    }
    Ok(())
}
