//! Texts in languages that a detector does not allow: they must be named, not claimed.

use triglyph::{Detector, Lang};

fn lang(code: &str) -> Lang {
    code.parse().unwrap()
}

/// Language, the 20–30 words a text begins with, and the rest of it.
const OUTSIDERS: &[(&str, &str, &str)] = &[
    (
        "es",
        "El molino de la aldea lleva más de veinte años parado, pero este invierno un grupo de \
         vecinos ha decidido limpiarlo y ponerlo otra vez en marcha.",
        "Primero quitaron las piedras que cerraban el canal y después repararon la rueda con \
         madera de roble que regaló el carpintero. Nadie sabía muy bien cómo se ajustaban las \
         muelas, así que llamaron a la nieta del último molinero, que todavía guardaba sus \
         cuadernos. En ellos estaba escrito todo: cuánta agua hacía falta, qué trigo molía mejor \
         y quién debía dinero desde hacía medio siglo. El domingo pasado salió la primera harina \
         y con ella hicieron pan para todos. Dicen que no era muy bueno, pero no quedó ni una \
         miga, y ya hay quien quiere abrir una panadería al lado.",
    ),
    (
        "nl",
        "De oude molen van het dorp staat al meer dan twintig jaar stil, maar deze winter hebben \
         een paar buren besloten hem schoon te maken en weer te laten draaien.",
        "Eerst haalden ze de stenen weg die het kanaal afsloten, daarna maakten ze het rad met \
         eikenhout dat de timmerman cadeau had gedaan. Niemand wist precies hoe de maalstenen \
         moesten worden afgesteld, dus belden ze de kleindochter van de laatste molenaar, die \
         zijn schriften nog bewaarde. Daar stond alles in: hoeveel water er nodig was, welk graan \
         het beste maalde en wie er al een halve eeuw geld schuldig was. Vorige zondag kwam het \
         eerste meel eruit en bakten ze brood voor iedereen. Het schijnt niet erg lekker te zijn \
         geweest, maar er bleef geen kruimel over.",
    ),
    (
        "it",
        "Il vecchio mulino del paese è fermo da più di vent'anni, ma quest'inverno alcuni vicini \
         hanno deciso di pulirlo e di rimetterlo in funzione.",
        "Prima hanno tolto le pietre che chiudevano il canale, poi hanno riparato la ruota con il \
         legno di quercia regalato dal falegname. Nessuno sapeva bene come si regolavano le \
         macine, perciò hanno chiamato la nipote dell'ultimo mugnaio, che conservava ancora i \
         suoi quaderni. C'era scritto tutto: quanta acqua serviva, quale grano si macinava meglio \
         e chi doveva dei soldi da mezzo secolo. Domenica scorsa è uscita la prima farina e ci \
         hanno fatto il pane per tutti. Dicono che non fosse molto buono, ma non ne è rimasta \
         nemmeno una briciola.",
    ),
    (
        "pt",
        "O velho moinho da aldeia está parado há mais de vinte anos, mas neste inverno alguns \
         vizinhos decidiram limpá-lo e pô-lo outra vez a trabalhar.",
        "Primeiro tiraram as pedras que fechavam o canal e depois consertaram a roda com madeira \
         de carvalho que o carpinteiro ofereceu. Ninguém sabia muito bem como se afinavam as mós, \
         por isso chamaram a neta do último moleiro, que ainda guardava os cadernos dele. Estava \
         lá tudo escrito: quanta água era precisa, que trigo moía melhor e quem devia dinheiro há \
         meio século. No domingo passado saiu a primeira farinha e fizeram pão para toda a gente. \
         Dizem que não era muito bom, mas não sobrou uma migalha.",
    ),
    (
        "ca",
        "El vell molí del poble fa més de vint anys que està aturat, però aquest hivern uns \
         quants veïns han decidit netejar-lo i tornar-lo a posar en marxa.",
        "Primer van treure les pedres que tancaven el canal i després van reparar la roda amb \
         fusta de roure que els va regalar el fuster. Ningú no sabia gaire bé com s'ajustaven les \
         moles, així que van trucar a la neta de l'últim moliner, que encara guardava els seus \
         quaderns. Hi havia escrit tot: quanta aigua calia, quin blat es molia millor i qui devia \
         diners des de feia mig segle. Diumenge passat va sortir la primera farina i en van fer \
         pa per a tothom. Diuen que no era gaire bo, però no en va quedar ni una engruna.",
    ),
    (
        "pl",
        "Stary młyn we wsi stoi od ponad dwudziestu lat, ale tej zimy kilku sąsiadów \
         postanowiło go wyczyścić i uruchomić na nowo, choć nikt im nie wierzył.",
        "Najpierw usunęli kamienie, które zamykały kanał, a potem naprawili koło dębowym drewnem \
         podarowanym przez stolarza. Nikt nie wiedział dokładnie, jak ustawia się żarna, więc \
         zadzwonili do wnuczki ostatniego młynarza, która nadal trzymała jego zeszyty. Było w \
         nich zapisane wszystko: ile potrzeba wody, które zboże mieli się najlepiej i kto od pół \
         wieku jest winien pieniądze. W zeszłą niedzielę wysypała się pierwsza mąka i upieczono \
         z niej chleb dla wszystkich. Podobno nie był zbyt dobry, ale nie został ani okruszek.",
    ),
    (
        "sv",
        "Den gamla kvarnen i byn har stått stilla i mer än tjugo år, men i vinter har några \
         grannar bestämt sig för att rensa den och få den att gå igen.",
        "Först tog de bort stenarna som stängde kanalen och sedan lagade de hjulet med ekvirke \
         som snickaren skänkte. Ingen visste riktigt hur kvarnstenarna skulle ställas in, så de \
         ringde den siste mjölnarens barnbarn, som fortfarande hade hans skrivböcker kvar. Där \
         stod allt: hur mycket vatten som behövdes, vilken säd som var bäst att mala och vem som \
         var skyldig pengar sedan ett halvt sekel. Förra söndagen kom det första mjölet och de \
         bakade bröd åt alla. Det lär inte ha varit särskilt gott, men inte en smula blev över.",
    ),
    (
        "da",
        "Den gamle mølle i landsbyen har stået stille i mere end tyve år, men i vinter har nogle \
         naboer besluttet at rense den og få den til at køre igen.",
        "Først fjernede de stenene, som lukkede kanalen, og bagefter reparerede de hjulet med \
         egetræ, som tømreren forærede dem. Ingen vidste rigtig, hvordan møllestenene skulle \
         indstilles, så de ringede til den sidste møllers barnebarn, der stadig havde hans \
         hæfter liggende. Der stod det hele: hvor meget vand der skulle bruges, hvilket korn der \
         var bedst at male, og hvem der havde skyldt penge væk i et halvt århundrede. I søndags \
         kom det første mel, og de bagte brød til alle. Det skal ikke have været særlig godt, men \
         der blev ikke en krumme tilbage.",
    ),
    (
        "el",
        "Ο παλιός μύλος του χωριού είναι σταματημένος πάνω από είκοσι χρόνια, αλλά φέτος τον \
         χειμώνα μερικοί γείτονες αποφάσισαν να τον καθαρίσουν και να τον βάλουν πάλι μπροστά.",
        "Πρώτα έβγαλαν τις πέτρες που έκλειναν το κανάλι και μετά επισκεύασαν τον τροχό με ξύλο \
         που τους χάρισε ο μαραγκός. Κανείς δεν ήξερε καλά πώς ρυθμίζονται οι μυλόπετρες, γι' \
         αυτό τηλεφώνησαν στην εγγονή του τελευταίου μυλωνά, που φύλαγε ακόμα τα τετράδιά του.",
    ),
    (
        "ja",
        "村の古い水車小屋は二十年以上も止まったままだったが、この冬、近所の人たちが掃除をして\
         もう一度動かすことにした。",
        "まず水路をふさいでいた石を取りのぞき、それから大工がくれた木で水車を直した。石臼の\
         合わせ方を知っている人はいなかったので、最後の粉屋の孫娘に電話をかけた。彼女は祖父の\
         ノートをまだ持っていて、そこには必要な水の量も、いちばんよくひける麦も、みんな書いて\
         あった。先週の日曜日に最初の粉ができ、SNS で知らせると、Tokyo からも人が来た。",
    ),
];

