//! [`Lexicons`]: the options by which a user adds words to what an aligner knows.

use std::path::PathBuf;
use std::str::FromStr;

use indicatif::ProgressBar;
use triglyph::Aligner;
use triglyph::lexicon::Trainer;

use super::names::columns;
use super::open::open;
use super::pair::Pair;
use crate::console::Console;
use crate::reading::shown;
use crate::status::Failure;

/// Options on the words that an aligner knows beyond those inside the program.
#[derive(clap::Args, Debug)]
pub(crate) struct Lexicons {
    /// Look words up in this lexicon too (see `triglyph lexicon train`); may be given several
    /// times
    #[arg(long = "lexicon", value_name = "FILE")]
    lexicons: Vec<PathBuf>,

    /// Look words up in this dictionary too, a pair a line: `word<TAB>translation`, or hunalign's
    /// `translation @ word`. The languages, the translation's last, stand behind the name or in it:
    /// words.en-fr.tsv. May be given several times
    #[arg(long = "dictionary", value_name = "FILE[=en-fr]")]
    dictionaries: Vec<Dictionary>,
}

/// A file of word pairs and the languages that it is told to be in.
#[derive(Clone, Debug)]
struct Dictionary {
    file: PathBuf,
    told: Option<Pair>,
}

impl FromStr for Dictionary {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let whole = Self {
            file: text.into(),
            told: None,
        };
        match text.rsplit_once('=') {
            // The `=` stands inside the name of a file.
            Some((_, end)) if end.contains(['.', '/', '\\']) => Ok(whole),
            Some((file, pair)) => Ok(Self {
                file: file.into(),
                told: Some(pair.parse()?),
            }),
            None => Ok(whole),
        }
    }
}

impl Dictionary {
    /// The languages of the words and of their translations.
    fn pair(&self) -> Result<Pair, Failure> {
        if let Some(told) = self.told {
            return Ok(told);
        }
        match columns(&self.file)?.as_deref() {
            Some(&[source, target]) if source != target => Ok(Pair([source, target])),
            _ => {
                let file = shown(&self.file);
                Err(Failure::Usage(format!(
                    "{file}: the name does not tell the two languages; write --dictionary \
                     {file}=en-fr, or call it as in words.en-fr.tsv"
                )))
            }
        }
    }
}

impl Lexicons {
    /// The files that are read.
    pub(crate) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        let dictionaries = self.dictionaries.iter().map(|dictionary| &dictionary.file);
        self.lexicons.iter().chain(dictionaries)
    }

    /// An aligner that knows these words too.
    pub(crate) fn add_to(
        &self,
        mut aligner: Aligner,
        console: &Console,
    ) -> Result<Aligner, Failure> {
        let pairs: Vec<Pair> = (self.dictionaries.iter())
            .map(Dictionary::pair)
            .collect::<Result<_, _>>()?;
        for file in &self.lexicons {
            let read = || super::read(file);
            let lexicon = console.time(format_args!("read {}", shown(file)), read)?;
            aligner = aligner.lexicon(lexicon);
        }
        let mut trainer = Trainer::new();
        for (Dictionary { file, .. }, Pair(langs)) in self.dictionaries.iter().zip(pairs) {
            let read = || -> Result<(), Failure> {
                let lines = open(file, &ProgressBar::hidden())?;
                Ok(trainer.read_dictionary(lines, langs)?)
            };
            console.time(format_args!("read {}", shown(file)), read)?;
            if trainer.is_empty() {
                let file = shown(file);
                return Err(Failure::Failed(format!(
                    "{file}: no pair of words, expected one on each line"
                )));
            }
        }
        if !trainer.is_empty() {
            let learn = || trainer.train(|_| {});
            aligner = aligner.lexicon(console.time("learn the dictionaries", learn));
        }
        Ok(aligner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_dictionaries() {
        for (text, file, told) in [
            ("x.en-fr.tsv", "x.en-fr.tsv", None),
            ("x.dic=de-en", "x.dic", Some("de-en")),
            ("a=b/x.tsv", "a=b/x.tsv", None),
            ("a=b/x.tsv=de-en", "a=b/x.tsv", Some("de-en")),
        ] {
            let found: Dictionary = text.parse().unwrap();
            let pair = found.told.map(|pair| pair.to_string());
            assert_eq!((found.file, pair.as_deref()), (file.into(), told), "{text}");
        }
        let error = "x.tsv=fr".parse::<Dictionary>().unwrap_err();
        assert_eq!(error, "expected two languages, such as en-fr");
    }
}
