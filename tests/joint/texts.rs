//! Articles and lines to make versions of.

/// A plain article: a row a paragraph, in English, French, German, Spanish and Italian.
pub(crate) const BOAT: [[&str; 5]; 15] = [
    [
        "The library that floats",
        "La bibliothèque qui flotte",
        "Die Bücherei, die schwimmt",
        "La biblioteca que flota",
        "La biblioteca che galleggia",
    ],
    [
        "Every Thursday morning an old grey boat puts in at Brunau, and half the village is waiting \
         on the landing stage. It brings no fish and no tourists. It brings books.",
        "Chaque jeudi matin, un vieux bateau gris accoste à Brunau, et la moitié du village attend \
         sur le débarcadère. Il n’apporte ni poisson ni touristes. Il apporte des livres.",
        "Jeden Donnerstagmorgen legt in Brunau ein altes graues Boot an, und das halbe Dorf wartet \
         auf dem Steg. Es bringt weder Fisch noch Touristen. Es bringt Bücher.",
        "Cada jueves por la mañana, un viejo barco gris atraca en Brunau, y medio pueblo espera en \
         el embarcadero. No trae pescado ni turistas. Trae libros.",
        "Ogni giovedì mattina una vecchia barca grigia attracca a Brunau, e mezzo paese aspetta sul \
         pontile. Non porta né pesce né turisti. Porta libri.",
    ],
    [
        "The Ondine was built in 1957 to carry stone from the quarry of Selz. When the quarry \
         closed, nobody wanted her, and for years she lay among the reeds with water in her hull.",
        "L’Ondine a été construite en 1957 pour transporter les pierres de la carrière de Selz. \
         Quand la carrière a fermé, personne n’en a voulu, et pendant des années elle est restée \
         parmi les roseaux, la coque pleine d’eau.",
        "Die Ondine wurde 1957 gebaut, um Steine aus dem Steinbruch von Selz zu befördern. Als der \
         Steinbruch schloss, wollte sie niemand haben, und jahrelang lag sie mit Wasser im Rumpf \
         im Schilf.",
        "La Ondine se construyó en 1957 para transportar piedra de la cantera de Selz. Cuando la \
         cantera cerró, nadie la quiso, y durante años estuvo entre los juncos con el casco lleno \
         de agua.",
        "L’Ondine fu costruita nel 1957 per trasportare le pietre della cava di Selz. Quando la \
         cava chiuse, nessuno la volle, e per anni rimase tra le canne con l’acqua nello scafo.",
    ],
    [
        "Then Ruth Amsler saw her. She had taught German at the school of Port-Vieux for thirty \
         years, and she had never steered anything larger than a rowing boat.",
        "Puis Ruth Amsler l’a vue. Elle avait enseigné l’allemand à l’école de Port-Vieux pendant \
         trente ans et n’avait jamais dirigé rien de plus grand qu’une barque à rames.",
        "Dann sah Ruth Amsler sie. Dreißig Jahre lang hatte sie an der Schule von Port-Vieux \
         Deutsch unterrichtet, und nie hatte sie etwas Größeres als ein Ruderboot gesteuert.",
        "Entonces la vio Ruth Amsler. Había enseñado alemán en la escuela de Port-Vieux durante \
         treinta años y nunca había llevado nada más grande que una barca de remos.",
        "Poi la vide Ruth Amsler. Aveva insegnato tedesco alla scuola di Port-Vieux per trent’anni \
         e non aveva mai guidato niente di più grande di una barca a remi.",
    ],
    [
        "Three thousand volumes below deck",
        "Trois mille volumes sous le pont",
        "Dreitausend Bände unter Deck",
        "Tres mil volúmenes bajo cubierta",
        "Tremila volumi sotto coperta",
    ],
    [
        "With her savings and a loan from her brother, she bought the wreck for 4,200 francs. A \
         carpenter from the village built shelves of larch, each with a wooden bar in front, so \
         that the novels stay where they are when the wind rises.",
        "Avec ses économies et un prêt de son frère, elle a acheté l’épave pour 4 200 francs. Un \
         menuisier du village a construit des étagères en mélèze, chacune avec une barre de bois \
         devant, pour que les romans restent à leur place quand le vent se lève.",
        "Mit ihrem Ersparten und einem Darlehen ihres Bruders kaufte sie das Wrack für 4200 \
         Franken. Ein Schreiner aus dem Dorf baute Regale aus Lärche, jedes mit einer Holzleiste \
         davor, damit die Romane an ihrem Platz bleiben, wenn der Wind auffrischt.",
        "Con sus ahorros y un préstamo de su hermano compró el barco hundido por 4.200 francos. Un \
         carpintero del pueblo construyó estanterías de alerce, cada una con una barra de madera \
         delante, para que las novelas se queden en su sitio cuando se levanta el viento.",
        "Con i suoi risparmi e un prestito di suo fratello comprò il relitto per 4.200 franchi. Un \
         falegname del paese costruì scaffali di larice, ognuno con una sbarra di legno davanti, \
         perché i romanzi restino al loro posto quando si alza il vento.",
    ],
    [
        "Today there is room for all of them on board: crime stories near the engine, where it is \
         warm, poetry in the bow, and the picture books on the lowest boards, where small hands \
         can reach them.",
        "Aujourd’hui, il y a de la place pour tous à bord : les romans policiers près du moteur, \
         où il fait chaud, la poésie à l’avant, et les livres d’images sur les planches du bas, où \
         les petites mains peuvent les atteindre.",
        "Heute ist an Bord Platz für alle: die Krimis beim Motor, wo es warm ist, die Gedichte im \
         Bug und die Bilderbücher auf den untersten Brettern, wo kleine Hände sie erreichen.",
        "Hoy hay sitio para todos a bordo: las novelas policíacas cerca del motor, donde hace \
         calor, la poesía en la proa y los libros ilustrados en las tablas más bajas, donde las \
         manos pequeñas pueden alcanzarlos.",
        "Oggi a bordo c’è posto per tutti: i gialli vicino al motore, dove fa caldo, la poesia a \
         prua e i libri illustrati sulle assi più basse, dove le mani piccole possono arrivare.",
    ],
    [
        "“A book that gets wet is not lost,” says the librarian Jonas Perrin, who joined her in \
         2016. “We hang it up in the engine room, and after two days it smells of diesel and can \
         be read again.”",
        "« Un livre mouillé n’est pas perdu », dit le bibliothécaire Jonas Perrin, qui l’a \
         rejointe en 2016. « Nous le suspendons dans la salle des machines, et au bout de deux \
         jours il sent le diesel et se laisse lire de nouveau. »",
        "„Ein Buch, das nass wird, ist nicht verloren“, sagt der Bibliothekar Jonas Perrin, der \
         2016 zu ihr stieß. „Wir hängen es im Maschinenraum auf, und nach zwei Tagen riecht es \
         nach Diesel und lässt sich wieder lesen.“",
        "«Un libro que se moja no está perdido», dice el bibliotecario Jonas Perrin, que se unió a \
         ella en 2016. «Lo colgamos en la sala de máquinas, y a los dos días huele a diésel y se \
         puede volver a leer.»",
        "«Un libro che si bagna non è perduto», dice il bibliotecario Jonas Perrin, che si è unito \
         a lei nel 2016. «Lo appendiamo in sala macchine, e dopo due giorni sa di gasolio e si può \
         leggere di nuovo.»",
    ],
    [
        "Not everybody was pleased. The council of Selz complained about the noise, and a \
         bookseller feared for his trade, although he now orders all the new titles for the boat.",
        "Tout le monde n’était pas content. Le conseil de Selz s’est plaint du bruit, et un \
         libraire craignait pour son commerce, bien qu’il commande maintenant toutes les \
         nouveautés pour le bateau.",
        "Nicht alle freuten sich. Der Gemeinderat von Selz beschwerte sich über den Lärm, und ein \
         Buchhändler fürchtete um sein Geschäft, obwohl er heute alle neuen Titel für das Boot \
         bestellt.",
        "No todos estaban contentos. El ayuntamiento de Selz se quejó del ruido, y un librero \
         temía por su negocio, aunque ahora pide todas las novedades para el barco.",
        "Non tutti erano contenti. Il consiglio di Selz si lamentò del rumore, e un libraio temeva \
         per il suo commercio, anche se ora ordina tutte le novità per la barca.",
    ],
    [
        "Winter on the lake",
        "L’hiver sur le lac",
        "Winter auf dem See",
        "El invierno en el lago",
        "L’inverno sul lago",
    ],
    [
        "In January the lake freezes along the northern shore. Then the two of them load sledges \
         and pull them across the ice to the last three farms, as the doctor did in former times.",
        "En janvier, le lac gèle le long de la rive nord. Alors, tous deux chargent des traîneaux \
         et les tirent sur la glace jusqu’aux trois dernières fermes, comme le médecin le faisait \
         autrefois.",
        "Im Januar friert der See am nördlichen Ufer zu. Dann beladen die beiden Schlitten und \
         ziehen sie über das Eis zu den letzten drei Höfen, wie es früher der Arzt tat.",
        "En enero el lago se hiela en la orilla norte. Entonces los dos cargan trineos y los \
         arrastran sobre el hielo hasta las tres últimas granjas, como hacía antes el médico.",
        "A gennaio il lago gela lungo la riva nord. Allora i due caricano le slitte e le tirano sul \
         ghiaccio fino alle ultime tre fattorie, come un tempo faceva il medico.",
    ],
    [
        "The children there have learned to hear them from afar: Perrin has tied a cow bell to his \
         sledge.",
        "Là-bas, les enfants ont appris à les entendre de loin : Perrin a attaché une cloche de \
         vache à son traîneau.",
        "Die Kinder dort haben gelernt, sie von weitem zu hören: Perrin hat eine Kuhglocke an \
         seinen Schlitten gebunden.",
        "Los niños de allí han aprendido a oírlos desde lejos: Perrin ha atado un cencerro de vaca \
         a su trineo.",
        "I bambini di lassù hanno imparato a sentirli da lontano: Perrin ha legato una campana da \
         mucca alla sua slitta.",
    ],
    [
        "What the boat will live on is less certain. The canton pays 18% of the costs, the readers \
         give what they can, and the rest comes from concerts that are held on deck in summer.",
        "De quoi vivra le bateau, c’est moins sûr. Le canton paie 18 % des frais, les lecteurs \
         donnent ce qu’ils peuvent, et le reste vient des concerts qui ont lieu sur le pont en été.",
        "Wovon das Boot leben wird, ist weniger gewiss. Der Kanton zahlt 18 % der Kosten, die Leser \
         geben, was sie können, und der Rest kommt von Konzerten, die im Sommer an Deck stattfinden.",
        "De qué vivirá el barco es menos seguro. El cantón paga el 18 % de los gastos, los lectores \
         dan lo que pueden, y el resto viene de los conciertos que se dan en cubierta en verano.",
        "Di che cosa vivrà la barca è meno certo. Il cantone paga il 18% delle spese, i lettori \
         danno quello che possono, e il resto viene dai concerti che si tengono sul ponte d’estate.",
    ],
    [
        "Last autumn the engine broke down in the middle of the lake, and the Ondine drifted for \
         five hours before a fisherman towed her into the harbour. Nobody complained: the \
         passengers had enough to read.",
        "L’automne dernier, le moteur est tombé en panne au milieu du lac, et l’Ondine a dérivé \
         pendant cinq heures avant qu’un pêcheur ne la remorque jusqu’au port. Personne ne s’est \
         plaint : les passagers avaient assez à lire.",
        "Letzten Herbst fiel mitten auf dem See der Motor aus, und die Ondine trieb fünf Stunden \
         lang, bevor ein Fischer sie in den Hafen schleppte. Niemand beklagte sich: Die Fahrgäste \
         hatten genug zu lesen.",
        "El otoño pasado se averió el motor en medio del lago, y la Ondine fue a la deriva cinco \
         horas antes de que un pescador la remolcara hasta el puerto. Nadie se quejó: los \
         pasajeros tenían bastante para leer.",
        "L’autunno scorso il motore si guastò in mezzo al lago, e l’Ondine andò alla deriva per \
         cinque ore prima che un pescatore la rimorchiasse in porto. Nessuno si lamentò: i \
         passeggeri avevano abbastanza da leggere.",
    ],
    [
        "Ruth Amsler will be seventy in May. She is looking for somebody who loves storms and \
         novels, in that order.",
        "Ruth Amsler aura soixante-dix ans en mai. Elle cherche quelqu’un qui aime les tempêtes et \
         les romans, dans cet ordre.",
        "Im Mai wird Ruth Amsler siebzig. Sie sucht jemanden, der Stürme und Romane liebt, in \
         dieser Reihenfolge.",
        "Ruth Amsler cumplirá setenta años en mayo. Busca a alguien que ame las tormentas y las \
         novelas, por ese orden.",
        "A maggio Ruth Amsler compirà settant’anni. Cerca qualcuno che ami le tempeste e i romanzi, \
         in quest’ordine.",
    ],
];

