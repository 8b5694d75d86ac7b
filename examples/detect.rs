//! Names the language of every version of an article, and of the paragraphs that are in another.
//!
//! ```text
//! cargo run --example detect [FILE…]
//! ```
//!
//! Every file is one version. Without arguments the versions are those of `tests/data/interview`
//! and a Spanish one: in a language that is not allowed, it is named rather than taken for
//! French, and read once Spanish is allowed.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use triglyph::{Detection, Detector, Lang, Segmenter, Source, Unit};

const SPANISH: &str = "La pequeña librería de la plaza cierra en otoño.\n\n\
    Su dueña, que la abrió hace cuarenta años con los libros de su padre, se jubila y no ha \
    encontrado a nadie que quiera seguir con ella.\n\n\
    \u{201c}Thank you for all these wonderful years\u{201d}, one of her readers wrote on the door.\n";

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    for file in &files {
        show(
            &file.display().to_string(),
            &fs::read_to_string(file)?,
            &Detector::new(),
        )?;
    }
    if files.is_empty() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/interview");
        for name in ["en.txt", "fr.txt", "de.txt"] {
            show(
                name,
                &fs::read_to_string(folder.join(name))?,
                &Detector::new(),
            )?;
        }
        let spanish: Lang = "es".parse()?;
        let wider = Detector::new().languages([Lang::EN, Lang::FR, Lang::DE, spanish]);
        show("es.txt", SPANISH, &Detector::new())?;
        show("es.txt", SPANISH, &wider)?;
    }
    Ok(())
}

/// Prints the language of a text, and each paragraph that is in another.
fn show(name: &str, text: &str, detector: &Detector) -> Result<(), Box<dyn Error>> {
    // The language of the source is told here only to have its paragraphs, whatever they are in.
    let version = Segmenter::new().version(Source::new(text).lang(Lang::UND))?;
    let paragraphs = version.segments(Unit::Paragraph).iter();
    let texts: Vec<&str> = paragraphs.map(|segment| version.text_of(segment)).collect();
    let found: Detection = detector.detect(texts.iter().copied());
    let (lang, score) = (found.lang(), found.score());
    let allowed = if found.allowed() {
        ""
    } else {
        ", which is not allowed"
    };
    println!("{name}\t{} ({lang}) {score:.2}{allowed}", lang.name());
    for (text, &own) in texts.iter().zip(found.paragraphs()) {
        if own != lang {
            println!("\t{own}: {text}");
        }
    }
    Ok(())
}
