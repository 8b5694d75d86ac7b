//! Function words: the closed classes of a language, by which a few words of it are known.
//!
//! Articles, pronouns, prepositions, conjunctions, negations, auxiliaries and modals, with the
//! forms that elision and contraction make of them, and what is said in greeting, thanking and
//! answering. They are about half of the words of a running text. A word may stand in several
//! lists: `de` says Romance or Dutch, no more.
//!
//! The lists are known from grammars, not collected from texts. Left out are words that are far
//! more often something else where they are met (German `will` in English texts), and single
//! letters that are no words without an apostrophe.

use whatlang::Lang;

/// The languages with a list, sorted by their code. The words of a list are lower case, separated
/// by one space, and rise by their bytes: a list out of order does not compile.
///
/// An apostrophe (U+0027) stands at the side where the other word was: `l'`, `'s`.
const LISTS: [(Lang, &str); 14] = [
    (Lang::Cat, CATALAN),
    (Lang::Dan, DANISH),
    (Lang::Deu, GERMAN),
    (Lang::Eng, ENGLISH),
    (Lang::Fra, FRENCH),
    (Lang::Ita, ITALIAN),
    (Lang::Lat, LATIN),
    (Lang::Nld, DUTCH),
    (Lang::Nob, NORWEGIAN),
    (Lang::Pol, POLISH),
    (Lang::Por, PORTUGUESE),
    (Lang::Ron, ROMANIAN),
    (Lang::Spa, SPANISH),
    (Lang::Swe, SWEDISH),
];

const ENGLISH: &str = "\
    'd 'll 'm 're 's 't 've a about above after against all although am among an and another \
    any are aren as at be because been before behind being below between both but by can cannot \
    could couldn did didn do does doesn doing don down during each either every everyone \
    everything few for from goodbye had has hasn have haven he hello her here hers him his how \
    i if in into is isn it its itself may me might mine more most must my neither no nobody nor \
    not nothing of off on once only onto or other others our ours out over own per please shall \
    she should shouldn since so some someone something such than thanks that the their theirs \
    them themselves then there these they this those though through to too toward towards under \
    until up upon us very was wasn we were weren what when where whether which while who whom \
    whose why will with within without would wouldn yes yet you your yours yourself";

const FRENCH: &str = "\
    a afin ai ainsi alors après as au aucun aucune aujourd' aussi autre autres aux auxquels \
    avaient avait avant avec avez avoir avons ayant bonjour bonsoir c' car ce ceci cela celle \
    celles celui ces cet cette ceux chacun chaque chez combien comme comment contre d' dans de \
    depuis des doit doivent donc dont du durant dès elle elles en encore entre es est et eu eux \
    fut ici il ils j' je jusqu' jusque l' la laquelle le lequel les lesquelles lesquels leur \
    leurs lors lorsqu' lorsque lui là m' ma mais malgré me merci mes moi moins mon même mêmes \
    n' ne ni nos notre nous on ont ou oui où par parce parmi pas pendant personne peut peuvent \
    plus plusieurs pour pourquoi puis puisqu' puisque qu' quand que quel quelle quelles quelqu' \
    quelque quelques quels qui quoi rien s' sa sans se selon sera serait seront ses si soi soit \
    sommes son sont sous suis sur t' ta te tel telle telles tels tes toi ton tous tout toute \
    toutes trop très tu un une vers voici voilà vos votre vous y à ça étaient était étant été \
    étés êtes être";

const GERMAN: &str = "\
    's ab aber alle allem allen aller alles als also am an andere anderem anderen anderer \
    anderes auch auf aus bei beim bevor bin bis bist bitte da dabei dadurch dafür daher damit \
    danach danke dann daran darauf daraus darf darin darüber das dass davon dazu daß dein deine \
    dem den denen denn der deren dessen die dies diese diesem diesen dieser dieses doch du \
    durch ein eine einem einen einer eines er es etwas euch euer eure für gegen gewesen habe \
    haben hallo hat hatte hatten hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in \
    indem ins ist ja jede jedem jeden jeder jedes jedoch jemand jene kann kein keine keinem \
    keinen keiner können könnte man mehr mein meine meinem meinen meiner mich mir mit muss muß \
    müssen nach nachdem neben nein nicht nichts niemand noch nun nur ob oder ohne schon sehr \
    sein seine seinem seinen seiner seit sich sie sind so sogar soll sollen sollte sollten \
    sondern sowie um und uns unser unsere unseren unter vom von vor war waren warum was weder \
    weil welche welchen welcher welches wenn wer werde werden wie wieder wir wird wo wurde \
    wurden während würde würden zu zum zur zwar zwischen über";

