//! Abbreviations: words whose full stop need not end a sentence, and words that begin one.
//!
//! The lists hold what is common in running text: words with a space between them, in the order
//! of their bytes, written as they stand in a text, without white space and without their last
//! full stop: `Dr`, `z.B`. Case counts: `Gen.` is a rank, `gen.` is not.

use std::cmp::Ordering;

use crate::lang::Lang;

/// Whether a sentence may end with an abbreviation when a capital or a figure follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ends {
    /// It never ends one: a title before a name, `e.g.`.
    Never,
    /// It ends one unless a figure follows: `No. 5`, `p. 7`.
    UnlessNumber,
    /// It ends one if the next word is one that begins sentences: `U.S.`, German `Mio.` before
    /// capitalised nouns.
    BeforeStarter,
    /// It ends one: `etc.` before a capital.
    BeforeCapital,
}

use Ends::{BeforeCapital, BeforeStarter, Never, UnlessNumber};

/// Looks up a word without its last full stop.
///
/// A language without a list of its own has the one of all languages.
pub(super) fn ends(word: &str, lang: Lang) -> Option<Ends> {
    let own = match lang {
        Lang::EN => ENGLISH,
        Lang::FR => FRENCH,
        Lang::DE => GERMAN,
        _ => &[],
    };
    let found = own.iter().chain(ALL).find(|(_, list)| is_in(word, list));
    found.map(|&(ends, _)| ends)
}

/// Whether a word, capitalised, is one that begins sentences: an article, a pronoun, a
/// conjunction. Of a language without a list nothing is known, and no word is.
pub(super) fn is_starter(word: &str, lang: Lang) -> bool {
    match lang {
        Lang::EN => is_in(word, ENGLISH_STARTERS),
        Lang::FR => is_in(word, FRENCH_STARTERS),
        Lang::DE => is_in(word, GERMAN_STARTERS),
        _ => false,
    }
}

/// Whether a German word follows ordinal numbers: a month, or a noun that is counted.
pub(super) fn is_german_counted(word: &str) -> bool {
    is_in(word, GERMAN_COUNTED)
}

/// Whether a German word asks for a noun or an adjective behind it, so that a number with a full
/// stop is an ordinal: `am 5.`, `der 3.`, `ihrem 40.`.
pub(super) fn is_german_determiner(word: &str) -> bool {
    let endings = ["er", "em", "en", "es", "e"];
    let stem = endings.iter().find_map(|ending| word.strip_suffix(ending));
    is_in(word, GERMAN_DETERMINERS) || stem.is_some_and(|stem| is_in(stem, GERMAN_DETERMINER_STEMS))
}

/// Whether a word stands in a list: halves the list, whose words rise, until it is found.
fn is_in(word: &str, list: &str) -> bool {
    let mut left = list.as_bytes();
    while !left.is_empty() {
        let (before, behind) = left.split_at(left.len() / 2);
        let start = before.iter().rposition(|&b| b == b' ').map_or(0, |i| i + 1);
        let len = behind.iter().position(|&b| b == b' ');
        let end = len.map_or(left.len(), |len| before.len() + len);
        left = match word.as_bytes().cmp(&left[start..end]) {
            Ordering::Less => &left[..start.saturating_sub(1)],
            Ordering::Equal => return true,
            Ordering::Greater => left.get(end + 1..).unwrap_or_default(),
        };
    }
    false
}

/// Known in every language: Latin, names of companies, titles.
const ALL: &[(Ends, &str)] = &[
    (Never, "Dr Mr Mrs Ms Prof ca cf e.g i.e vs"),
    (UnlessNumber, "No Nr Vol art no p pp vol"),
    (BeforeStarter, "Co Corp Inc Jr Ltd Sr St al"),
    (BeforeCapital, "etc ibid op.cit"),
];

const ENGLISH: &[(Ends, &str)] = &[
    (
        Never,
        "Adm Capt Cmdr Col Cpl Fr Ft Gen Gov Hon Lt Maj Messrs Mt Pres Rep Reps Rev Sen \
         Sens Sgt Supt approx esp incl v viz",
    ),
    (
        UnlessNumber,
        "Apr Aug Dec Eq Feb Fig Figs Jan Jul Jun Mar Nos Nov Oct Op Sec Sep Sept chap \
         est fig figs nos par sec vols",
    ),
    (
        BeforeStarter,
        "Ave Bros Dept Esq Ph.D Rd Univ a.m ed eds p.m",
    ),
];