/// A second article, in English, French and German.
pub(crate) const BEES: [[&str; 3]; 12] = [
    [
        "Honey from the roof of the opera",
        "Le miel du toit de l’opéra",
        "Honig vom Dach der Oper",
    ],
    [
        "At half past six, when the cleaners leave and the singers are still asleep, Malik Osei \
         climbs the iron ladder behind the stage.",
        "À six heures et demie, quand les femmes de ménage s’en vont et que les chanteurs dorment \
         encore, Malik Osei monte l’échelle de fer derrière la scène.",
        "Um halb sieben, wenn die Putzleute gehen und die Sänger noch schlafen, steigt Malik Osei \
         die Eisenleiter hinter der Bühne hinauf.",
    ],
    [
        "Up there, between the chimneys, stand fourteen hives. He painted them blue and yellow \
         himself, because bees can tell these colours apart.",
        "Là-haut, entre les cheminées, se trouvent quatorze ruches. Il les a peintes lui-même en \
         bleu et en jaune, parce que les abeilles savent distinguer ces couleurs.",
        "Dort oben, zwischen den Schornsteinen, stehen vierzehn Bienenstöcke. Er hat sie selbst \
         blau und gelb gestrichen, weil Bienen diese Farben unterscheiden können.",
    ],
    [
        "The city is kinder to them than the countryside. In the parks something is always in \
         flower, from the first willows in March to the ivy in October, and no farmer sprays poison.",
        "La ville leur est plus douce que la campagne. Dans les parcs, quelque chose fleurit \
         toujours, des premiers saules en mars jusqu’au lierre en octobre, et aucun paysan ne \
         répand de poison.",
        "Die Stadt ist freundlicher zu ihnen als das Land. In den Parks blüht immer etwas, von den \
         ersten Weiden im März bis zum Efeu im Oktober, und kein Bauer spritzt Gift.",
    ],
    [
        "A colony gathers about 35 kilos a year. Half of it stays in the hive, for the winter.",
        "Une colonie récolte environ 35 kilos par an. La moitié reste dans la ruche, pour l’hiver.",
        "Ein Volk sammelt etwa 35 Kilo im Jahr. Die Hälfte bleibt im Stock, für den Winter.",
    ],
    [
        "The soprano does not like them",
        "La soprano ne les aime pas",
        "Die Sopranistin mag sie nicht",
    ],
    [
        "Once a swarm settled on the open window of a dressing room during the second act. The \
         soprano refused to go back on stage until Osei had shaken the insects into a hat box.",
        "Un jour, pendant le deuxième acte, un essaim s’est posé sur la fenêtre ouverte d’une loge. \
         La soprano a refusé de remonter sur scène tant qu’Osei n’avait pas secoué les insectes \
         dans un carton à chapeau.",
        "Einmal ließ sich während des zweiten Akts ein Schwarm auf dem offenen Fenster einer \
         Garderobe nieder. Die Sopranistin weigerte sich, auf die Bühne zurückzukehren, bis Osei \
         die Insekten in eine Hutschachtel geschüttelt hatte.",
    ],
    [
        "Since then a net hangs in front of every window, and the programme booklet mentions the \
         smallest members of the house.",
        "Depuis, un filet est tendu devant chaque fenêtre, et le programme mentionne les plus \
         petits membres de la maison.",
        "Seitdem hängt vor jedem Fenster ein Netz, und das Programmheft erwähnt die kleinsten \
         Mitglieder des Hauses.",
    ],
    [
        "Scientists see the fashion for city hives with mixed feelings. Where too many honey bees \
         fly, they say, the wild ones find nothing left to eat.",
        "Les scientifiques voient la mode des ruches urbaines d’un œil partagé. Là où volent trop \
         d’abeilles domestiques, disent-ils, les sauvages ne trouvent plus rien à manger.",
        "Wissenschaftler sehen die Mode der Stadtimkerei mit gemischten Gefühlen. Wo zu viele \
         Honigbienen fliegen, sagen sie, finden die wilden nichts mehr zu fressen.",
    ],
    [
        "Osei agrees. He keeps no more than he can feed, and he has sown thyme and clover on the \
         flat roof of the workshop.",
        "Osei est d’accord. Il n’en garde pas plus qu’il ne peut en nourrir, et il a semé du thym \
         et du trèfle sur le toit plat de l’atelier.",
        "Osei gibt ihnen recht. Er hält nicht mehr, als er ernähren kann, und auf dem Flachdach der \
         Werkstatt hat er Thymian und Klee gesät.",
    ],
    [
        "The jars are sold in the foyer for nine euros. They are gone before the first interval.",
        "Les pots sont vendus neuf euros dans le foyer. Ils sont partis avant le premier entracte.",
        "Die Gläser werden im Foyer für neun Euro verkauft. Vor der ersten Pause sind sie weg.",
    ],
    [
        "What does it taste of? “Of lime trees,” he says, “and a little of applause.”",
        "Quel goût a-t-il ? « Celui du tilleul, dit-il, et un peu celui des applaudissements. »",
        "Wonach schmeckt er? „Nach Linden“, sagt er, „und ein wenig nach Applaus.“",
    ],
];

