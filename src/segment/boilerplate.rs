//! Boilerplate: paragraphs of the page rather than of the article.
//!
//! A paragraph is marked when words of the page stand in the shape of the page: a short text that
//! asks the reader to do something, a label, a row of links. The words are those of English,
//! French and German together, whatever the language of the version, since pages mix them. A
//! paragraph that only speaks of cookies, comments or newsletters has not the shape and is not
//! marked; in doubt none is.
//!
//! Those words are in lists of [cues](cue), and every word of a paragraph is looked up in them once.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use self::cue::List::*;
use self::cue::{Cues, List, fits};
use crate::article::{Boilerplate, Kind};
use crate::input::Block;
use crate::latin;
use crate::mark::{ends_sentence, is_blank};

mod cue;

/// Longest paragraph that is looked at, in bytes; a copyright notice may be longer.
const LONGEST: usize = 420;

/// Most words of a label: `Most read in this section`.
const LABEL: usize = 6;

/// Tells of every paragraph of a version why it is boilerplate, if it is.
pub(super) fn marks(text: &str, blocks: &[Block]) -> Vec<Option<Boilerplate>> {
    // What programmes read is no text of a page.
    let is_text = |block: &&Block| !matches!(block.kind, Kind::Code | Kind::Preformatted);
    let texts = blocks.iter().map(|block| {
        let block = Some(block).filter(is_text)?;
        text.get(block.range.clone())
    });
    let (mut marks, labels): (Vec<_>, Vec<_>) =
        texts.map(|text| read(text.unwrap_or_default())).unzip();
    if let Some(first) = links_at_end(blocks, &marks, &labels) {
        for mark in &mut marks[first..] {
            mark.get_or_insert(Boilerplate::Teaser);
        }
    }
    marks
}

/// The label such as "Related articles" from which on there are but headings, items and
/// boilerplate to the end of the version: links to other articles.
fn links_at_end(blocks: &[Block], marks: &[Option<Boilerplate>], labels: &[bool]) -> Option<usize> {
    let link =
        |&i: &usize| marks[i].is_some() || matches!(blocks[i].kind, Kind::Heading | Kind::ListItem);
    (0..blocks.len())
        .rev()
        .take_while(link)
        .filter(|&i| labels[i])
        .last()
}

/// Why a paragraph is boilerplate, told by its own text, and whether it is nothing but a label
/// before links to other articles.
fn read(text: &str) -> (Option<Boilerplate>, bool) {
    let notice = is_copyright_notice(text).then_some(Boilerplate::Copyright);
    if text.len() > LONGEST || is_blank(text) {
        return (notice, false);
    }
    let folded = fold(text);
    let line = Line::new(text, &folded);
    (notice.or_else(|| reason(&line)), is_teaser_label(&line))
}

fn reason(line: &Line) -> Option<Boilerplate> {
    let rules: [(Boilerplate, Rule); 8] = [
        (Boilerplate::Copyright, is_reservation),
        (Boilerplate::Advertisement, is_advertisement),
        (Boilerplate::Cookies, is_cookie_notice),
        (Boilerplate::Comments, is_comment_line),
        (Boilerplate::Share, is_share_line),
        (Boilerplate::Teaser, is_teaser),
        (Boilerplate::Newsletter, is_newsletter),
        (Boilerplate::Navigation, is_navigation),
    ];
    let found = rules
        .iter()
        .find(|(_, holds)| !line.words.is_empty() && holds(line));
    found.map(|&(boilerplate, _)| boilerplate)
}

/// Whether a line is boilerplate of one kind.
type Rule = fn(&Line) -> bool;

/// A short paragraph, and its words.
struct Line<'t> {
    text: &'t str,
    words: Vec<Word<'t>>,
    /// What any of the words is a cue of.
    cues: Cues,
    /// Ends as a sentence does.
    sentence: bool,
}

