//! Files taken for what formats of lines hold: JSON lines, Moses, ladders, Vecalign.

use triglyph::format::{LineText, Writer, jsonl, labels, ladder, moses, vecalign};
use triglyph::{Lang, Unit};

use super::Input;
use super::files::{Files, lines, sound};

/// Reads the first part of the input in the format that its first byte tells, with the second and
/// third as texts. What is read can be written as anything and read again.
pub fn check(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let format = input.choice(&["jsonl", "moses", "ladder", "texts", "vecalign"]);
    let unit = input.choice(&[Unit::Paragraph, Unit::Sentence]);
    let parts: Vec<&[u8]> = input.parts().collect();
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let text = |at, lang| LineText::new("text", &String::from_utf8_lossy(part(at))).told(lang);
    let langs = [Lang::EN, Lang::FR];
    let texts = || [text(1, langs[0]), text(2, langs[1])];
    let read: Vec<_> = match format {
        "jsonl" => jsonl::Reader::new("a", part(0)).collect(),
        "moses" => moses::Reader::new("a")
            .unit(unit)
            .version("en", langs[0], part(1))
            .version("fr", langs[1], part(2))
            .ids("ids", part(0))
            .collect(),
        "ladder" => vec![ladder::read("a", unit, "a", part(0), texts())],
        "texts" => vec![ladder::read_texts("a", unit, "a", part(0), langs)],
        _ => vec![vecalign::read("a", unit, "a", part(0), texts())],
    };
    for read in read {
        let Some(aligned) = sound(read, lines(bytes)) else {
            continue;
        };
        let (article, alignment) = (aligned.article(), aligned.alignment());
        let mut out = Vec::new();
        jsonl::write(&mut out, aligned.id(), article, alignment).unwrap();
        let again = jsonl::Reader::new("b", &out[..]).next().unwrap().unwrap();
        let mut second = Vec::new();
        jsonl::write(&mut second, again.id(), again.article(), again.alignment()).unwrap();
        assert_eq!(out, second);
        let files = Files::default();
        let mut writer = moses::Writer::new(files.clone());
        writer.write("a", article, alignment).unwrap();
        writer.finish().unwrap();
        for label in labels(article) {
            let text = files.bytes(&label).expect("a file a version");
            assert_eq!(lines(&text), alignment.iter().count(), "{label}");
        }
        let mut writer = ladder::Writer::new(Files::default());
        writer.write("a", article, alignment).unwrap();
        let mut writer = vecalign::Writer::new(Files::default());
        writer.write("a", article, alignment).unwrap();
    }
}