/// Links to other articles.
pub(crate) const TEASERS: &[[&str; 3]] = &[
    [
        "Read more: A museum for lost umbrellas",
        "À lire aussi : Un musée pour parapluies perdus",
        "Lesen Sie auch: Ein Museum für verlorene Regenschirme",
    ],
    [
        "Why the last lighthouse keeper stays",
        "Pourquoi le dernier gardien de phare reste",
        "Warum der letzte Leuchtturmwärter bleibt",
    ],
    [
        "Ten recipes for rainy days",
        "Dix recettes pour les jours de pluie",
        "Zehn Rezepte für Regentage",
    ],
];

/// What stands on a page and translates nothing, by version; empty where a version has none.
pub(crate) const NOISE: &[[&str; 3]] = &[
    ["Advertisement", "", ""],
    ["", "Publicité", ""],
    ["", "", "Anzeige"],
    [
        "Now on sale at Hofer & Sons: garden chairs from 29.90, free delivery until Sunday!",
        "",
        "",
    ],
    [
        "",
        "Jusqu’à –40 % sur les matelas chez Literie Dubreuil. Offre valable jusqu’au 30 juin.",
        "",
    ],
    [
        "Get our weekly letter straight to your inbox. Sign up here.",
        "",
        "",
    ],
    [
        "",
        "",
        "Abonnieren Sie unseren Newsletter und verpassen Sie keine Geschichte mehr.",
    ],
    [
        "",
        "Partager sur Facebook | Envoyer par courriel",
        "Umfrage: Wie oft kaufen Sie im Internet ein? Machen Sie mit und gewinnen Sie einen \
         Gutschein.",
    ],
    [
        "We use cookies to improve your experience on our website. Accept all | Settings",
        "",
        "Abonnieren Sie unseren Newsletter und verpassen Sie keine Geschichte mehr.",
    ],
    [
        "Share this article: Facebook | WhatsApp | E-mail",
        "Sondage : êtes-vous favorable à l’heure d’été ? Donnez votre avis en deux minutes.",
        "",
    ],
    [
        "Now on sale at Hofer & Sons: garden chairs from 29.90, free delivery until Sunday!",
        "Partager sur Facebook | Envoyer par courriel",
        "Abonnieren Sie unseren Newsletter und verpassen Sie keine Geschichte mehr.",
    ],
    [
        "We use cookies to improve your experience on our website. Accept all | Settings",
        "Jusqu’à –40 % sur les matelas chez Literie Dubreuil. Offre valable jusqu’au 30 juin.",
        "Umfrage: Wie oft kaufen Sie im Internet ein? Machen Sie mit und gewinnen Sie einen \
         Gutschein.",
    ],
];