/// A word of a line and what it is a cue of.
struct Word<'t> {
    /// In lower case, composed.
    text: &'t str,
    cues: Cues,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, folded: &'t str) -> Self {
        let words = words(folded).map(|text| Word {
            text,
            cues: Cues::of(text),
        });
        let words: Vec<Word> = words.collect();
        Self {
            text,
            cues: (words.iter()).fold(Cues::default(), |all, word| all | word.cues),
            words,
            sentence: ends_sentence(text),
        }
    }

    /// Whether one of the words is in a list.
    const fn has(&self, list: List) -> bool {
        self.cues.has(list)
    }

    /// How many of the words are in a list.
    fn count(&self, list: List) -> usize {
        self.words.iter().filter(|word| word.cues.has(list)).count()
    }

    /// Whether one of the first `n` words is in a list.
    fn begins(&self, n: usize, list: List) -> bool {
        self.words.iter().take(n).any(|word| word.cues.has(list))
    }

    /// Whether one of the last `n` words is in a list.
    fn ends(&self, n: usize, list: List) -> bool {
        let words = self.words.iter().rev();
        words.take(n).any(|word| word.cues.has(list))
    }

    /// Whether the words of one of the phrases stand in a row.
    fn says(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| says(&self.words, phrase))
    }

    /// The words before the first colon, and the text behind it.
    fn label(&self) -> Option<(&[Word<'t>], &str)> {
        let (head, rest) = self.text.split_once(':')?;
        Some((self.words.get(..words(head).count())?, rest))
    }
}

/// The text in lower case, composed.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if fold_latin(text, &mut folded) {
        return folded;
    }
    if is_nfc(text) {
        return text.to_lowercase();
    }
    text.nfc().collect::<String>().to_lowercase()
}

