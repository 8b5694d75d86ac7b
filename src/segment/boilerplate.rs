//! Boilerplate: paragraphs of the page rather than of the article.
//!
//! A paragraph is marked when words of the page stand in the shape of the page: a short text that
//! asks the reader to do something, a label, a row of links. The words are those of English,
//! French and German together, whatever the language of the version, since pages mix them. A
//! paragraph that only speaks of cookies, comments or newsletters has not the shape and is not
//! marked; in doubt none is.
//!
//! Lists of cues are words with a space between them; `*` stands for any ending.

use unicode_normalization::UnicodeNormalization;

use super::mark::{ends_sentence, is_blank};
use super::paragraph::Block;
use crate::article::{Boilerplate, Kind};

/// Longest paragraph that is looked at, in bytes; a copyright notice may be longer.
const LONGEST: usize = 420;

/// Most words of a label: `Most read in this section`.
const LABEL: usize = 6;

/// Tells of every paragraph of a version why it is boilerplate, if it is.
pub(super) fn marks(text: &str, blocks: &[Block]) -> Vec<Option<Boilerplate>> {
    let texts = || {
        blocks
            .iter()
            .map(|block| text.get(block.range.clone()).unwrap_or_default())
    };
    let mut marks: Vec<Option<Boilerplate>> = texts().map(reason).collect();
    let labels: Vec<bool> = texts().map(is_teaser_label).collect();
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

/// Why a paragraph is boilerplate, told by its own text.
fn reason(text: &str) -> Option<Boilerplate> {
    if is_copyright_notice(text) {
        return Some(Boilerplate::Copyright);
    }
    if text.len() > LONGEST || is_blank(text) {
        return None;
    }
    let folded = fold(text);
    let line = Line {
        text,
        words: words(&folded).collect(),
        sentence: ends_sentence(text),
    };
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
        .find(|(_, holds)| !line.words.is_empty() && holds(&line));
    found.map(|&(boilerplate, _)| boilerplate)
}

/// Whether a line is boilerplate of one kind.
type Rule = fn(&Line) -> bool;

/// A short paragraph that holds a word, and its words.
struct Line<'t> {
    text: &'t str,
    /// In lower case, composed.
    words: Vec<&'t str>,
    /// Ends as a sentence does.
    sentence: bool,
}

impl Line<'_> {
    /// Whether one of the words is a cue.
    fn has(&self, cues: &str) -> bool {
        self.words.iter().any(|word| is_cue(word, cues))
    }

    /// How many of the words are cues.
    fn count(&self, cues: &str) -> usize {
        self.words.iter().filter(|word| is_cue(word, cues)).count()
    }

    /// Whether one of the first `n` words is a cue.
    fn begins(&self, n: usize, cues: &str) -> bool {
        self.words.iter().take(n).any(|word| is_cue(word, cues))
    }

    /// Whether one of the last `n` words is a cue.
    fn ends(&self, n: usize, cues: &str) -> bool {
        self.words
            .iter()
            .rev()
            .take(n)
            .any(|word| is_cue(word, cues))
    }

    /// Whether the words of one of the phrases stand in a row.
    fn says(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| says(&self.words, phrase))
    }

    /// The words before the first colon, and the text behind it.
    fn label(&self) -> Option<(&[&str], &str)> {
        let (head, rest) = self.text.split_once(':')?;
        Some((self.words.get(..words(head).count())?, rest))
    }
}

fn fold(text: &str) -> String {
    text.nfc().collect::<String>().to_lowercase()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn is_cue(word: &str, cues: &str) -> bool {
    let word = word.as_bytes();
    let mut cues = cues.as_bytes().split(|&b| b == b' ');
    cues.any(|cue| match cue.strip_suffix(b"*") {
        Some(stem) => word.starts_with(stem),
        None => word == cue,
    })
}

fn says(words: &[&str], phrase: &str) -> bool {
    let len = phrase.split(' ').count();
    let fits = |row: &[&str]| {
        row.iter()
            .zip(phrase.split(' '))
            .all(|(word, cue)| is_cue(word, cue))
    };
    words.windows(len).any(fits)
}

fn is_figures(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text begins with a copyright sign, or with the word and a year.
fn is_copyright_notice(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '('));
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
        && line.says(&[
            "rights reserved",
            "droits réservés",
            "reproduction réservés",
            "rechte vorbehalten",
        ])
}