/// Lines of the page that stand translated in every version.
pub(crate) const FURNITURE: &[[&str; 3]] = &[
    [
        "© 2024 The Lake Courier. All rights reserved.",
        "© 2024 Le Courrier du Lac. Tous droits réservés.",
        "© 2024 Der Seebote. Alle Rechte vorbehalten.",
    ],
    [
        "Subscribe to our newsletter",
        "Abonnez-vous à notre newsletter",
        "Abonnieren Sie unseren Newsletter",
    ],
    [
        "Home | News | Culture | Sport",
        "Accueil | Actualités | Culture | Sport",
        "Startseite | Nachrichten | Kultur | Sport",
    ],
    [
        "Translated from the German by Paul Hager",
        "Traduit de l’allemand par Paul Hager",
        "Aus dem Deutschen von Paul Hager",
    ],
];

pub(crate) const SONG: [[&str; 3]; 12] = [
    [
        "The river song",
        "La chanson du fleuve",
        "Das Lied vom Fluss",
    ],
    [
        "My father built a boat of oak and painted it in green.",
        "Mon père a construit un bateau de chêne et l’a peint en vert.",
        "Mein Vater baute ein Boot aus Eiche und strich es grün.",
    ],
    REFRAIN,
    [
        "My mother waited at the door with bread and a candle.",
        "Ma mère attendait à la porte avec du pain et une bougie.",
        "Meine Mutter wartete an der Tür mit Brot und einer Kerze.",
    ],
    REFRAIN,
    [
        "My sister married a soldier and never wrote a letter.",
        "Ma sœur a épousé un soldat et n’a jamais écrit de lettre.",
        "Meine Schwester nahm einen Soldaten und schrieb nie einen Brief.",
    ],
    REFRAIN,
    [
        "The snow has covered the bridge, the dogs are silent.",
        "La neige a couvert le pont, les chiens se taisent.",
        "Der Schnee hat die Brücke bedeckt, die Hunde schweigen.",
    ],
    REFRAIN,
    [
        "When spring returns I will sell the oars and stay.",
        "Quand le printemps reviendra, je vendrai les rames et je resterai.",
        "Wenn der Frühling kommt, verkaufe ich die Ruder und bleibe.",
    ],
    REFRAIN,
    [
        "Words and music: traditional",
        "Paroles et musique : traditionnelles",
        "Text und Musik: überliefert",
    ],
];

