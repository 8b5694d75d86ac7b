//! Inputs of the checks, made of what texts and files trip over.

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::select;
use triglyph::Lang;
use triglyph::lexicon::Trainer;

/// What stands between the parts of an input.
const BREAK: &[u8] = b"\xff";

const PIECES: [&str; 64] = [
    // Marks of formats.
    "&",
    "<",
    ">",
    "\"",
    "&amp;",
    "<p>",
    "\\",
    // White space and ends of lines.
    " ",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\u{a0}",
    "\u{202f}",
    "\u{85}",
    "\u{b}",
    "\u{2028}",
    "\u{2029}",
    "\u{3000}",
    // What is not seen, or is no character.
    "\0",
    "\u{fffe}",
    "\u{feff}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{10ffff}",
    // Combining marks, case and width.
    "\u{301}",
    "e\u{301}\u{323}\u{308}",
    "ß",
    "ẞ",
    "İ",
    "ŉ",
    "ﬃ",
    "Ａ１",
    // Directions.
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "שלום.",
    "مرحبا؟",
    // Other scripts and signs.
    "終わり。",
    "「始」",
    "👩\u{200d}👩\u{200d}👧",
    "🇩🇪",
    "👍🏽",
    // Quotes, apostrophes and dashes.
    "«",
    "»",
    "„",
    "“",
    "’",
    "l’été",
    "'n'",
    "—",
    "- ",
    "* ",
    // Ends of sentences, numbers and addresses.
    ".",
    "...",
    "z. B.",
    "M. ",
    "1,250.50",
    "1 250,5",
    "31.12.2024",
    "https://a.example/b?c=d&e=f",
    "a.b@example.org",
];

/// Sentences of the languages that are known best; equal rows translate each other.
const SENTENCES: [[&str; 3]; 5] = [
    ["The cat sleeps.", "Le chat dort.", "Die Katze schläft."],
    ["A title", "Un titre", "Ein Titel"],
    [
        "On 3 May 1931 it rained in Bern for 40 days.",
        "Le 3 mai 1931, il pleuvait à Berne depuis 40 jours.",
        "Am 3. Mai 1931 regnete es in Bern seit 40 Tagen.",
    ],
    [
        "“Why?” she asked.",
        "« Pourquoi ? » dit-elle.",
        "„Warum?“, fragte sie.",
    ],
    ["Read more: cats", "À lire aussi : chats", "Mehr: Katzen"],
];

/// A piece, a sentence, any character, or one of them many times over.
fn piece() -> impl Strategy<Value = String> {
    let sentences = SENTENCES.as_flattened();
    prop_oneof![
        8 => select(&PIECES[..]).prop_map(String::from),
        6 => select(sentences).prop_map(String::from),
        3 => select(&["\n", " ", "\n\n"][..]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
        1 => (select(&PIECES[..]), 2..200_usize).prop_map(|(piece, times)| piece.repeat(times)),
        1 => "[a-zäéß]{30,300}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat()),
        1 => "\\s{0,40}",
    ]
}

/// Bytes that a check reads its options from.
fn options(count: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(b'0'..b'8', count)
}

/// So many options, and texts.
pub(crate) fn texts(count: usize, texts: Range<usize>) -> impl Strategy<Value = Vec<u8>> {
    let texts = prop::collection::vec(text().prop_map(String::into_bytes), texts);
    (options(count), texts).prop_map(|(options, texts)| [options, texts.join(BREAK)].concat())
}

/// Tags, whole and broken, and marks of Markdown.
#[cfg(all(feature = "html", feature = "markdown"))]
const MARKUP: [&str; 64] = [
    "<p>",
    "</p>",
    "<div class=share>",
    "<div id='cookie-banner'>",
    "</div>",
    "<nav>",
    "</nav>",
    "<main>",
    "<article>",
    "</article>",
    "<aside>",
    "<footer>",
    "<h1>",
    "</h1>",
    "<b>",
    "</b>",
    "<i lang=la>",
    "</i>",
    "<a href=a>",
    "</a>",
    "<br>",
    "<hr/>",
    "<ul><li>",
    "</ul>",
    "<table>",
    "<tr><td>",
    "</table>",
    "<caption>",
    "<pre>",
    "<code>",
    "</code></pre>",
    "<blockquote>",
    "<template>",
    "</template>",
    "<script>",
    "</script>",
    "<textarea>",
    "</textarea>",
    "<plaintext>",
    "<svg>",
    "<math><mi>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!doctype html>",
    "<html lang=fr>",
    "<body hidden>",
    "<select><option>",
    "<frameset>",
    "&nbsp;",
    "&#x1f469;",
    "&am",
    "<a b='",
    "# ",
    "> ",
    "1. ",
    "```\n",
    "\n\n    ",
    "|a|b|\n|-|-|\n|",
    "![a](b)",
    "[^a]: ",
    "---\n",
    "*",
];

/// Two options, and a text in markup.
#[cfg(all(feature = "html", feature = "markdown"))]
pub(crate) fn markup() -> impl Strategy<Value = Vec<u8>> {
    let tag = select(&MARKUP[..]).prop_map(String::from);
    let piece = prop_oneof![3 => tag, 2 => piece()];
    let pieces = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    (options(2), pieces).prop_map(|(options, text)| [options, text.into_bytes()].concat())
}

/// Options, and lines with cells, some of them cut by bytes that are no text.
pub(crate) fn tables(count: usize) -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        6 => "[a-cA-C]{1,4}( [a-c]{1,3})?",
        3 => select(SENTENCES.as_flattened()).prop_map(String::from),
        2 => select(&PIECES[..]).prop_map(String::from),
    ];
    let separator = prop_oneof![
        12 => select(&["\t", "\t", "\n", "\n", " @ ", ",", "/", "\r\n"][..]).prop_map(str::as_bytes),
        1 => select(vec![&b"\xff"[..], b"\xc3", b"\0"]),
    ];
    let cells = prop::collection::vec((cell, separator), 0..40);
    (options(count), cells).prop_map(|(mut input, cells)| {
        for (cell, separator) in cells {
            input.extend_from_slice(cell.as_bytes());
            input.extend_from_slice(separator);
        }
        input
    })
}