#[test]
fn outsiders() {
    for &(code, short, rest) in OUTSIDERS {
        let sentences: Vec<&str> = rest.split_inclusive(['.', '。']).collect();
        let by_sentence: Vec<&str> = [short].into_iter().chain(sentences).collect();
        for paragraphs in [&[short][..], &[rest], &[short, rest], &by_sentence] {
            let found = Detector::new().detect(paragraphs.iter().copied());
            let given = format!("{code}: {paragraphs:?}");
            assert_eq!(
                (found.lang(), found.allowed()),
                (lang(code), false),
                "{given}"
            );
            assert!(found.score() > 0.5, "{given}: {}", found.score());

            let wider = Detector::new().languages(["en", "fr", "de", code].map(lang));
            let found = wider.detect(paragraphs.iter().copied());
            assert_eq!(
                (found.lang(), found.allowed()),
                (lang(code), true),
                "{given}"
            );
        }
    }
}

/// Language and one sentence of 8–15 words, too short to be told by its letters alone.
const SENTENCES: &[(&str, &str)] = &[
    (
        "es",
        "El gato duerme en la silla y no quiere salir a la calle.",
    ),
    (
        "es",
        "Los niños jugaban en el parque cuando empezó a llover.",
    ),
    (
        "es",
        "Mi hermana trabaja en una librería del centro y vuelve muy tarde.",
    ),
    (
        "it",
        "Il gatto dorme sulla sedia e non vuole uscire di casa.",
    ),
    (
        "it",
        "Questa mattina ho perso l’autobus e sono arrivato in ritardo.",
    ),
    (
        "it",
        "Nessuno sa perché hanno chiuso la scuola dopo le vacanze.",
    ),
    ("pt", "O gato dorme na cadeira e não quer sair para a rua."),
    (
        "pt",
        "As crianças brincavam no parque quando começou a chover.",
    ),
    (
        "pt",
        "A minha irmã trabalha numa livraria do centro e volta muito tarde.",
    ),
    (
        "nl",
        "De kat slaapt op de stoel en wil niet naar buiten gaan.",
    ),
    (
        "nl",
        "De trein van acht uur is nog niet op het station aangekomen.",
    ),
    (
        "nl",
        "Niemand weet waarom ze de school na de vakantie hebben gesloten.",
    ),
    (
        "ca",
        "Els nens jugaven al parc quan va començar a ploure a la tarda.",
    ),
    (
        "sv",
        "Barnen lekte i parken när det började regna på eftermiddagen.",
    ),
    (
        "pl",
        "Dzieci bawiły się w parku, kiedy zaczęło padać po południu.",
    ),
    (
        "ro",
        "Copiii se jucau în parc când a început să plouă după amiază.",
    ),
];

