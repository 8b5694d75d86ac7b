//! Cues: the words that boilerplate is known by.
//!
//! A word is looked up once, in all lists together; what it is a cue of is then a set of lists.

use std::ops::BitOr;
use std::sync::LazyLock;

/// Names lists of cues: words in lower case, composed, with a space between them; `*` stands for
/// any ending.
macro_rules! lists {
    ($($(#[$doc:meta])* $list:ident = $words:literal,)*) => {
        /// A list of cues.
        #[derive(Clone, Copy, Debug)]
        pub(super) enum List {
            $($(#[$doc])* $list,)*
        }

        const LISTS: &[(List, &str)] = &[$((List::$list, $words),)*];
    };
}

lists! {
    // Advertisements.
    /// A label of an advertisement.
    AdLabel = "ad advert advertisement advertising advertorial anzeige gesponsert* promoted pub \
        publicité sponsored sponsorisé* werbung",
    /// What may stand with it.
    AdAround = "a article artikel beitrag by content contenu de der end ende fin inhalt la paid \
        partner post von",
    /// "The story goes on below": its three parts.
    StoryOn = "article artikel continue* lesen lire scroll* story suite weiter weiterlesen",
    GoesOn = "continue* poursui* suite weiter weiterlesen",
    Below = "ad after après below dessous nach scroll* unten unterhalb",
    /// What an advertisement begins with.
    AdHead = "advertisement advertorial anzeige publicité sponsored werbung",
    // Cookies and privacy.
    Cookie = "cookie* traceur*",
    Page = "dein* ihr* nos notre nous our page seite* sie site unser* us vos votre vous we \
        webangebot* webseite* website* wir you your",
    Consent = "ablehn* accept* agree* akzeptier* allow* choices choix consent* continuer decline \
        einstellung* einverstanden einwillig* erlauben manage ok paramètr* paramétr* \
        preferences préférences refus* reject* settings stimme stimmen verstanden zustimm*",
    Use = "benutz* dépos* einsatz nutz* recour* setzen setzt store use uses using utilis* \
        verwend*",
    /// "Our partners and we access data on your device": its four parts.
    Partner = "partenaires partner partnern partners",
    Access = "access* accéd* speicher* stock* store verarbeit* zugreifen",
    Data = "appareil data daten device données gerät* information* terminal",
    We = "nos nous our unser* we wir",
    /// A word of a reservation of rights.
    Reserved = "reserved réservés vorbehalten",
    // Comments.
    Comment = "comment commentaire* commenter comments kommentar* kommentier* lesermeinung*",
    CommentAsk = "add ajoute* alle anmelden anzeigen connecte* einloggen hinterlassen identifie* \
        join laisse* leave lire log login melden post poste* publie* read register rédige* \
        schreiben show sign soyez verfassen view voir write écri*",
    CommentClosed = "abgeschaltet beendet clos closed deaktiviert disabled désactivés fermés \
        geschlossen off",
    CommentAround = "and aucun et keine les no the und zu",
    /// The buttons below a comment.
    CommentButton = "antworten flag like melden permalink reply report répondre signaler zitieren",
    // Sharing.
    Share = "copier copy drucken empfehlen folge folgen follow imprimer kopieren like partager \
        partagez print retrouvez share suivez teilen tweet weitersagen",
    SharePlace = "bluesky copy courriel drucken email facebook imprimer instagram lien link linkedin \
        mail mastodon messenger pinterest print reddit telegram threads tiktok twitter \
        whatsapp x xing youtube",
    /// What asks to share without saying what or where.
    ShareAlone = "partager share teilen tweet",
    /// What makes a row of links one to share by.
    ShareRow = "partager share teilen",
    // Links to other articles.
    /// A label before links to other articles.
    ReadOn = "also associés auch aussi connexe* continue dazu découvrez découvrir empfehlungen \
        empfohlen* interessant lesen lesetipp* lire lisez liés lus mehr meistgelesen* more \
        même next passend popular read recommandé* recommended related relire savoir see \
        siehe similaires suite suivant thema trending verwandte* voir watch weitere* \
        weiterlesen ähnliche*",
    /// What may stand with it.
    ReadAround = "a about actualités aller and article articles artikel artikeln aux beiträge dans \
        das dem der dieser dossier dossiers editor en et from gleichen hier histoire \
        histoires in interessieren könnte la le les like may meist might mit most \
        nachrichten news nos notre on our picks plus pour reading rubrik s section sie \
        site stories story sujet sujets sur texte the themen this to topic topics und \
        unsere vous you zu zum à über",
    /// What is a label without another word.
    ReadAlone = "lesetipp* meistgelesen* weiterlesen",
    // Newsletters and subscriptions.
    Newsletter = "infolettre* newsletter* rundbrief*",
    Subscribe = "abonnez abonniere abonnieren anmelden bestellen chaque erhalten every get holen \
        inscrivez jede* jetzt join melden receive recevez register rejoignez sign \
        subscribe",
    Paid = "abo abonner abonnez abonnieren subscribe",
    /// Where letters are received.
    Mailbox = "boîte inbox mailbox postfach",
    Now = "dès jetzt now",
    Offer = "access accédez essai free gratuit* illimité* kostenlos* mois monat* month testen \
        trial unbegrenzt unlimited week woche",
    You = "dein* ihr* nos notre our sie unser* votre vous you your",
    // Navigation.
    /// What leads to a target in the page.
    Skip = "accéder aller direkt go jump passer sauter skip springen zum zur",
    /// The same, anywhere in the line.
    Jump = "springen überspringen",
    Target = "content contenu footer hauptinhalt hauptnavigation inhalt menu menü navigation \
        seiteninhalt",
    /// A label before the topics of the article.
    Topics = "keywords schlagworte schlagwörter stichworte tag tags themen thèmes topics \
        étiquettes",
    /// What breadcrumbs begin with.
    Home = "accueil home homepage startseite",
    Menu = "abmelden abo abonner about accessibilité account accueil advertise agb aide \
        anmelden apps barrierefreiheit boutique careers cart compte conditions \
        confidentialité connecter connexion contact contactez cookies datenschutz \
        datenschutzerklärung einloggen epaper faq help hilfe home impressum imprint \
        inscription inscrire jobs karriere kontakt konto legal log login logout mediadaten \
        mentions menu menü merkzettel météo news newsletter nutzungsbedingungen panier \
        podcast podcasts press presse privacy publicité recherche rechercher recrutement \
        register registrieren ressorts rubriken rubriques search sections shop sign \
        sitemap startseite subscribe suche suchen terms videos warenkorb weather werbung \
        wetter",
    /// What may stand in a menu.
    MenuAround = "and d de du et générales in l la le légales main mein meine mon my notice nous of \
        on out plan policy privée s se site the to uns up us use utilisation vie zur über",
    /// What is a menu without another word.
    MenuAlone = "home login menu menü ressorts rubriken rubriques startseite",
}

/// The lists that a word stands in, or the words of a line: a bit for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Cues(u64);

const _: () = assert!(LISTS.len() <= u64::BITS as usize, "a list is a bit");

impl Cues {
    /// What a word is a cue of, lower case and composed.
    pub(super) fn of(word: &str) -> Self {
        let head = head(word);
        let entries = TABLE.entries(head);
        let found = entries.filter(|entry| entry.head == head && fits(word, entry.cue));
        found.fold(Self::default(), |all, entry| all | entry.cues)
    }

    /// Whether a list is among them.
    pub(super) const fn has(self, list: List) -> bool {
        self.0 >> list as u32 & 1 == 1
    }
}

impl BitOr for Cues {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Whether a word is a cue, of which `*` stands for any ending.
pub(super) fn fits(word: &str, cue: &str) -> bool {
    match cue.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == cue,
    }
}

/// A cue and the lists that it stands in.
#[derive(Clone, Copy)]
struct Entry {
    head: u32,
    cue: &'static str,
    cues: Cues,
}

/// The cues of all lists, sorted by the places of their heads.
struct Table {
    entries: Vec<Entry>,
    /// Where the entries of each place begin, and their number at the end.
    starts: [u16; PLACES + 1],
}

/// Places of heads: most are free, as most words are no cues.
const PLACES: usize = 1 << 11;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut cues: Vec<Entry> = Vec::new();
    for &(list, words) in LISTS {
        cues.extend(words.split(' ').map(|cue| Entry {
            head: head(cue),
            cue,
            cues: Cues(1 << list as u32),
        }));
    }
    cues.sort_by_key(|entry| (place(entry.head), entry.cue));
    let same = cues.chunk_by(|x, y| x.cue == y.cue);
    let entries: Vec<Entry> = (same.map(|same| Entry {
        cues: same.iter().fold(Cues::default(), |all, e| all | e.cues),
        ..same[0]
    }))
    .collect();
    let start = |p: usize| entries.partition_point(|entry| place(entry.head) < p) as u16;
    let starts = std::array::from_fn(start);
    Table { entries, starts }
});

impl Table {
    /// Those at the place of a head.
    fn entries(&self, head: u32) -> impl Iterator<Item = &Entry> {
        let place = place(head);
        let [start, end] = [self.starts[place], self.starts[place + 1]].map(usize::from);
        self.entries[start..end].iter()
    }
}

/// The first three bytes of a word, as a number; no stem is shorter.
const fn head(word: &str) -> u32 {
    match *word.as_bytes() {
        [first, second, third, ..] => u32::from_le_bytes([first, second, third, 0]),
        [first, second] => u32::from_le_bytes([first, second, 0, 0]),
        [first] => first as u32,
        [] => 0,
    }
}

/// Where the cues of a head are (Fibonacci hashing: Knuth, The Art of Computer Programming, volume 3,
/// section 6.4).
const fn place(head: u32) -> usize {
    (head.wrapping_mul(0x9e37_79b9) >> (u32::BITS - PLACES.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_their_words_are_found() {
        for &(list, words) in LISTS {
            let words: Vec<&str> = words.split(' ').collect();
            assert!(words.is_sorted_by(|a, b| a < b), "{list:?}");
            for cue in words {
                assert_eq!(cue, cue.to_lowercase(), "{list:?}");
                let word = match cue.strip_suffix('*') {
                    Some(stem) => {
                        assert!(stem.len() >= 3 && !stem.contains('*'), "{cue}");
                        assert!(Cues::of(&format!("{stem}xyz")).has(list), "{cue}");
                        stem
                    }
                    None => cue,
                };
                assert!(Cues::of(word).has(list), "{list:?}: {cue}");
            }
        }
    }

    #[test]
    fn one_look_up_agrees_with_every_list() {
        let words = LISTS.iter().flat_map(|(_, words)| words.split(' '));
        let words = words.flat_map(|cue| {
            let word = cue.trim_end_matches('*');
            let shorter = word
                .char_indices()
                .next_back()
                .map_or("", |(i, _)| &word[..i]);
            [word.to_owned(), shorter.to_owned(), format!("{word}s")]
        });
        for word in words {
            let found = Cues::of(&word);
            for &(list, cues) in LISTS {
                let listed = cues.split(' ').any(|cue| fits(&word, cue));
                assert_eq!(found.has(list), listed, "{list:?}: {word}");
            }
        }
    }
}