/// Replaces, adds or takes away some bytes behind the first `kept`.
fn damaged(whole: Vec<u8>, kept: usize) -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![select(&[0, 1, 2, 127, 128, 255_u8][..]), any::<u8>()];
    let damage = (kept..whole.len() + 1, byte, 0..4_u8);
    prop::collection::vec(damage, 0..4).prop_map(move |damages| {
        let mut bytes = whole.clone();
        for (at, byte, kind) in damages {
            let at = at.min(bytes.len());
            match kind {
                0 => bytes.insert(at, byte),
                1 => bytes.truncate(at),
                _ => bytes.get_mut(at).into_iter().for_each(|old| *old = byte),
            }
        }
        bytes
    })
}

/// A small lexicon with some bytes damaged.
pub(crate) fn lexicon() -> impl Strategy<Value = Vec<u8>> {
    let mut trainer = Trainer::new();
    for [english, french, german] in SENTENCES {
        trainer.entry([(Lang::EN, english), (Lang::FR, french)], 2);
        trainer.entry([(Lang::DE, german), (Lang::EN, english)], 2);
    }
    let lexicon = trainer.train(|_| {});
    let lexicon = damaged(lexicon.as_bytes().to_vec(), 16);
    (b'0'..b'2', lexicon).prop_map(|(sealed, lexicon)| [&[sealed], &lexicon[..]].concat())
}

/// A `.npy` file with some bytes damaged, or any numbers.
pub(crate) fn vectors() -> impl Strategy<Value = Vec<u8>> {
    let number = prop_oneof![
        8 => any::<f32>(),
        1 => select(&[0.0, -0.0, 1e-45, f32::MIN_POSITIVE, f32::MAX, f32::NAN, f32::INFINITY][..]),
    ];
    let numbers = prop::collection::vec(number.prop_map(f32::to_le_bytes), 0..24);
    let npy = select(&["(2, 3)", "(3, 2)", "(0, 8)", "(6, 1)", "(1, 6)"][..]);
    let npy = npy.prop_flat_map(|shape| {
        let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
        let length = [header.len() as u8, 0];
        let numbers = [0.5_f32; 6].map(f32::to_le_bytes);
        let numbers = if shape.starts_with("(0") {
            &[]
        } else {
            numbers.as_flattened()
        };
        let npy = [b"\x93NUMPY\x01\0", &length[..], header.as_bytes(), numbers].concat();
        damaged(npy, 6)
    });
    prop_oneof![
        (options(1), npy).prop_map(|(words, npy)| [b"0", &words[..], &npy].concat()),
        (options(2), numbers).prop_map(|(head, numbers)| [&head, numbers.as_flattened()].concat()),
    ]
}