const SPANISH: &str = "\
    a adiós al algo alguien alguna algunas alguno algunos ante antes aquel aquella aquellos \
    aunque aún bajo cada como con contra cual cuales cuando cuya cuyo de del desde donde \
    durante e el ella ellas ellos en entre era eran eres es esa esas ese eso esos esta estaba \
    estar estas este esto estos estoy está están fue fueron gracias ha haber había habían han \
    has hasta hay he hemos hola la las le les lo los me mi mientras mis muy más mí nada nadie \
    ni ninguna ninguno no nos nosotros nuestra nuestro nuestros nunca o os otra otras otro \
    otros para pero poco por porque puede pueden pues que quien quién qué se sea según ser si \
    sido sin sino sobre son soy su sus sí también tampoco tan tanto te ti tiene tienen toda \
    todas todo todos tu tus tú un una unas unos usted ustedes y ya yo él";

const ITALIAN: &str = "\
    a abbiamo ad agli ai al alcune alcuni all' alla alle allo altra altre altri altro anch' \
    anche ancora avere aveva avevano c' che chi ci ciao cioè col com' come con contro cos' così \
    cui d' da dagli dai dal dall' dalla dalle dallo degli dei del dell' della delle dello deve \
    di dopo dov' dove durante e ed era erano essere fra gli grazie ha hai hanno ho i il in io \
    l' la le lei li lo loro lui m' ma me mentre mi mia mio molto ne negli nei nel nell' nella \
    nelle nello nessun nessun' nessuno niente no noi non nostra nostro né o ogni ognuno oppure \
    per perché perciò però più poi possono può quale quali quando quanto quell' quella quelle \
    quelli quello quest' questa queste questi questo qui s' se sei senza si sia sono sopra \
    sotto sta state stato su sua sue sugli sui sul sull' sulla sulle suo suoi sì t' ti tra tu \
    tua tuo tutta tutte tutti tutto un un' una uno v' vi voi vostro è";

const PORTUGUESE: &str = "\
    a ainda algum alguma algumas alguns alguém ante ao aos aquela aquele aquilo as até cada com \
    como contra da das de dela delas dele deles depois desde dessa desse desta deste do dos \
    durante e ela elas ele eles em enquanto entre era eram essa esse esta estar estas estava \
    este estes está estão eu foi foram há isso isto já lhe lhes lá mais mas me mesmo meu minha \
    muito na nada nas nela nele nem nenhum nenhuma ninguém no nos nossa nosso num numa nunca \
    não nós o obrigada obrigado olá onde os ou outra outras outro outros para pela pelas pelo \
    pelos pode podem por porque porém quais qual quando quanto que quem se sem ser seu seus si \
    sido sim sob sobre sou sua suas são também te tem teve tinha toda todas todo todos tu tudo \
    tão têm um uma umas uns você vocês vos à às é és";

const DUTCH: &str = "\
    'n 's aan al alle alles als andere anders bij binnen daar dan dank dat de deze die dit doch \
    door dus een elk elke en er geen haar had hadden hallo heb hebben heeft hem hen het hier \
    hij hoe hoewel hun ieder iedere iedereen iemand iets ik in is ja je jij jou jouw jullie kan \
    kon kunnen maar me meer men met mij mijn moet moeten na naar naast nee niemand niet niets \
    noch nog nu of om omdat onder ons onze ook op over sinds te tegen ten ter terwijl toch toen \
    tot tussen u uit uw van vanaf veel voor waar waarom wanneer want waren was wat we weer wel \
    welke werd werden wie wij wil worden wordt zal ze zeer zelf zich zij zijn zo zoals zonder \
    zou zouden zullen";