const FRENCH: &[(Ends, &str)] = &[
    (
        Never,
        "M MM Me Mgr Mlle Mlles Mme Mmes N.B P.-S Pr Ste apr av boul c.-à-d c.à-d c.à.d \
         env ex p.ex par.ex tél",
    ),
    (
        UnlessNumber,
        "avr chap déc fig févr janv juill n nos nov oct réf sept t",
    ),
    (BeforeStarter, "J.-C N.D.L.R S.A al coll dir Éd éd"),
    (BeforeCapital, "adj hab max min"),
];

const GERMAN: &[(Ends, &str)] = &[
    (
        Never,
        "Dipl Dipl.-Ing Fr Frl Gebr Hr Hrn Ing Lt Mag Pfr Tel allg bes betr bspw bzgl \
         bzw d.h d.i dt einschl engl ev evtl exkl frz geb gem ggf griech h.c hl hrsg i.A i.V ind \
         inkl insb insbes ital jap kath lat lt max mind niederl o.g röm s.a sog span staatl \
         städt u.U urspr v.a verh vgl z.B zzgl",
    ),
    (
        UnlessNumber,
        "Abb Abs Apr Art Aug Bd Dez Feb Febr Jan Kap Mär Nov Nrn Okt S Sept Tab \
         Ziff gest",
    ),
    (
        BeforeStarter,
        "Anm Aufl Bde Bsp Hbf Hrsg Jg Jh Jhd Jhdt Jhs Min Mio Mrd Sek Std Str Tsd \
         Verf a.D a.M dgl e.V ff gegr i.Allg i.d.R jmd mtl n.Chr o.Ä o.ä s.o s.u s.ä u.a u.v.a \
         u.ä v.Chr z.T z.Z z.Zt",
    ),
    (BeforeCapital, "ebd u.a.m u.v.m usf usw uvm"),
];

const ENGLISH_STARTERS: &str = "A About According After All Also Although An And Another \
    Any Are As At Because Before Both But By Can Did Do Does Don Each Even Every Few For From \
    Had Has Have He Her Here His How However I If In Instead Into Is It Its Last Later Many \
    Meanwhile More Most My Neither Never No Nobody Nor Not Nothing Now Of On Once One Only Or \
    Other Others Our Over People Perhaps She Since So Some Soon Still Such That The Their Then \
    There Therefore These They This Those Though Three Through Thus To Today Two Under Unlike \
    Until Was We Were What When Where Whether Which While Who Whoever Why With Within Without \
    Yes Yet You Your";

const FRENCH_STARTERS: &str = "Ainsi Alors Après Au Aucun Aucune Aujourd Aussi Autre Aux \
    Avant Avec Beaucoup Bien C Ce Cela Celle Celui Cependant Certains Ces Cet Cette Ceux Chacun \
    Chaque Comme Comment D Dans De Depuis Des Donc Du Dès Elle Elles En Encore Enfin Ensuite Et \
    Il Ils J Je Jusqu L La Le Les Leur Leurs Lors Lorsqu Lorsque Mais Malgré Me Mes Mon Même N \
    Ne Ni Non Nos Notre Nous On Or Où Par Parce Parmi Pas Pendant Personne Peu Plus Plusieurs \
    Pour Pourquoi Pourtant Puis Puisque Qu Quand Quant Que Quel Quelle Quelques Qui Quoi S Sa \
    Sans Se Selon Ses Seul Si Son Sous Sur Tandis Tous Tout Toute Toutes Très Tu Un Une Vers \
    Voici Voilà Vos Votre Vous Y À Ça";