/// Writes a text of ASCII, Latin-1 and the usual marks in lower case; of another a part, and false is
/// given.
fn fold_latin(text: &str, folded: &mut String) -> bool {
    let mut rest = text;
    loop {
        let letters = latin::ascii_letters(rest);
        latin::push_lower(folded, letters);
        let mut chars = rest[letters.len()..].chars();
        let Some(c) = chars.next() else {
            return true;
        };
        rest = chars.as_str();
        folded.push(match c {
            '\0'..='\u{bf}' | '\u{2010}'..='\u{203a}' => c,
            'À'..='Þ' if c != '×' => char::from(c as u8 + 0x20),
            'ß'..='ÿ' | '×' => c,
            _ => return false,
        });
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn says(words: &[Word], phrase: &str) -> bool {
    let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let follows = |row: &[Word]| {
        let mut row = row.iter();
        let mut rest = rest.split(' ').filter(|cue| !cue.is_empty());
        rest.all(|cue| row.next().is_some_and(|word| fits(word.text, cue)))
    };
    (words.iter().enumerate()).any(|(i, word)| fits(word.text, first) && follows(&words[i + 1..]))
}

fn is_figures(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text begins with a copyright sign, or with the word and a year.
fn is_copyright_notice(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
    if !head.starts_with(['©', '(', 'C', 'c']) {
        return false;
    }
    let head = fold(
        head.get(..head.char_indices().nth(40).map_or(head.len(), |(i, _)| i))
            .unwrap_or_default(),
    );
    let year = words(&head)
        .take(4)
        .any(|word| word.len() == 4 && is_figures(word));
    let sign = head.starts_with("(c)") || head.starts_with("copyright");
    head.starts_with('©') || (sign && (year || head.contains('©')))
}

fn is_reservation(line: &Line) -> bool {
    line.words.len() <= 40
        && line.has(Reserved)
        && line.says(&[
            "rights reserved",
            "droits réservés",
            "reproduction réservés",
            "rechte vorbehalten",
        ])
}

fn is_advertisement(line: &Line) -> bool {
    let n = line.words.len();
    if n <= 4 && line.has(AdLabel) && line.count(AdLabel) + line.count(AdAround) == n {
        return true;
    }
    // "The story goes on below": the mark around an advertisement that is not there.
    let on = line.begins(3, StoryOn);
    let goes = line.has(GoesOn);
    let below = line.has(Below);
    if n <= 8 && !line.sentence && on && goes && below {
        return true;
    }
    // "Advertisement: a shop", "ADVERTISEMENT A shop".
    let head = line.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let label = words(head).next().unwrap_or_default();
    let shouted = !label.contains(char::is_lowercase);
    let rest = head.get(label.len()..).unwrap_or_default().trim_start();
    let label = line.begins(1, AdHead);
    label && n <= 40 && (shouted || rest.starts_with([':', '–', '—', '|', '-']))
}

fn is_cookie_notice(line: &Line) -> bool {
    let n = line.words.len();
    if n > 60 {
        return false;
    }
    if line.has(Cookie) {
        let asks = line.has(Consent) && (line.has(Page) || !line.sentence);
        return asks || (n <= 25 && line.begins(3, Page) && line.has(Use));
    }
    line.has(Partner) && line.has(Access) && line.has(Data) && line.has(We)
}

fn is_comment_line(line: &Line) -> bool {
    let n = line.words.len();
    let buttons = line
        .words
        .iter()
        .rev()
        .take(2)
        .all(|word| word.cues.has(CommentButton));
    if !line.sentence && (2..=40).contains(&n) && buttons {
        return true;
    }
    let joins = [
        "join the conversation",
        "join the discussion",
        "participe* à la discussion",
        "diskutieren sie mit",
        "leave a reply",
        "laisser une réponse",
        "antwort hinterlassen",
    ];
    if !line.sentence && n <= 7 && line.says(&joins) {
        return true;
    }
    if !line.has(Comment) {
        return false;
    }
    let figures = line
        .words
        .iter()
        .filter(|word| is_figures(word.text))
        .count();
    let alone = line.count(Comment) + line.count(CommentAround) + figures == n;
    (alone && (figures == 1 || n <= 2))
        || (n <= 8 && line.has(CommentClosed))
        || (n <= 10 && (line.begins(3, CommentAsk) || line.ends(2, CommentAsk)))
}

fn is_share_line(line: &Line) -> bool {
    const THIS: &[&str] = &[
        "this article",
        "this page",
        "this post",
        "this story",
        "cet article",
        "cette page",
        "l article",
        "artikel",
        "beitrag",
        "seite",
    ];
    let n = line.words.len();
    if n > 16 || line.sentence || !line.has(Share) {
        return false;
    }
    let places = line.count(SharePlace);
    let asks = line.begins(1, Share) || line.ends(1, Share);
    let row = places >= 2 || items(line.text).len() >= 2;
    (n == 1 && line.has(ShareAlone))
        || (n <= 5 && asks && line.says(THIS))
        || (n <= 8 && asks && places >= 1)
        || (row && (asks || line.has(ShareRow)))
}

/// Whether words make up a label before links to other articles.
fn is_label(label: &[Word]) -> bool {
    let known = |word: &Word| word.cues.has(ReadOn) || word.cues.has(ReadAround);
    (1..=LABEL).contains(&label.len())
        && label.iter().any(|word| word.cues.has(ReadOn))
        && label.iter().all(known)
}

/// Whether a line is nothing but such a label.
fn is_teaser_label(line: &Line) -> bool {
    const LONGEST: usize = 60;
    line.text.len() <= LONGEST && !line.sentence && is_label(&line.words)
}

fn is_teaser(line: &Line) -> bool {
    let n = line.words.len();
    if n > 45 {
        return false;
    }
    if let Some((label, rest)) = line.label()
        && is_label(label)
        && !is_blank(rest)
    {
        // "See also: section 3" stays in the article.
        return !rest.trim_start().starts_with(char::is_lowercase);
    }
    if !line.sentence && is_label(&line.words) {
        return n >= 2 || line.has(ReadAlone);
    }
    // "READ ALSO The title", the label in capitals.
    let shouted = words(line.text)
        .take_while(|word| !word.contains(char::is_lowercase))
        .count();
    let mut labels = (2..=shouted.min(LABEL)).filter_map(|len| line.words.get(..len));
    (shouted < n && labels.any(is_label)) || is_cut(line.text)
}

/// Whether a text is a piece cut from another: it begins and ends with an ellipsis.
fn is_cut(text: &str) -> bool {
    let ellipsis = |end: &str| end == "…" || end == "...";
    let head = text.len() - text.trim_start_matches(['…', '.']).len();
    let tail = text.trim_end_matches(['…', '.']).len();
    text.get(..head).is_some_and(ellipsis) && text.get(tail..).is_some_and(ellipsis)
}

fn is_newsletter(line: &Line) -> bool {
    const BOX: &[&str] = &[
        "your inbox",
        "your mailbox",
        "ihr postfach",
        "dein postfach",
        "boîte mail",
        "votre boîte",
        "boîte aux lettres",
    ];
    let n = line.words.len();
    if n > 32 {
        return false;
    }
    let asks = line.begins(4, Subscribe);
    let letter = || line.has(Newsletter) || line.says(&["lettre d information"]);
    let pays = line.begins(3, Paid) || (line.begins(1, Now) && line.has(Paid));
    (asks && (line.has(You) || n <= 8) && letter())
        || (n <= 3 && !line.sentence && letter())
        || (n <= 20 && pays && line.has(Offer))
        || (line.has(You) && line.has(Mailbox) && (asks || n <= 20) && line.says(BOX))
}

fn is_navigation(line: &Line) -> bool {
    if line.sentence {
        return false;
    }
    is_jump(line) || is_topics(line) || is_row(line) || is_menu(line)
}

/// Whether a line leads to another place of the page, or says where the reader is.
fn is_jump(line: &Line) -> bool {
    const TOP: &[&str] = &[
        "back to top",
        "haut de page",
        "haut de la page",
        "nach oben",
        "zum seitenanfang",
    ];
    const HERE: &[&str] = &[
        "you are here",
        "vous êtes ici",
        "sie sind hier",
        "sie befinden sich hier",
    ];
    let n = line.words.len();
    let skips = line.begins(1, Skip) || line.has(Jump);
    (n <= 12 && skips && line.has(Target))
        || (n <= 5 && line.says(TOP))
        || line.label().is_some_and(|(label, _)| {
            HERE.iter()
                .any(|here| here.split(' ').eq(label.iter().map(|word| word.text)))
        })
}

/// Whether a line names the topics of the article: "Tags: one, two".
fn is_topics(line: &Line) -> bool {
    let Some((label, rest)) = line.label() else {
        return false;
    };
    let tags = match label {
        [word] => word.cues.has(Topics),
        [first, second] => (first.text, second.text) == ("mots", "clés"),
        _ => false,
    };
    tags && line.words.len() <= 24
        && rest
            .split(',')
            .all(|item| (1..=3).contains(&words(item).count()))
}

/// Whether a line is a row of short links with a separator between them.
fn is_row(line: &Line) -> bool {
    let n = line.words.len();
    let items = items(line.text);
    let short = |item: &&str| {
        (1..=4).contains(&words(item).count())
            && !item.contains(|c: char| c == ',' || c.is_numeric())
    };
    if items.len() < 2 || n > 40 || !items.iter().all(short) {
        return false;
    }
    let menu = line.count(Menu);
    // A slash stands between words of running text as well.
    line.begins(1, Home)
        || (items.len() >= 3 && !line.text.contains(" / "))
        || (menu >= 2 && menu * 3 >= n)
}

/// The parts of a text between the separators of breadcrumbs and menus.
fn items(text: &str) -> Vec<&str> {
    let separator = |word: &&str| {
        matches!(
            *word,
            "|" | ">" | "›" | "»" | "/" | "·" | "•" | "→" | "❯" | "▸" | "::"
        )
    };
    let Some(separator) = text.split_whitespace().find(separator) else {
        return Vec::new();
    };
    text.split(separator).map(str::trim).collect()
}

/// Whether a line is a row of links with nothing but spaces between them.
fn is_menu(line: &Line) -> bool {
    let n = line.words.len();
    if n == 1 {
        return line.has(MenuAlone);
    }
    if n > 16 || line.text.contains([',', ':', ';', '?', '-']) {
        return false;
    }
    let menu = line.count(Menu);
    let capitals = words(line.text)
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    n >= 3
        && capitals >= 2
        && menu * 2 >= n - line.count(MenuAround)
        && (menu >= 3 || (menu == 2 && line.begins(1, Menu)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::paragraph::lines;

    fn marked(text: &str) -> Vec<Option<Boilerplate>> {
        marks(text, &lines(text))
    }

    #[test]
    fn lines_of_the_page() {
        use Boilerplate::*;
        for (text, expected) in [
            ("Skip to the main content", Navigation),
            ("Direkt zum Inhalt", Navigation),
            ("Accéder au contenu", Navigation),
            ("Home > Garden > Hedges", Navigation),
            ("Startseite / Garten / Hecken", Navigation),
            ("Garten | Küche | Keller", Navigation),
            ("Vous êtes ici : Accueil › Jardin", Navigation),
            ("Search Menu Log in", Navigation),
            ("Tags: hedges, gardens", Navigation),
            ("Mots-clés : haies, jardins", Navigation),
            ("Share", Share),
            ("Diesen Artikel teilen", Share),
            ("Partager sur Facebook", Share),
            ("E-mail | Print | Share", Share),
            (
                "Our shop uses cookies. Accept all or change your settings.",
                Cookies,
            ),
            ("Wir setzen Cookies ein. Einverstanden?", Cookies),
            (
                "Nos partenaires et nous accédons à des informations sur votre appareil.",
                Cookies,
            ),
            ("Read more: How to cut a hedge", Teaser),
            ("Lesen Sie auch: Hecken richtig schneiden", Teaser),
            ("À lire aussi\u{a0}: Tailler une haie", Teaser),
            ("SUR LE MÊME SUJET Tailler une haie", Teaser),
            ("Mehr zum Thema", Teaser),
            ("… how to cut a hedge in …", Teaser),
            ("Sign up for our garden newsletter.", Newsletter),
            ("Die besten Tipps direkt in Ihr Postfach", Newsletter),
            ("Abonnez-vous : un mois gratuit", Newsletter),
            ("Advertisement", Advertisement),
            ("– Anzeige –", Advertisement),
            ("Publicité : Les haies Dupré", Advertisement),
            ("The article continues below", Advertisement),
            ("3 comments", Comments),
            ("Kommentare (0)", Comments),
            ("Laisser un commentaire", Comments),
            ("Comments are now closed.", Comments),
            ("I like hedges. Reply Report", Comments),
            ("© Garden Gazette", Copyright),
            ("Copyright 2020 Garden Gazette", Copyright),
            ("Garden Gazette. All rights reserved.", Copyright),
        ] {
            assert_eq!(marked(text), [Some(expected)], "{text:?}");
        }
    }

    #[test]
    fn lines_of_the_article() {
        for text in [
            "Cookies are small files that a browser keeps for a site.",
            "The baker says that cookies need butter, and that he does not accept excuses.",
            "Her newsletter reached two thousand readers before she stopped.",
            "Nous avons lu tous les commentaires avant de répondre.",
            "Sie wollte den Artikel mit niemandem teilen.",
            "Share the work with your neighbours",
            "Die Anzeige gegen den Nachbarn wurde fallen gelassen.",
            "More and more people cut their hedges themselves.",
            "Read the manual before you start: it is short.",
            "See also: section 3",
            "Contact with the soil",
            "Hedges / Fences",
            "The copyright of the drawings belongs to the town.",
            "Dans la suite de cet article, nous parlerons de haies.",
            "Weiter ging es erst nach der Pause.",
            "… and so it ended.",
            "***",
            "12",
        ] {
            assert_eq!(marked(text), [None], "{text:?}");
        }
    }

    #[test]
    fn links_behind_a_label_at_the_end() {
        let teaser = Some(Boilerplate::Teaser);
        let closed = "Related stories\nHow to cut a hedge\nFences of the world\n© Garden Gazette";
        let copyright = Some(Boilerplate::Copyright);
        assert_eq!(marked(closed), [teaser, teaser, teaser, copyright]);
        let open = "Related stories\nHow to cut a hedge\nA hedge is cut twice a year.";
        assert_eq!(marked(open), [teaser, None, None]);
    }

    #[test]
    fn decomposed_letters() {
        let text = "A\u{300} lire aussi : Tailler une haie";
        assert_eq!(marked(text), [Some(Boilerplate::Teaser)]);
    }

    #[test]
    fn long_paragraphs_are_left_alone() {
        let text = "We use cookies. ".repeat(40);
        assert_eq!(marked(&text), [None]);
    }
}