const CATALAN: &str = "\
    'l 'ls 'n 's a així això al als altra altre altres amb aquell aquella aquells aquest \
    aquesta aquestes aquests cada com contra d' de del dels des després doncs durant el ell \
    ella elles ells els em en encara ens entre era eren es essent estan està et fins gràcies ha \
    han havia he hem hi ho hola i ja jo l' la les li llur lo m' mentre meu meva molt molts més \
    n' na ni ningú no nosaltres nostra nostre o on per perquè però poc pot qual quals quan que \
    qui quin quina què res s' sense ser seu seus seva seves si sobre som sota sí són t' també \
    tan te teu teva tot tota totes tots tu un una unes uns us va vaig van vostre és";

const SWEDISH: &str = "\
    alla allt andra att av bara blev bli blir de dem den denna deras dess dessa det detta dig \
    din dina ditt dock du där då efter eftersom ej eller emot en ett från för före genom ha \
    hade han hans har hej henne hennes hon honom hos hur här i icke in inga ingen inget inom \
    inte ja jag ju kan kunde man med mellan men mig min mina mitt mot mycket många måste nej ni \
    nog när någon något några och också om oss på sedan sig sin sina sitt ska skall skulle som \
    så sådan tack till trots under upp ut utan vad var vara varit varje vars vem vi vid vilka \
    vilken vilket vår våra än är även åt över";

const DANISH: &str = "\
    ad af alle alt anden andet andre at blev blive bliver da de dem den denne der deres det \
    dette dig din disse dit dog du efter eller en end er et for fra før ham han hans har havde \
    have hej hende hendes her hos hun hvad hvem hver hvilken hvis hvor hvordan hvorfor i ikke \
    ind ingen intet ja jeg jer jo kan kun kunne man mange med meget mellem men mens mig min \
    mine mit mod må ned nej nogen noget nogle nok når og også om op os over på selv sig sin \
    sine sit skal skulle som så sådan tak thi til ud uden under var ved vi vil ville være været";

const NORWEGIAN: &str = "\
    alle alt andre at av ble bli blir da de deg dem den denne der dere deres det dette din \
    disse dit ditt du eller en enn er et etter for fra før ha hadde han hans har hei henne \
    hennes her hos hun hva hvem hver hvilken hvis hvor hvordan hvorfor i ikke ingen ingenting \
    inn ja jeg jo kan kun kunne man mange med meg meget mellom men mens min mine mitt mot mye \
    må ned nei noe noen nok nå når og også om opp oss over på seg selv sin sine sitt skal \
    skulle slik som så takk til under ut uten var ved vi vil ville vår være vært";

const POLISH: &str = "\
    a aby albo ale ani bardzo bez bo by być był była było były co cześć czy dla dlaczego do \
    dziękuję gdy gdyby gdzie go i ich ile im iż ja jak jako je jego jej jest jestem jeszcze \
    jeśli jeżeli już każda każdy kiedy kto która które którego której który których którym \
    którzy lecz lub ma mają mnie może można mu my na nad nam nas nasz nic nich nie nikt nim niż \
    o od on ona one oni ono oraz po pod podczas ponieważ przed przez przy się sobie swoich \
    swoje swój są ta tak taki także tam te tego tej ten też to tu ty tych tylko tym u w wam was \
    we więc wszystkie wszystko wy z za ze że żeby";

const ROMANIAN: &str = "\
    a acea aceasta această acest acesta aceste acestei acestui ai al ale alt am ar are asta \
    astfel au avea avem bună ca care ce cei cel cele ci cine cu cum când că către da dacă dar \
    de deci decât despre din dintre după e ea ei el ele era erau este eu fi fie fiecare fiind \
    foarte fost iar la le li lor lui mai mea meu mi mulțumesc nici nimeni nimic noastră noi \
    nostru nu o ori orice pe pentru peste poate pot prin printre sa sale sau se sub sunt să său \
    te toate tot toți tu un una unde unei unor unui va voastră voi vom vor vă îi îl îmi în \
    înainte între își îți și";