/// An alignment, an article or a version with some bytes damaged.
#[cfg(feature = "serde")]
pub(crate) fn json() -> impl Strategy<Value = Vec<u8>> {
    use triglyph::{Aligner, Article};

    let texts = [0, 1, 2].map(|lang| SENTENCES.map(|row| row[lang]).join("\n\n"));
    let article = Article::detect(&texts).unwrap();
    let alignment = Aligner::new().evidence(true).align(&article);
    let [version, _, _] = article.versions() else {
        panic!("three versions");
    };
    let values = [
        serde_json::to_vec(&alignment).unwrap(),
        serde_json::to_vec(&article).unwrap(),
        serde_json::to_vec(version).unwrap(),
    ];
    (0..values.len()).prop_flat_map(move |kind| {
        let input = [&[b'0' + kind as u8], &values[kind][..]].concat();
        renumbered(input).prop_flat_map(|input| damaged(input, 1))
    })
}

/// Replaces one of the numbers that stand in JSON by another.
#[cfg(feature = "serde")]
fn renumbered(json: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let places = 1..json.len();
    let places: Vec<usize> = places
        .filter(|&at| json[at].is_ascii_digit() && b":[,".contains(&json[at - 1]))
        .collect();
    let numbers = [
        "0",
        "1",
        "3",
        "-1",
        "0.5",
        "1e300",
        "18446744073709551615",
        "null",
    ];
    (select(places), select(numbers.to_vec())).prop_map(move |(at, number)| {
        let rest = json[at..].iter();
        let digits = rest.take_while(|&&byte| byte.is_ascii_digit() || byte == b'.');
        let end = at + digits.count();
        [&json[..at], number.as_bytes(), &json[end..]].concat()
    })
}

/// Options, and three parts of lines such as index files and line-parallel texts have.
#[cfg(feature = "json")]
pub(crate) fn lines() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: [&str; 26] = [
        "0",
        "1",
        "2",
        "3",
        "99999999999999999999",
        "-1",
        "0.5",
        "nan",
        "1e400",
        "\t",
        "\t",
        " ",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "[",
        "]",
        ", ",
        ":",
        "[0]:[0]:0.1\n",
        "[1]:[]:0\n",
        " ~~~ ",
        "x\t1\tmoved\n",
        "A word.",
        "0\t0\t1\n",
    ];
    let line = prop_oneof![3 => select(&PIECES[..]).prop_map(String::from), 1 => piece()];
    let part = prop::collection::vec(line, 0..12).prop_map(|pieces| pieces.concat().into_bytes());
    let parts = prop::collection::vec(part, 1..4);
    (options(2), parts).prop_map(|(options, parts)| [options, parts.join(BREAK)].concat())
}

/// An aligned article in a format, with some bytes damaged or marks of XML put in.
#[cfg(feature = "formats")]
fn xml(
    parts: impl Fn(&triglyph::Article, &triglyph::Alignment) -> Vec<Vec<u8>>,
) -> impl Strategy<Value = Vec<u8>> {
    use triglyph::{Aligner, Article};

    let texts = [0, 2].map(|lang| SENTENCES.map(|row| row[lang]).join("\n\n"));
    let article = Article::detect(texts).unwrap();
    let whole = parts(&article, &Aligner::new().align(&article)).join(BREAK);
    let marks = [
        "<",
        "</",
        "/>",
        "<s id='1'>",
        "<p>",
        "</seg>",
        "<tuv lang='fr'>",
        "<hi>",
        "&amp;",
        "&#9;",
        "&#1;",
        "&a;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "<?a?>",
        "<!DOCTYPE a [<!ENTITY a 'b'>]>",
        " id='1'",
        ";",
        "1",
        "x-version-9",
        "99999999999",
        "x-lengths",
        " ",
    ];
    let marks = prop::collection::vec((0..whole.len(), select(marks.to_vec())), 0..3);
    marks.prop_flat_map(move |mut marks| {
        let mut bytes = whole.clone();
        marks.sort();
        for (at, mark) in marks.into_iter().rev() {
            bytes.splice(at..at, mark.bytes());
        }
        damaged(bytes, 0)
    })
}

#[cfg(feature = "formats")]
pub(crate) fn tmx() -> impl Strategy<Value = Vec<u8>> {
    use triglyph::format::{Writer, tmx};

    xml(|article, alignment| {
        let mut out = Vec::new();
        let mut writer = tmx::Writer::new(&mut out);
        writer.write("a", article, alignment).unwrap();
        writer.finish().unwrap();
        drop(writer);
        vec![out]
    })
}

