//! [`Plan`]: which languages are in which of the files that a lexicon is trained from.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use triglyph::Lang;
use triglyph::lexicon::Trainer;

use super::names::{Name, columns, is_named};
use super::open::open;
use super::pair::Pair;
use crate::output::is_standard;
use crate::reading::shown;
use crate::status::Failure;

/// The columns of a vocabulary whose name does not tell them.
const VOCABULARY: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

/// What is read, in this order.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) sources: Vec<Source>,
    /// Files that hold none of the pairs.
    pub(super) skipped: Vec<PathBuf>,
}

/// Files that are read together.
#[derive(Debug)]
pub(super) enum Source {
    /// A sentence in each language a line.
    Tsv { file: PathBuf, columns: Vec<Lang> },
    /// Two files of which each line translates the same line of the other.
    Parallel([(Lang, PathBuf); 2]),
    /// A concept a line.
    Vocabulary { file: PathBuf, columns: Vec<Lang> },
}

/// The files of a Moses corpus by language.
type Corpus = BTreeMap<Lang, PathBuf>;

/// Whether two languages are one of the pairs; without pairs, all are.
pub(super) fn is_wanted(pairs: &[Pair], x: Lang, y: Lang) -> bool {
    x != y && (pairs.is_empty() || pairs.iter().any(|pair| pair.is(x, y)))
}

impl Plan {
    /// Tells from their names what the files are; `pairs` are those to be trained, all if none.
    pub(super) fn new(
        files: &[PathBuf],
        vocabularies: &[PathBuf],
        pairs: &[Pair],
    ) -> Result<Self, Failure> {
        let (mut sources, mut skipped) = (Vec::new(), Vec::new());
        let mut corpora: BTreeMap<PathBuf, Corpus> = BTreeMap::new();
        for file in files {
            let name = Name::of(file);
            if name.is_tsv() || is_standard(file) {
                let columns = match columns(file)? {
                    Some(columns) => columns,
                    None => only(pairs, file)?.to_vec(),
                };
                match any_wanted(&columns, pairs) {
                    true => sources.push(Source::Tsv {
                        file: file.clone(),
                        columns,
                    }),
                    false => skipped.push(file.clone()),
                }
                continue;
            }
            let lang = name.lang().filter(|&lang| {
                is_named(lang) || pairs.iter().any(|pair| pair.other(lang).is_some())
            });
            let Some(lang) = lang else {
                let file = file.display();
                return Err(Failure::Usage(format!(
                    "{file}: the name does not tell what it holds; expected columns with tabs \
                     between them, as in x.en-fr.tsv, or a language each, as in x.en and x.fr"
                )));
            };
            if !pairs.is_empty() && pairs.iter().all(|pair| pair.other(lang).is_none()) {
                skipped.push(file.clone());
                continue;
            }
            let corpus = corpora.entry(name.stem).or_default();
            if let Some(before) = corpus.insert(lang, file.clone()) {
                let (file, before, lang) = (file.display(), before.display(), lang.name());
                return Err(Failure::Usage(format!(
                    "{file} is in {lang}, and so is {before}; give one of them"
                )));
            }
        }
        for (stem, corpus) in &corpora {
            sources.extend(parallel(stem, corpus, pairs)?);
        }
        for file in vocabulary_files(vocabularies)? {
            let columns = columns(&file)?.unwrap_or_else(|| VOCABULARY.to_vec());
            match any_wanted(&columns, pairs) {
                true => sources.push(Source::Vocabulary { file, columns }),
                false => skipped.push(file),
            }
        }
        Ok(Self { sources, skipped })
    }
}

fn any_wanted(columns: &[Lang], pairs: &[Pair]) -> bool {
    let behind = |i: usize| columns[i + 1..].iter();
    (columns.iter().enumerate()).any(|(i, &x)| behind(i).any(|&y| is_wanted(pairs, x, y)))
}