const LATIN: &str = "\
    a ab ac ad apud at atque aut autem contra cum cur de dum e ea eam earum ego ei eius enim eo \
    eorum eos erant erat ergo esse est et etiam etsi eum ex fuit hac haec hanc hic hoc huius \
    hunc iam id igitur illa ille illi illud in inter ipsa ipse is ita me mihi nam ne nec neque \
    nihil nisi nobis non nos nunc ob per post pro quae quam quamquam quasi qui quia quibus quid \
    quidem quo quod quoque se sed si sibi sic sicut sine sub suis sum sunt suo super suum tamen \
    tibi tu ubi ut vel vero vobis";

/// How many different words must speak for a language rather than for the next one, so that the
/// letters are not asked. 2 finds 6 untranslated paragraphs of 3–5 words less of 61, 3 has one other
/// of 11 words and more wrong, 4 has all as if letters were always asked
/// (examples/language_accuracy).
const PLAIN: u32 = 4;

/// Languages that no language is near to but those that have a list, and Afrikaans, which has more
/// of the words of Dutch: where the words tell one of these among all lists, it is no other.
const APART: [Lang; 3] = [Lang::Deu, Lang::Eng, Lang::Fra];

/// Every word of the lists, in rising order, and a bit for each list that it stands in.
static TABLE: [(&str, u16); words()] = table();

/// Where a word of [`TABLE`] is looked for: at its [`place`], or behind it before the next that is
/// free, which holds 0; the others hold one more than an index.
static PLACES: [u16; SIZE] = {
    let (table, mut places, mut i) = (table(), [0; SIZE], 0);
    while i < table.len() {
        let mut place = place(table[i].0.as_bytes());
        while places[place] > 0 {
            place = (place + 1) % SIZE;
        }
        i += 1;
        places[place] = i as u16;
    }
    places
};

/// So many that three in four are free.
const SIZE: usize = (4 * words()).next_power_of_two();

/// Where to begin to look for a word: by its hash (Fx, Firefox).
const fn place(word: &[u8]) -> usize {
    let (mut hash, mut i) = (0_u32, 0);
    while i < word.len() {
        hash = (hash.rotate_left(5) ^ word[i] as u32).wrapping_mul(0x9e37_79b9);
        i += 1;
    }
    (hash >> (u32::BITS - SIZE.ilog2())) as usize
}

/// Number of different words in the lists.
const fn words() -> usize {
    let (mut heads, mut words) = (Heads::new(), 0);
    while heads.next().is_some() {
        words += 1;
    }
    words
}

const fn table() -> [(&'static str, u16); words()] {
    let (mut heads, mut table, mut i) = (Heads::new(), [("", 0); words()], 0);
    while let Some(entry) = heads.next() {
        table[i] = entry;
        i += 1;
    }
    table
}

/// Merges the lists: what is left of each, its first word apart.
struct Heads {
    heads: [&'static str; LISTS.len()],
    rests: [&'static str; LISTS.len()],
}

impl Heads {
    const fn new() -> Self {
        let (mut heads, mut rests) = ([""; LISTS.len()], [""; LISTS.len()]);
        let mut list = 0;
        while list < LISTS.len() {
            (heads[list], rests[list]) = split_word(LISTS[list].1);
            list += 1;
        }
        Self { heads, rests }
    }

    /// The least word left and a bit for each list that had it.
    const fn next(&mut self) -> Option<(&'static str, u16)> {
        let (mut least, mut lists, mut list) = ("", 0, 0);
        while list < LISTS.len() {
            let head = self.heads[list];
            if !head.is_empty() {
                if least.is_empty() || less(head, least) {
                    (least, lists) = (head, 0);
                }
                if !less(least, head) {
                    lists |= 1 << list;
                }
            }
            list += 1;
        }
        if least.is_empty() {
            return None;
        }
        list = 0;
        while list < LISTS.len() {
            if lists & 1 << list != 0 {
                (self.heads[list], self.rests[list]) = split_word(self.rests[list]);
                let sorted = self.heads[list].is_empty() || less(least, self.heads[list]);
                assert!(sorted, "the words of a list rise");
            }
            list += 1;
        }
        Some((least, lists))
    }
}

const fn split_word(list: &'static str) -> (&'static str, &'static str) {
    let mut space = 0;
    while space < list.len() && list.as_bytes()[space] != b' ' {
        space += 1;
    }
    let (word, rest) = list.split_at(space);
    (
        word,
        if rest.is_empty() {
            rest
        } else {
            rest.split_at(1).1
        },
    )
}

/// `a < b`, by bytes.
const fn less(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] < b[i];
        }
        i += 1;
    }
    a.len() < b.len()
}

