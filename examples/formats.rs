//! Writes aligned articles in every format.
//!
//! `cargo run --release --features formats,json --example formats -- FOLDER`
//!
//! aligns two of the articles in `tests/data`, and one of characters that formats trip over, by
//! paragraph and by sentence, and writes a folder for each. `tests/interop/check.py FOLDER` reads them
//! with the programs of others.

use std::error::Error;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use triglyph::format::{
    self, Aligned, Folder, Losses, csv, intertext, jsonl, ladder, moses, tmx, tsv, vecalign, xces,
    xliff,
};
use triglyph::{Aligner, Article, Source, Unit};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or("target/formats".into(), PathBuf::from);
    for (unit, name) in [(Unit::Paragraph, "paragraph"), (Unit::Sentence, "sentence")] {
        let articles = [
            aligned("advice", read("advice")?, unit)?,
            aligned("news", read("news")?, unit)?,
            aligned("a & \"b\"", awkward()?, unit)?,
        ];
        let out = folder.join(name);
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        fs::create_dir_all(&out)?;
        let file = |name: &str| File::create(out.join(name)).map(BufWriter::new);
        let memory = tmx::Writer::new(file("articles.tmx")?).creation_date("20240131T120000Z");
        let corpus = moses::Writer::new(Folder::stem(out.join("corpus")));
        let folder = |format: &str| Folder::new(out.join(format));
        for (format, losses) in [
            (
                "jsonl",
                write(jsonl::Writer::new(file("articles.jsonl")?), &articles)?,
            ),
            (
                "tsv",
                write(tsv::Writer::new(file("articles.tsv")?).named(), &articles)?,
            ),
            (
                "csv",
                write(csv::Writer::new(file("articles.csv")?), &articles)?,
            ),
            ("moses", write(corpus, &articles)?),
            (
                "ladder",
                write(ladder::Writer::new(folder("ladder")), &articles)?,
            ),
            (
                "vecalign",
                write(vecalign::Writer::new(folder("vecalign")), &articles)?,
            ),
            ("tmx", write(memory, &articles)?),
            (
                "xliff",
                write(xliff::Writer::new(folder("xliff")), &articles)?,
            ),
            ("xces", write(xces::Writer::new(folder("xces")), &articles)?),
            (
                "intertext",
                write(intertext::Writer::new(folder("intertext")), &articles)?,
            ),
        ] {
            let losses: Vec<String> = losses.told().collect();
            println!("{name}\t{format}\t{}", losses.join(", "));
        }
    }
    Ok(())
}

/// Writes all articles, and returns what the format could not hold.
fn write(mut writer: impl format::Writer, articles: &[Aligned]) -> Result<Losses, triglyph::Error> {
    for a in articles {
        writer.write(a.id(), a.article(), a.alignment())?;
    }
    writer.finish()
}

fn aligned(id: &str, article: Article, unit: Unit) -> Result<Aligned, triglyph::Error> {
    let alignment = Aligner::new().unit(unit).align(&article);
    Aligned::new(id, article, alignment)
}

/// The versions of one of the articles that the tests have.
fn read(article: &str) -> Result<Article, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(article);
    let source = |name: &str| -> Result<Source, Box<dyn Error>> {
        Ok(Source::from_bytes(name, fs::read(folder.join(name))?)?)
    };
    let versions = [source("en.txt")?, source("fr.txt")?, source("de.txt")?];
    Ok(Article::detect(versions)?)
}

/// Marks of XML, white space and a character that XML forbids.
fn awkward() -> Result<Article, triglyph::Error> {
    Article::detect([
        "The cat & the dog <b>sleep</b> \"here\". They sleep\ttoday.\n\nIt is\u{a0}raining ]]> again.",
        "Le chat & le chien <b>dorment</b> « ici ».\n\nIl\u{fffe} pleut\u{2028}encore ]]> aujourd’hui.",
        "Die Katze & der Hund <b>schlafen</b> »hier«. Sie schlafen heute.",
    ])
}