pub(crate) const REFRAIN: [&str; 3] = [
    "O river, carry me home, carry me home tonight.",
    "Ô fleuve, ramène-moi chez moi, ramène-moi ce soir.",
    "O Fluss, trag mich nach Haus, trag mich nach Haus heut Nacht.",
];

pub(crate) const WHO: &[[&str; 3]] = &[
    ["The teacher", "L’institutrice", "Die Lehrerin"],
    ["The baker", "Le boulanger", "Der Bäcker"],
    ["The farmer", "Le paysan", "Der Bauer"],
    ["The doctor", "Le médecin", "Der Arzt"],
    ["The mayor", "Le maire", "Der Bürgermeister"],
    ["The fisherman", "Le pêcheur", "Der Fischer"],
    ["The judge", "Le juge", "Der Richter"],
    ["The soldier", "Le soldat", "Der Soldat"],
    ["The widow", "La veuve", "Die Witwe"],
    ["The priest", "Le prêtre", "Der Priester"],
    ["The painter", "Le peintre", "Der Maler"],
    ["The king", "Le roi", "Der König"],
    ["The child", "L’enfant", "Das Kind"],
    ["The thief", "Le voleur", "Der Dieb"],
    ["The gardener", "Le jardinier", "Der Gärtner"],
];

pub(crate) const DID: &[[&str; 3]] = &[
    ["bought", "a acheté", "kaufte"],
    ["sold", "a vendu", "verkaufte"],
    ["lost", "a perdu", "verlor"],
    ["found", "a trouvé", "fand"],
    ["counted", "a compté", "zählte"],
    ["painted", "a peint", "malte"],
    ["hid", "a caché", "versteckte"],
    ["carried", "a porté", "trug"],
    ["stole", "a volé", "stahl"],
    ["drew", "a dessiné", "zeichnete"],
];