fn is_advertisement(line: &Line) -> bool {
    const LABEL: &str = "ad advert advertisement advertising advertorial anzeige gesponsert* \
        promoted pub publicité sponsored sponsorisé* werbung";
    const AROUND: &str = "a article artikel beitrag by content contenu de der end ende fin inhalt \
        la paid partner post von";
    let n = line.words.len();
    if n <= 4 && line.has(LABEL) && line.count(LABEL) + line.count(AROUND) == n {
        return true;
    }
    // "The story goes on below": the mark around an advertisement that is not there.
    let on = line.begins(
        3,
        "article artikel continue* lesen lire scroll* story suite weiter weiterlesen",
    );
    let goes = line.has("continue* poursui* suite weiter weiterlesen");
    let below = line.has("ad after après below dessous nach scroll* unten unterhalb");
    if n <= 8 && !line.sentence && on && goes && below {
        return true;
    }
    // "Advertisement: a shop", "ADVERTISEMENT A shop".
    let head = line.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let label = words(head).next().unwrap_or_default();
    let shouted = !label.contains(char::is_lowercase);
    let rest = head.get(label.len()..).unwrap_or_default().trim_start();
    let label = line.begins(
        1,
        "advertisement advertorial anzeige publicité sponsored werbung",
    );
    label && n <= 40 && (shouted || rest.starts_with([':', '–', '—', '|', '-']))
}

fn is_cookie_notice(line: &Line) -> bool {
    const PAGE: &str = "dein* ihr* nos notre nous our page seite* sie site unser* us votre vos \
        vous we webangebot* webseite* website* wir you your";
    const CONSENT: &str = "ablehn* accept* agree* akzeptier* allow* choices choix consent* \
        continuer decline einstellung* einverstanden einwillig* erlauben manage ok paramétr* \
        paramètr* preferences préférences refus* reject* settings stimme stimmen verstanden \
        zustimm*";
    const USE: &str = "benutz* dépos* einsatz nutz* recour* setzen setzt store use uses using \
        utilis* verwend*";
    let n = line.words.len();
    if n > 60 {
        return false;
    }
    if line.has("cookie* traceur*") {
        let asks = line.has(CONSENT) && (line.has(PAGE) || !line.sentence);
        return asks || (n <= 25 && line.begins(3, PAGE) && line.has(USE));
    }
    line.has("partenaires partner partnern partners")
        && line.has("accéd* access* speicher* stock* store verarbeit* zugreifen")
        && line.has("appareil data daten device données gerät* information* terminal")
        && line.has("nos nous our unser* we wir")
}

fn is_comment_line(line: &Line) -> bool {
    const COMMENTS: &str = "comment commentaire* commenter comments kommentar* kommentier* \
        lesermeinung*";
    const ASK: &str = "add ajoute* alle anmelden anzeigen connecte* einloggen hinterlassen \
        identifie* join laisse* leave lire log login melden post poste* publie* read register \
        rédige* schreiben show sign soyez verfassen view voir write écri*";
    const CLOSED: &str = "abgeschaltet beendet clos closed deaktiviert disabled désactivés fermés \
        geschlossen off";
    const AROUND: &str = "and aucun et keine les no the und zu";
    const BUTTONS: &str = "antworten flag like melden permalink reply report répondre signaler \
        zitieren";
    let n = line.words.len();
    let buttons = line
        .words
        .iter()
        .rev()
        .take(2)
        .all(|word| is_cue(word, BUTTONS));
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
    if !line.has(COMMENTS) {
        return false;
    }
    let figures = line.words.iter().filter(|word| is_figures(word)).count();
    let alone = line.count(COMMENTS) + line.count(AROUND) + figures == n;
    (alone && (figures == 1 || n <= 2))
        || (n <= 8 && line.has(CLOSED))
        || (n <= 10 && (line.begins(3, ASK) || line.ends(2, ASK)))
}

fn is_share_line(line: &Line) -> bool {
    const SHARE: &str = "copier copy drucken empfehlen folge folgen follow imprimer kopieren like \
        partager partagez print retrouvez share suivez teilen tweet weitersagen";
    const PLACES: &str = "bluesky copy courriel drucken email facebook imprimer instagram lien \
        link linkedin mail mastodon messenger pinterest print reddit telegram threads tiktok \
        twitter whatsapp x xing youtube";
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
    if n > 16 || line.sentence || !line.has(SHARE) {
        return false;
    }
    let places = line.count(PLACES);
    let asks = line.begins(1, SHARE) || line.ends(1, SHARE);
    let row = places >= 2 || items(line.text).len() >= 2;
    (n == 1 && line.has("partager share teilen tweet"))
        || (n <= 5 && asks && line.says(THIS))
        || (n <= 8 && asks && places >= 1)
        || (row && (asks || line.has("partager share teilen")))
}

/// Words that make a label before links to other articles, and words that stand with them.
const READ_ON: &str = "also associés auch aussi connexe* continue dazu découvrez découvrir \
    empfehlungen empfohlen* interessant lesen lesetipp* lire lisez liés lus mehr meistgelesen* \
    more même next passend popular read recommandé* recommended related relire savoir see siehe \
    similaires suite suivant thema trending verwandte* voir watch weitere* weiterlesen ähnliche*";