/// Index in [`TABLE`] of a lower-case word that a list has.
fn index(word: &str) -> Option<usize> {
    let mut place = place(word.as_bytes());
    loop {
        let index = usize::from(PLACES[place]).checked_sub(1)?;
        if TABLE[index].0 == word {
            return Some(index);
        }
        place = (place + 1) % SIZE;
    }
}

/// The different function words of a text, counted: a word said again tells nothing new.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct FunctionWords {
    /// Words that are function words of any language.
    found: u16,
    /// Words that are function words of each of [`LISTS`].
    of: [u16; LISTS.len()],
}

impl FunctionWords {
    /// Counts those of words between white space, in lower case, composed. The two sides of an
    /// apostrophe are two words, of which one may keep it.
    pub(super) fn count(text: &str) -> Self {
        let mut counter = Counter::default();
        text.split_ascii_whitespace()
            .for_each(|word| counter.read(word));
        counter.counted
    }

    /// Words found, function words of any language.
    pub(super) fn found(&self) -> u32 {
        self.found.into()
    }

    /// Whether a language has a list.
    pub(super) fn know(lang: Lang) -> bool {
        LISTS.iter().any(|&(other, _)| other == lang)
    }

    /// Words found that are function words of other languages only; of a language without a list
    /// as few as of the best of those that have one, so that the words say nothing against it.
    pub(super) fn foreign(&self, lang: Lang) -> u32 {
        let own = LISTS.iter().position(|&(other, _)| other == lang);
        let own = own.map(|list| self.of[list]);
        u32::from(self.found - own.unwrap_or_else(|| self.of.into_iter().max().unwrap_or(0)))
    }

    /// The languages with a list that leave the fewest words foreign, and how many words of theirs
    /// were found.
    pub(super) fn likeliest(&self) -> (impl Iterator<Item = Lang>, u32) {
        let most = self.of.into_iter().max().unwrap_or(0);
        let likeliest = LISTS
            .iter()
            .zip(self.of)
            .filter(move |&(_, own)| own == most);
        (likeliest.map(|(&(lang, _), _)| lang), most.into())
    }

    /// Whether the words tell which of some languages it is: [`PLAIN`] more of them are foreign in
    /// every other. In a single language as many must not be foreign.
    pub(super) fn tell(&self, languages: &[Lang]) -> bool {
        let [mut fewest, mut next] = [self.found(); 2];
        for foreign in languages.iter().map(|&lang| self.foreign(lang)) {
            next = next.min(foreign.max(fewest));
            fewest = fewest.min(foreign);
        }
        next - fewest >= PLAIN
    }

    /// Whether fewer words are foreign in a language, one of some, than in each of the others.
    pub(super) fn prefer(&self, lang: Lang, languages: &[Lang]) -> bool {
        let own = self.foreign(lang);
        let mut others = languages.iter().filter(|&&other| other != lang);
        languages.contains(&lang) && others.all(|&other| own < self.foreign(other))
    }

    /// The language among all with a list that the words tell, if it is one of [`APART`].
    pub(super) fn apart(&self) -> Option<Lang> {
        let told = self.tell(&LISTS.map(|(lang, _)| lang));
        let (mut likeliest, _) = self.likeliest();
        likeliest.next().filter(|lang| told && APART.contains(lang))
    }
}

/// Reads the words of a text.
#[derive(Default)]
struct Counter {
    counted: FunctionWords,
    /// A bit for each word of [`TABLE`].
    seen: [u64; words().div_ceil(64)],
}

