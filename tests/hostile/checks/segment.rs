//! Texts cut into paragraphs and sentences.

use triglyph::{ErrorKind, Lang, Segmenter, Source, Unit};

use super::Input;
use super::laws::check_ranges;

/// Reads a text with what the first four bytes tell of it: its language, whether its lines are
/// segments, whether it has a name, and the languages that may be detected.
pub fn check(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let [japanese, spanish, arabic] = ["ja", "es", "ar"].map(|code| code.parse().unwrap());
    let told = input.choice(&[
        None,
        Some(Lang::EN),
        Some(Lang::FR),
        Some(Lang::DE),
        Some(Lang::UND),
        Some(japanese),
    ]);
    let lines = input.choice(&[None, Some(Unit::Paragraph), Some(Unit::Sentence)]);
    let name = input.choice(&[None, Some("a.txt")]);
    let others = [spanish, arabic, Lang::EN, Lang::UND];
    let languages: &[Lang] = input.choice(&[
        &[Lang::EN, Lang::FR, Lang::DE][..],
        &[],
        &[Lang::DE],
        &others,
    ]);
    let bytes = input.rest();
    let text = String::from_utf8_lossy(bytes);
    match Source::from_bytes("a.txt", bytes.to_vec()) {
        Ok(source) => assert_eq!(source, Source::new(&*text).name("a.txt")),
        Err(error) => match error.kind() {
            ErrorKind::Binary { offset, .. } => assert_eq!(bytes[*offset], 0),
            ErrorKind::InvalidUtf8 { offset, .. } => {
                assert!(str::from_utf8(&bytes[..*offset]).is_ok(), "{error}");
            }
            _ => panic!("{error}"),
        },
    }

    let mut source = Source::new(&*text);
    source = told.into_iter().fold(source, Source::lang);
    source = lines.into_iter().fold(source, Source::lines);
    source = name.into_iter().fold(source, Source::name);
    let segmenter = Segmenter::new().languages(languages.iter().copied());
    let version = match segmenter.version(source) {
        Ok(version) => version,
        Err(error) => match error.kind() {
            ErrorKind::LanguageNotAllowed { lang, allowed, .. } => {
                assert!(told.is_none() && !allowed.contains(lang), "{error}");
                return;
            }
            _ => panic!("{error}"),
        },
    };
    assert_eq!(version.text(), text);
    assert_eq!(version.name(), name.unwrap_or("1"));
    assert!((0.0..=1.0).contains(&version.lang_score()));
    if let Some(told) = told {
        assert_eq!((version.lang(), version.lang_score()), (told, 1.0));
    }
    if lines == Some(Unit::Sentence) {
        let [paragraphs, sentences] =
            [Unit::Paragraph, Unit::Sentence].map(|unit| version.segments(unit).len());
        assert_eq!(paragraphs, sentences);
    }
    check_ranges(&version);
}