/// The languages of the only pair, for a file whose name tells none.
fn only(pairs: &[Pair], file: &Path) -> Result<[Lang; 2], Failure> {
    let what = shown(file);
    let what = match is_standard(file) {
        true => format!("{what}: the columns are not known"),
        false => format!("{what}: the name does not tell the columns, as x.en-fr-de.tsv does"),
    };
    match pairs {
        [Pair(langs)] => Ok(*langs),
        [] => Err(Failure::Usage(format!(
            "{what}; give --pair with the languages of its columns, or rename it"
        ))),
        [..] => Err(Failure::Usage(format!(
            "{what}, and there are several pairs; rename it, or train it with one --pair"
        ))),
    }
}

/// The pairs of files in a corpus that are wanted; each of them must be in one.
fn parallel(stem: &Path, corpus: &Corpus, pairs: &[Pair]) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    for (&lang, file) in corpus {
        let others = corpus.keys().filter(|&&l| is_wanted(pairs, lang, l));
        if others.count() == 0 {
            return Err(lone(stem, lang, file, pairs));
        }
        for (&other, translation) in corpus.range(lang..).skip(1) {
            if is_wanted(pairs, lang, other) {
                let files = [(lang, file.clone()), (other, translation.clone())];
                sources.push(Source::Parallel(files));
            }
        }
    }
    Ok(sources)
}

/// What to say of a file without a counterpart.
fn lone(stem: &Path, lang: Lang, file: &Path, pairs: &[Pair]) -> Failure {
    let mut missing: Vec<String> = (pairs.iter())
        .filter_map(|pair| pair.other(lang))
        .map(|other| format!("{}.{other}", stem.display()))
        .collect();
    if missing.is_empty() {
        let stem = stem.display();
        missing.push(format!("the same lines in another language, {stem}.<lang>"));
    }
    let (file, missing) = (file.display(), missing.join(" or "));
    Failure::Usage(format!(
        "{file}: its translation is missing; give {missing} too"
    ))
}

/// The files that are given as vocabularies or stand in a folder that is.
fn vocabulary_files(given: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for place in given {
        if !place.is_dir() {
            files.push(place.clone());
            continue;
        }
        let failed = |e: io::Error| Failure::of_io(place, &e);
        let mut inside = Vec::new();
        for entry in fs::read_dir(place).map_err(failed)? {
            let file = entry.map_err(failed)?.path();
            if Name::of(&file).is_tsv() {
                inside.push(file);
            }
        }
        if inside.is_empty() {
            let place = place.display();
            return Err(Failure::Failed(format!(
                "{place}: no vocabulary in this folder, expected files such as a.tsv"
            )));
        }
        inside.sort();
        files.append(&mut inside);
    }
    Ok(files)
}

impl Source {
    /// The files to be read.
    pub(super) fn files(&self) -> Vec<&Path> {
        match self {
            Self::Tsv { file, .. } | Self::Vocabulary { file, .. } => vec![file],
            Self::Parallel(files) => files.iter().map(|(_, file)| file.as_path()).collect(),
        }
    }