const GERMAN_STARTERS: &str = "Aber Alle Allerdings Alles Als Also Am An Andere Anders \
    Auch Auf Aus Außerdem Bei Beide Beim Bis Bisher Da Dabei Dadurch Dafür Dagegen Daher Damals \
    Damit Danach Dann Daran Darauf Daraus Darin Darum Darunter Das Dass Davon Davor Dazu Dem Den \
    Denn Dennoch Der Deren Des Deshalb Dessen Die Dies Diese Dieser Dieses Doch Dort Du Durch \
    Ebenso Ein Eine Einem Einen Einer Einige Er Erst Es Etwa Euer Früher Für Gegen Genau Gerade \
    Heute Hier Hinter Ich Ihm Ihn Ihnen Ihr Ihre Im Immer In Ins Inzwischen Ist Jede Jeder Jedes \
    Jedoch Jetzt Kein Keine Man Manche Mehr Mein Meine Mit Mittlerweile Nach Nachdem Neben Nein \
    Nicht Nichts Nie Niemand Noch Nun Nur Ob Obwohl Oder Oft Ohne Schon Sehr Sein Seine Seit \
    Seitdem Sie Sind So Sobald Sogar Solche Sondern Später Trotz Trotzdem Um Und Uns Unser \
    Unsere Unter Viele Vielleicht Vom Von Vor Wann War Warum Was Weder Wegen Weil Welche Wenn \
    Wer Wie Wieder Wir Wo Während Zu Zudem Zum Zur Zwar Zwischen Über";

const GERMAN_COUNTED: &str = "April Auflage August Bezirk Bundesliga Dezember Dynastie \
    Etage Februar Geburtstag Generation Hochzeitstag Jahrestag Jahrhundert Jahrhunderts \
    Jahrtausend Januar Juli Juni Jänner Kapitel Klasse Lebensjahr Liga Mai Mal März November \
    Oktober Platz Reihe Runde September Stock Tag Todestag Weltkrieg Weltkriegs";

const GERMAN_DETERMINERS: &str = "Am Beim Das Dem Den Der Des Die Im Vom Zum Zur \
    ab am beim bis das dem den der des die im ins seit vom zum zur";

/// Determiners without the endings of their cases.
const GERMAN_DETERMINER_STEMS: &str = "Ihr dein dies ein eur ihr jed kein mein sein unser";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_unique() {
        let words = [
            ENGLISH_STARTERS,
            FRENCH_STARTERS,
            GERMAN_STARTERS,
            GERMAN_COUNTED,
            GERMAN_DETERMINERS,
            GERMAN_DETERMINER_STEMS,
        ];
        let abbreviations = [ALL, ENGLISH, FRENCH, GERMAN].concat();
        for list in abbreviations.iter().map(|(_, list)| *list).chain(words) {
            let words: Vec<&str> = list.split(' ').collect();
            for pair in words.windows(2) {
                assert!(!pair[0].is_empty() && pair[0] < pair[1], "{pair:?}");
            }
            for word in words {
                assert!(is_in(word, list), "{word}");
                assert!(!is_in(&format!("{word}-"), list), "{word}");
            }
            assert!(!is_in("", list) && !is_in("\u{10ffff}", list), "{list}");
        }
    }

    #[test]
    fn words_stand_in_one_list_of_a_language_and_carry_no_last_full_stop() {
        for lists in [ALL, ENGLISH, FRENCH, GERMAN] {
            let mut words: Vec<&str> = lists.iter().flat_map(|(_, list)| list.split(' ')).collect();
            words.sort_unstable();
            for pair in words.windows(2) {
                assert!(pair[0] != pair[1] && !pair[0].ends_with('.'), "{pair:?}");
            }
        }
    }

    #[test]
    fn look_up() {
        for (word, lang, expected) in [
            ("Dr", Lang::EN, Some(Never)),
            ("Dr", "nl".parse().unwrap(), Some(Never)),
            ("M", Lang::FR, Some(Never)),
            ("M", Lang::EN, None),
            ("z.B", Lang::DE, Some(Never)),
            ("z.B", Lang::FR, None),
            ("etc", Lang::UND, Some(BeforeCapital)),
            ("Art", Lang::DE, Some(UnlessNumber)),
            ("house", Lang::EN, None),
            ("", Lang::EN, None),
        ] {
            assert_eq!(ends(word, lang), expected, "{word} {lang}");
        }
    }

    #[test]
    fn german_words_around_ordinals() {
        for (word, determiner) in [
            ("am", true),
            ("ihrem", true),
            ("jeder", true),
            ("meine", true),
            ("Jahr", false),
            ("e", false),
        ] {
            assert_eq!(is_german_determiner(word), determiner, "{word}");
        }
        assert!(is_german_counted("Mai"));
        assert!(!is_german_counted("Danach"));
    }
}