const READ_AROUND: &str = "a about actualités aller and article articles artikel artikeln aux \
    beiträge dans das dem der dieser dossier dossiers editor en et from gleichen hier histoire \
    histoires in interessieren könnte la le les like may meist might mit most nachrichten news \
    nos notre on our picks plus pour reading rubrik s section sie site stories story sujet sujets \
    sur texte the themen this to topic topics und unsere vous you zu zum à über";

/// Whether words make up a label before links to other articles.
fn is_label(label: &[&str]) -> bool {
    let known = |word: &&str| is_cue(word, READ_ON) || is_cue(word, READ_AROUND);
    (1..=LABEL).contains(&label.len())
        && label.iter().any(|word| is_cue(word, READ_ON))
        && label.iter().all(known)
}

/// Whether a text is nothing but such a label.
fn is_teaser_label(text: &str) -> bool {
    const LONGEST: usize = 60;
    text.len() <= LONGEST
        && !ends_sentence(text)
        && is_label(&words(&fold(text)).collect::<Vec<_>>())
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
        return n >= 2 || line.has("lesetipp* meistgelesen* weiterlesen");
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
    const ASK: &str = "abonnez abonniere abonnieren anmelden bestellen chaque erhalten every get \
        holen inscrivez jede* jetzt join melden receive recevez register rejoignez sign subscribe";
    const PAID: &str = "abo abonner abonnez abonnieren subscribe";
    const OFFER: &str = "access accédez essai free gratuit* illimité* kostenlos* mois monat* month \
        testen trial unbegrenzt unlimited week woche";
    const YOU: &str = "dein* ihr* nos notre our sie unser* votre vous you your";
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
    let asks = line.begins(4, ASK);
    let letter =
        line.has("infolettre* newsletter* rundbrief*") || line.says(&["lettre d information"]);
    let pays = line.begins(3, PAID) || (line.begins(1, "dès jetzt now") && line.has(PAID));
    (letter && asks && (line.has(YOU) || n <= 8))
        || (letter && n <= 3 && !line.sentence)
        || (n <= 20 && pays && line.has(OFFER))
        || (line.says(BOX) && line.has(YOU) && (asks || n <= 20))
}

fn is_navigation(line: &Line) -> bool {
    if line.sentence {
        return false;
    }
    is_jump(line) || is_topics(line) || is_row(line) || is_menu(line)
}

/// Whether a line leads to another place of the page, or says where the reader is.
fn is_jump(line: &Line) -> bool {
    const SKIP: &str = "accéder aller direkt go jump passer sauter skip springen zum zur";
    const TARGET: &str = "content contenu footer hauptinhalt hauptnavigation inhalt menu menü \
        navigation seiteninhalt";
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
    let skips = line.begins(1, SKIP) || line.has("springen überspringen");
    (n <= 12 && skips && line.has(TARGET))
        || (n <= 5 && line.says(TOP))
        || line
            .label()
            .is_some_and(|(label, _)| HERE.contains(&label.join(" ").as_str()))
}

/// Whether a line names the topics of the article: "Tags: one, two".
fn is_topics(line: &Line) -> bool {
    const TAGS: &str = "keywords schlagworte schlagwörter stichworte tag tags themen thèmes topics \
        étiquettes";
    let Some((label, rest)) = line.label() else {
        return false;
    };
    let tags = match label {
        [word] => is_cue(word, TAGS),
        _ => label == ["mots", "clés"],
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
    let menu = line.count(MENU);
    // A slash stands between words of running text as well.
    line.begins(1, "accueil home homepage startseite")
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

/// Words of menus, and words that stand with them.
const MENU: &str = "abmelden abo abonner about accessibilité account accueil advertise agb aide \
    anmelden apps barrierefreiheit boutique careers cart compte conditions confidentialité \
    connecter connexion contact contactez cookies datenschutz datenschutzerklärung einloggen \
    epaper faq help hilfe home impressum imprint inscription inscrire jobs karriere kontakt konto \
    legal log login logout mediadaten mentions menu menü merkzettel météo news newsletter \
    nutzungsbedingungen panier podcast podcasts press presse privacy publicité recherche \
    rechercher recrutement register registrieren ressorts rubriken rubriques search sections shop \
    sign sitemap startseite subscribe suche suchen terms videos warenkorb weather werbung wetter";
const MENU_AROUND: &str = "and d de du et générales in l la le légales main mein meine mon my \
    notice nous of on out plan policy privée s se site the to uns up us use utilisation vie zur \
    über";

/// Whether a line is a row of links with nothing but spaces between them.
fn is_menu(line: &Line) -> bool {
    let n = line.words.len();
    if n == 1 {
        return line.has("home login menu menü ressorts rubriken rubriques startseite");
    }
    if n > 16 || line.text.contains([',', ':', ';', '?', '-']) {
        return false;
    }
    let menu = line.count(MENU);
    let capitals = words(line.text)
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    n >= 3
        && capitals >= 2
        && menu * 2 >= n - line.count(MENU_AROUND)
        && (menu >= 3 || (menu == 2 && line.begins(1, MENU)))
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