    /// Reads the files; the bytes of them move the bar.
    pub(super) fn read(
        &self,
        trainer: &mut Trainer,
        pairs: &[Pair],
        bar: &ProgressBar,
    ) -> Result<(), Failure> {
        let wanted = |x, y| is_wanted(pairs, x, y);
        match self {
            Self::Tsv { file, columns } => trainer.read_tsv(open(file, bar)?, columns, wanted)?,
            Self::Vocabulary { file, columns } => {
                trainer.read_vocabulary(open(file, bar)?, columns, wanted)?;
            }
            Self::Parallel([(lang, file), (other, translation)]) => trainer
                .read_parallel((*lang, open(file, bar)?), (*other, open(translation, bar)?))?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a call reads, a line a source, or what is wrong with it.
    fn planned(files: &str, vocabularies: &str, pairs: &str) -> String {
        let paths = |files: &str| files.split_whitespace().map(PathBuf::from).collect();
        let (files, vocabularies): (Vec<PathBuf>, Vec<PathBuf>) =
            (paths(files), paths(vocabularies));
        let pairs: Vec<Pair> = (pairs.split_whitespace())
            .map(|pair| pair.parse().unwrap())
            .collect();
        let plan = match Plan::new(&files, &vocabularies, &pairs) {
            Ok(plan) => plan,
            Err(Failure::Usage(message) | Failure::Failed(message)) => return message,
            Err(Failure::Closed) => return "closed".into(),
        };
        let codes = |langs: &[Lang]| langs.iter().map(Lang::code).collect::<Vec<_>>().join(" ");
        let sources = plan.sources.iter().map(|source| match source {
            Source::Tsv { file, columns } => format!("{} {}", file.display(), codes(columns)),
            Source::Parallel([(_, x), (_, y)]) => format!("{} + {}", x.display(), y.display()),
            Source::Vocabulary { file, columns } => {
                format!("words: {} {}", file.display(), codes(columns))
            }
        });
        let skipped = plan
            .skipped
            .iter()
            .map(|file| format!("not {}", file.display()));
        sources.chain(skipped).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn plans() {
        for (files, pairs, expected) in [
            ("a.en-fr-de.tsv", "", "a.en-fr-de.tsv en fr de"),
            ("a.tsv.gz", "en-fr", "a.tsv.gz en fr"),
            ("-", "de-fr", "- de fr"),
            (
                "a.fr-de.tsv b.de-en.tsv",
                "en-de",
                "b.de-en.tsv de en; not a.fr-de.tsv",
            ),
            ("a.en b.en a.fr b.fr.gz", "", "a.en + a.fr; b.en + b.fr.gz"),
            (
                "a.en a.fr a.de",
                "",
                "a.de + a.en; a.de + a.fr; a.en + a.fr",
            ),
            ("a.en a.fr a.de", "en-fr en-de", "a.de + a.en; a.en + a.fr"),
            ("a.en a.fr a.de", "en-fr", "a.en + a.fr; not a.de"),
            ("x/a.gd x/a.en", "en-gd", "x/a.en + x/a.gd"),
        ] {
            assert_eq!(planned(files, "", pairs), expected, "{files} {pairs}");
        }
        for (vocabularies, pairs, expected) in [
            (
                "w.tsv v.de-es.tsv",
                "",
                "words: w.tsv en fr de; words: v.de-es.tsv de es",
            ),
            ("w.tsv", "en-es", "not w.tsv"),
        ] {
            let found = planned("", vocabularies, pairs);
            assert_eq!(found, expected, "{vocabularies} {pairs}");
        }
    }

    #[test]
    fn wrong_plans() {
        for (files, pairs, expected) in [
            (
                "a.tsv",
                "",
                "a.tsv: the name does not tell the columns, as x.en-fr-de.tsv does; give --pair \
                 with the languages of its columns, or rename it",
            ),
            (
                "a.tsv",
                "en-fr en-de",
                "a.tsv: the name does not tell the columns, as x.en-fr-de.tsv does, and there are \
                 several pairs; rename it, or train it with one --pair",
            ),
            (
                "-",
                "",
                "stdin: the columns are not known; give --pair with the languages of its columns, \
                 or rename it",
            ),
            (
                "a.en-english.tsv",
                "",
                "a.en-english.tsv: `english` is not a language code, expected one such as `en` or \
                 `deu`; the last part of the name tells the columns, as in x.en-fr.tsv",
            ),
            (
                "a.txt",
                "",
                "a.txt: the name does not tell what it holds; expected columns with tabs between \
                 them, as in x.en-fr.tsv, or a language each, as in x.en and x.fr",
            ),
            (
                "x/a.en.gz a.fr",
                "en-fr",
                "a.fr: its translation is missing; give a.en too",
            ),
            (
                "a.en",
                "en-fr de-en",
                "a.en: its translation is missing; give a.fr or a.de too",
            ),
            (
                "a.en",
                "",
                "a.en: its translation is missing; give the same lines in another language, \
                 a.<lang> too",
            ),
            (
                "a.en a.en.gz a.fr",
                "",
                "a.en.gz is in English, and so is a.en; give one of them",
            ),
        ] {
            assert_eq!(planned(files, "", pairs), expected, "{files} {pairs}");
        }
    }
}