/// Links and documents.
#[cfg(feature = "formats")]
pub(crate) fn xces() -> impl Strategy<Value = Vec<u8>> {
    use triglyph::format::{Writer, xces};

    xml(|article, alignment| {
        let files = crate::checks::files::Files::default();
        let mut writer = xces::Writer::new(files.clone());
        writer.write("a", article, alignment).unwrap();
        writer.finish().unwrap();
        ["en-de.xml", "en/a.xml", "de/a.xml"]
            .map(|name| files.bytes(name).unwrap())
            .to_vec()
    })
}

/// Links and documents.
#[cfg(feature = "formats")]
pub(crate) fn intertext() -> impl Strategy<Value = Vec<u8>> {
    use triglyph::format::{Writer, intertext};

    xml(|article, alignment| {
        let files = crate::checks::files::Files::default();
        let mut writer = intertext::Writer::new(files.clone());
        writer.write("a", article, alignment).unwrap();
        writer.finish().unwrap();
        let names = ["a.en.de.alignment.xml", "a.en.xml", "a.de.xml"];
        names.map(|name| files.bytes(name).unwrap()).to_vec()
    })
}

/// Two texts, links, and sometimes noise.
#[cfg(feature = "json")]
pub(crate) fn gold() -> impl Strategy<Value = Vec<u8>> {
    let lines = |lang: usize| {
        let rows = prop::collection::vec(select(&SENTENCES[..]), 0..6);
        rows.prop_map(move |rows| {
            rows.iter()
                .map(|row| row[lang])
                .collect::<Vec<_>>()
                .join("\n")
        })
    };
    let units = || prop::collection::vec(0..6_usize, 0..3);
    let links = prop::collection::vec((units(), units()), 0..6).prop_map(|links| {
        let links = links
            .iter()
            .map(|(en, de)| format!(r#"{{"en":{en:?},"de":{de:?}}}"#));
        format!("[{}]", links.collect::<Vec<_>>().join(","))
    });
    let right = Just(r#"[{"en":[0],"de":[0]},{"en":[1]},{"de":[1,2]}]"#.to_owned());
    let found = r#"{"versions":{"en":["The cat sleeps.","A title"],"de":[]},"links":[{"en":[0]}]}"#;
    let links = prop_oneof![4 => links, 2 => right, 1 => Just(found.to_owned())];
    let noise = select(
        &[
            r#"{"en":{"0":"cookie","1":"cookie"}}"#,
            r#"{"de":{"9":"a"}}"#,
            "{}",
        ][..],
    );
    let noise = prop::option::of(noise.prop_map(String::from));
    let parts = (lines(0), lines(2), links, noise);
    (options(1), parts).prop_flat_map(|(options, (english, german, links, noise))| {
        let parts = [english, german, links].into_iter().chain(noise);
        let parts: Vec<Vec<u8>> = parts.map(String::into_bytes).collect();
        damaged([options, parts.join(BREAK)].concat(), 1)
    })
}

/// Patches of the article of `checks::patch`, most of them sound.
#[cfg(feature = "report")]
pub(crate) fn patches() -> impl Strategy<Value = Vec<u8>> {
    const HASHES: [&str; 7] = [
        "2724523ef415f4d0",
        "625888ee5a0fb1a2",
        "596f4162a52f315b",
        "aab05f74f35340e0",
        "a7a442ac28c18b82",
        "79af10e613a1869c",
        "379a5b37a59bdbad",
    ];
    let place = (0..6_usize, select(&HASHES[..]));
    let place = place.prop_map(|(at, hash)| format!(r#"{{"segment":{at},"hash":"{hash}"}}"#));
    let list =
        prop::collection::vec(place, 0..3).prop_map(|places| format!("[{}]", places.join(",")));
    let op = select(&["bead", "confirm", "comment"][..]);
    let operation = (op, list.clone(), list)
        .prop_map(|(op, a, b)| format!(r#"{{"op":"{op}","segments":[{a},{b}],"comment":"x"}}"#));
    let unit = select(&["paragraph", "paragraph", "sentence"][..]);
    let label = select(&["de", "de", "fr"][..]);
    let patch = (unit, label, prop::collection::vec(operation, 0..6));
    let patch = patch.prop_map(|(unit, label, operations)| {
        let operations = operations.join(",");
        format!(
            r#"{{"schema":"triglyph/patch/1","id":"a","unit":"{unit}","versions":[{{"label":"en","name":"1","lang":"en"}},{{"label":"{label}","name":"x","lang":"de"}}],"operations":[{operations}]}}"#
        )
    });
    prop::collection::vec(patch, 0..3).prop_map(|patches| patches.join("\n").into_bytes())
}