impl Counter {
    fn read(&mut self, word: &str) {
        let mut rest = word;
        let apostrophe = |rest: &str| rest.bytes().position(|byte| byte == b'\'');
        while let Some(apostrophe) = apostrophe(rest) {
            let (before, after) = (&rest[..=apostrophe], &rest[apostrophe + 1..]);
            if !self.add(before) {
                self.add(&before[..apostrophe]);
                if self.add(&rest[apostrophe..]) {
                    return;
                }
            }
            rest = after;
        }
        self.add(rest);
    }

    fn add(&mut self, word: &str) -> bool {
        let Some(i) = index(word) else {
            return false;
        };
        let seen = 1 << (i % 64);
        if self.seen[i / 64] & seen == 0 {
            self.seen[i / 64] |= seen;
            self.counted.found += 1;
            for (list, count) in self.counted.of.iter_mut().enumerate() {
                *count += TABLE[i].1 >> list & 1;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_their_words_are_found() {
        for (list, (lang, words)) in LISTS.into_iter().enumerate() {
            let words: Vec<&str> = words.split(' ').collect();
            assert!(words.is_sorted_by(|a, b| a < b), "{lang}");
            for word in words {
                assert_eq!(word, word.to_lowercase(), "{lang}");
                let found = index(word).map(|i| TABLE[i]);
                let found = found.filter(|(_, lists)| lists >> list & 1 == 1);
                assert_eq!(found.map(|(found, _)| found), Some(word), "{lang}");
            }
        }
        assert!(LISTS.is_sorted_by_key(|(lang, _)| lang.code()));
        assert!(TABLE.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn counted() {
        for (text, lang, own, found) in [
            ("", Lang::Eng, 0, 0),
            ("lorem ipsum dolor", Lang::Eng, 0, 0),
            ("the tree and the bird", Lang::Eng, 2, 2),
            ("i don't know if it's true", Lang::Eng, 6, 6),
            ("l'eau qu'il n'a pas bue d'aujourd'hui", Lang::Fra, 8, 8),
            ("dell'acqua e l'olio", Lang::Ita, 3, 3),
            ("o'reilly's ' '' book", Lang::Eng, 1, 2),
            ("über ärzte über", Lang::Deu, 1, 1),
            ("der hund und le chat", Lang::Deu, 2, 3),
            ("der hund und le chat", Lang::Fra, 1, 3),
            ("les enfants de la rue", Lang::Jpn, 3, 3),
        ] {
            let counted = FunctionWords::count(text);
            let got = (counted.found() - counted.foreign(lang), counted.found());
            assert_eq!(got, (own, found), "{lang}: {text}");
        }
    }

    #[test]
    fn words_that_tell() {
        const KNOWN: [Lang; 3] = [Lang::Deu, Lang::Eng, Lang::Fra];
        const AFRIKAANS: &str = "die ou meule in die dorp staan al meer as twintig jaar stil maar \
            hierdie winter het bure besluit om dit skoon te maak en weer te laat draai";
        for (text, known, apart) in [
            ("", false, None),
            (
                "they have not seen the bird that sat with it",
                true,
                Some(Lang::Eng),
            ),
            ("the bird the bird the bird the bird", false, None),
            ("the bird und der hund", false, None),
            (
                "les enfants sont dans la rue avec leur chat",
                true,
                Some(Lang::Fra),
            ),
            (
                "niños que no han visto la nieve en su vida, pero sí el mar",
                false,
                None,
            ),
            (AFRIKAANS, false, None),
        ] {
            let counted = FunctionWords::count(text);
            assert_eq!(
                (counted.tell(&KNOWN), counted.apart()),
                (known, apart),
                "{text}"
            );
        }
        let few = FunctionWords::count("seen it in the garden");
        assert!(few.prefer(Lang::Eng, &KNOWN) && !few.tell(&KNOWN));
        assert!(!few.prefer(Lang::Fra, &KNOWN) && !few.prefer(Lang::Eng, &[Lang::Fra]));
        assert!(!FunctionWords::count("garden").prefer(Lang::Eng, &KNOWN));
        let english = FunctionWords::count("they have not seen the bird that sat with it");
        assert!(english.tell(&[Lang::Eng]) && !english.tell(&[Lang::Fra]));
        assert!(
            !english.tell(&[Lang::Eng, Lang::Fin]),
            "letters may speak for Finnish"
        );
    }
}