pub(crate) const WHAT: &[[&str; 3]] = &[
    ["horses", "chevaux", "Pferde"],
    ["books", "livres", "Bücher"],
    ["apples", "pommes", "Äpfel"],
    ["keys", "clés", "Schlüssel"],
    ["chairs", "chaises", "Stühle"],
    ["letters", "lettres", "Briefe"],
    ["eggs", "œufs", "Eier"],
    ["hats", "chapeaux", "Hüte"],
    ["knives", "couteaux", "Messer"],
    ["cows", "vaches", "Kühe"],
    ["bottles", "bouteilles", "Flaschen"],
    ["candles", "bougies", "Kerzen"],
    ["stones", "pierres", "Steine"],
    ["flowers", "fleurs", "Blumen"],
    ["coins", "pièces", "Münzen"],
];

pub(crate) const TOWNS: &[&str] = &[
    "Brunau",
    "Selz",
    "Port-Vieux",
    "Talmen",
    "Hartau",
    "Olm",
    "Kesselrain",
    "Morvelle",
    "Varn",
    "Lissen",
    "Tornbach",
    "Arvey",
];

/// Three paragraphs that have a name and a year in common.
pub(crate) const PERRIN: &[[&str; 3]] = &[
    [
        "Jonas Perrin was born in Selz in 1971. His father mended nets.",
        "Jonas Perrin est né à Selz en 1971. Son père réparait des filets.",
        "Jonas Perrin wurde 1971 in Selz geboren. Sein Vater flickte Netze.",
    ],
    [
        "Since 1971 the Perrin family has lived in the house by the mill.",
        "Depuis 1971, la famille Perrin habite la maison près du moulin.",
        "Seit 1971 wohnt die Familie Perrin im Haus bei der Mühle.",
    ],
    [
        "The mill was sold in 1971; the new owner, a cousin of Perrin, keeps goats.",
        "Le moulin a été vendu en 1971 ; le nouveau propriétaire, un cousin de Perrin, élève \
             des chèvres.",
        "Die Mühle wurde 1971 verkauft; der neue Besitzer, ein Vetter von Perrin, hält Ziegen.",
    ],
];

/// Lines of which English and German have one each in the same place, and French both.
pub(crate) const DISPUTED: [(&str, [&str; 3]); 2] = [
    (
        "a dog and a horse",
        [
            "Anna Roth lives in Olm with four dogs.",
            "Anna Roth habite à Olm avec quatre chiens.\n\nEn hiver, Anna Roth élève des \
                 chevaux.",
            "Im Winter züchtet Anna Roth Pferde.",
        ],
    ),
    (
        "the doctor’s house",
        [
            "The old doctor sold his house in Selz.",
            "Le vieux médecin a vendu sa maison à Selz.\n\nLa maison du médecin est \
                 maintenant une école.",
            "Das Haus des Arztes in Selz ist heute eine Schule.",
        ],
    ),
];

/// What stands before and after them.
pub(crate) const AROUND: [[&str; 2]; 3] = [
    [
        "The museum opens at 9.",
        "In summer the children swim in the river.",
    ],
    [
        "Le musée ouvre à 9 heures.",
        "En été, les enfants nagent dans la rivière.",
    ],
    [
        "Das Museum öffnet um 9 Uhr.",
        "Im Sommer schwimmen die Kinder im Fluss.",
    ],
];