#[test]
fn single_sentences() {
    for &(code, sentence) in SENTENCES {
        let found = Detector::new().detect([sentence]);
        assert_eq!(
            (found.lang(), found.allowed()),
            (lang(code), false),
            "{sentence}"
        );
        let wider = Detector::new().languages(["en", code].map(lang));
        let found = wider.detect([sentence]);
        assert_eq!(
            (found.lang(), found.allowed()),
            (lang(code), true),
            "{sentence}"
        );
    }
}

#[test]
fn a_neighbour_without_function_words_keeps_its_name() {
    let afrikaans = "Die ou meule in die dorp staan al meer as twintig jaar stil, maar hierdie \
                     winter het 'n paar bure besluit om dit skoon te maak en weer te laat draai.";
    let found = Detector::new().detect([afrikaans]);
    assert_eq!((found.lang(), found.allowed()), (lang("af"), false));
    let wider = Detector::new().languages(["en", "af"].map(lang));
    assert_eq!(wider.detect([afrikaans]).lang(), lang("af"));
    let czech = Detector::new().languages(["en", "cs"].map(lang));
    let found = czech.detect(["Kočka spí na židli a nechce jít ven, protože tam prší."]);
    assert_eq!((found.lang(), found.allowed()), (lang("cs"), true));
}
