#!/usr/bin/env python3
"""Makes articles in English, French and German, as many as wanted, to try a corpus build on.

    tests/corpus/make.py articles.jsonl --articles 20000 --seed 1
    tests/corpus/make.py articles.jsonl --articles 500 --broken 0.05 --folder articles

Each line of the output is an article as `triglyph align --stream` and `triglyph corpus build` read it.

Paragraphs are those of `tests/data` that all three versions have, by gold.json, and sentences that are made
of the templates below. Each article has names and numbers of its own, the same in its three versions. Then
every version by itself drops, moves and merges paragraphs and gets lines of boilerplate.

A tenth of the paragraphs (`--shared`) are taken from a stock that all articles share: half of them word for
word, half with one number changed. Everything else differs between articles.

With `--broken SHARE` so many of the articles are broken, in turn by each way of BROKEN. Beside the output
stands then `OUT.broken.tsv`: the id of the article, the way, and `whole` if fewer than two good versions are
left or `version` if one is lost. An article whose line is no JSON is called by the number of its line.

The output depends on the arguments only. Standard library only.
"""

import argparse
import itertools
import json
import random
import re
from pathlib import Path

LANGS = ("en", "fr", "de")

# English, French, German. Things are plurals that begin with a consonant in French.
THINGS = [line.split() for line in """
lanterns lanternes Laternen|baskets paniers Körbe|clocks pendules Uhren|barrels tonneaux Fässer
letters lettres Briefe|chairs chaises Stühle|bells cloches Glocken|keys clés Schlüssel
bottles bouteilles Flaschen|bicycles vélos Fahrräder|shoes chaussures Schuhe|spoons cuillères Löffel
violins violons Geigen|maps cartes Landkarten|windows fenêtres Fenster|mirrors miroirs Spiegel
pumpkins citrouilles Kürbisse|carrots carottes Karotten|candles bougies Kerzen|buttons boutons Knöpfe
hats chapeaux Hüte|coats manteaux Mäntel|blankets couvertures Decken|books livres Bücher
pencils crayons Bleistifte|tables tables Tische|boats bateaux Boote|nets filets Netze
cakes gâteaux Kuchen|cheeses fromages Käselaibe|pears poires Birnen|plums prunes Pflaumen
pigeons pigeons Tauben|horses chevaux Pferde|goats chèvres Ziegen|stamps timbres Briefmarken
umbrellas parapluies Regenschirme|suitcases valises Koffer|ropes cordes Seile|bricks briques Ziegel
carpets tapis Teppiche|pots pots Töpfe|knives couteaux Messer|shirts chemises Hemden
""".strip().replace("\n", "|").split("|")]

MONTHS = [line.split() for line in (
    "January janvier Januar", "February février Februar", "March mars März", "April avril April",
    "May mai Mai", "June juin Juni", "July juillet Juli", "August août August",
    "September septembre September", "October octobre Oktober", "November novembre November",
    "December décembre Dezember")]

TITLES = [
    ("{thing} and {thing2}: a week in {town}",
     "Des {thing} et des {thing2} : une semaine à {town}",
     "{thing} und {thing2}: eine Woche in {town}"),
    ("Why {name} collects {thing}", "Pourquoi {name} collectionne les {thing}", "Warum {name} {thing} sammelt"),
    ("The {n} {thing} of {town}", "Les {n} {thing} de {town}", "Die {n} {thing} von {town}"),
]

SENTENCES = [
    ("On {day} {month} {year}, {name} of {town} counted {n} {thing} in the cellar.",
     "Le {day} {month} {year}, {name}, de {town}, a compté {n} {thing} dans la cave.",
     "Am {day}. {month} {year} zählte {name} aus {town} im Keller {n} {thing}."),
    ("The parish of {town} paid €{price} for {n} {thing} and kept the receipt.",
     "La paroisse de {town} a payé {price} € pour {n} {thing} et a gardé le reçu.",
     "Die Gemeinde {town} zahlte {price} Euro für {n} {thing} und hob die Quittung auf."),
    ("Nobody in {town} could say why {name} had left {n} {thing} at the station.",
     "Personne à {town} ne savait dire pourquoi {name} avait laissé {n} {thing} à la gare.",
     "Niemand in {town} wusste zu sagen, warum {name} am Bahnhof {n} {thing} zurückgelassen hatte."),
    ("{name} remembers the winter of {year}, when {n} {thing} froze to the roof of the school.",
     "{name} se souvient de l'hiver {year}, quand {n} {thing} ont gelé sur le toit de l'école.",
     "{name} erinnert sich an den Winter {year}, als {n} {thing} auf dem Dach der Schule festfroren."),
    ("According to the register, {name} lent a neighbour {n} {thing} and never asked for anything back.",
     "D'après le registre, {name} a prêté {n} {thing} à un voisin et n'a jamais rien réclamé.",
     "Laut Verzeichnis lieh {name} einem Nachbarn {n} {thing} und verlangte nie etwas zurück."),
    ("Between {town} and {town2} lie {n} kilometres of road and, since {year}, a shop that sells {thing} and {thing2}.",
     "Entre {town} et {town2}, il y a {n} kilomètres de route et, depuis {year}, une boutique qui vend des {thing} "
     "et des {thing2}.",
     "Zwischen {town} und {town2} liegen {n} Kilometer Straße und seit {year} ein Laden, der {thing} und {thing2} "
     "verkauft."),
    ("{name} had promised to be home by evening, but {n} {thing} had to be washed first.",
     "{name} avait promis de rentrer avant le soir, mais il fallait d'abord laver {n} {thing}.",
     "{name} hatte versprochen, bis zum Abend zu Hause zu sein, aber zuerst mussten {n} {thing} gewaschen werden."),
    ("The letter from {town} mentioned {thing}, {thing2} and a debt of €{price}.",
     "La lettre de {town} parlait de {thing}, de {thing2} et d'une dette de {price} €.",
     "Der Brief aus {town} erwähnte {thing}, {thing2} und eine Schuld von {price} Euro."),
    ("In {year} the workshop of {name} had {m} apprentices; today it repairs {thing} for half of {town}.",
     "En {year}, l'atelier de {name} comptait {m} apprentis ; aujourd'hui, il répare des {thing} pour la moitié de "
     "{town}.",
     "Im Jahr {year} hatte die Werkstatt von {name} {m} Lehrlinge; heute repariert sie {thing} für halb {town}."),
    ("“Whoever brings {thing} gets {thing2} in return,” says {name} at the market of {town}, which has existed "
     "since {year}.",
     "« Qui apporte des {thing} reçoit des {thing2} en échange », dit {name} au marché de {town}, qui existe depuis "
     "{year}.",
     "„Wer {thing} bringt, bekommt dafür {thing2}“, sagt {name} auf dem Markt von {town}, den es seit {year} gibt."),
    ("It rained for {m} days, and the bridge at {town} carried nothing but {thing}.",
     "Il a plu pendant {m} jours, et le pont de {town} n'a vu passer que des {thing}.",
     "Es regnete {m} Tage lang, und über die Brücke von {town} kamen nur {thing}."),
    ("The museum in {town} shows {n} {thing}, most of them a gift from {name}.",
     "Le musée de {town} montre {n} {thing}, pour la plupart un don de {name}.",
     "Das Museum in {town} zeigt {n} {thing}, die meisten ein Geschenk von {name}."),
    ("With {n} votes to {m}, the assembly in {town} decided to buy {thing} instead of {thing2}.",
     "Par {n} voix contre {m}, l'assemblée de {town} a décidé d'acheter des {thing} plutôt que des {thing2}.",
     "Mit {n} zu {m} Stimmen beschloss die Versammlung in {town}, {thing} statt {thing2} zu kaufen."),
    ("Last autumn {name} walked from {town} to {town2} in {m} hours with a basket full of {thing}.",
     "L'automne dernier, {name} a marché {m} heures de {town} à {town2} avec un panier plein de {thing}.",
     "Im vergangenen Herbst ging {name} in {m} Stunden von {town} nach {town2}, mit einem Korb voller {thing}."),
    ("A ticket costs €{price}, and anyone who brings {thing} is let in free.",
     "Le billet coûte {price} €, et qui apporte des {thing} entre gratuitement.",
     "Die Karte kostet {price} Euro, und wer {thing} mitbringt, kommt umsonst hinein."),
    ("One hardly sees {thing} any more since {name} closed the mill at {town} in {year}.",
     "On ne voit plus guère de {thing} depuis que {name} a fermé le moulin de {town} en {year}.",
     "Man sieht kaum noch {thing}, seit {name} {year} die Mühle von {town} geschlossen hat."),
]

TOP = {
    "en": ["We use cookies so that this page remembers your settings. Accept | Refuse", "Skip to main content",
           "Home | Town | Sport | Weather | Archive"],
    "fr": ["Nous utilisons des cookies pour retenir vos réglages. Accepter | Refuser", "Aller au contenu principal",
           "Accueil | Ville | Sports | Météo | Archives"],
    "de": ["Wir verwenden Cookies, um Ihre Einstellungen zu behalten. Annehmen | Ablehnen", "Zum Hauptinhalt springen",
           "Startseite | Stadt | Sport | Wetter | Archiv"],
}
MIDDLE = {
    "en": ["Share this page: e-mail | print | copy link", "Read more: what became of the {thing} of {town}",
           "Subscribe to the letter from {town}, free of charge every Friday"],
    "fr": ["Partager cette page : courriel | imprimer | copier le lien",
           "À lire aussi : que sont devenus les {thing} de {town}",
           "Abonnez-vous à la lettre de {town}, gratuite chaque vendredi"],
    "de": ["Diese Seite teilen: E-Mail | Drucken | Link kopieren", "Lesen Sie auch: was aus den {thing} von {town} wurde",
           "Abonnieren Sie den Brief aus {town}, jeden Freitag kostenlos"],
}
BOTTOM = {
    "en": "Copyright © {year} {town} Weekly. All rights reserved.",
    "fr": "Copyright © {year} La Semaine de {town}. Tous droits réservés.",
    "de": "Copyright © {year} {town}er Wochenblatt. Alle Rechte vorbehalten.",
}

# How an article is broken, and what that makes of it.
BROKEN = [
    ("empty", "version"),  # one version has no text
    ("empty-two", "whole"),  # two versions have none
    ("binary", "version"),  # one version is control characters; in a folder, any bytes
    ("binary-two", "whole"),  # two versions are
    ("single", "whole"),  # only one version is there
    ("language", "version"),  # the French version holds the German text
    ("json", "whole"),  # the line ends in the middle; in a folder, the article is not broken
]

# The least characters of an English paragraph that is taken.
LEAST = 60

# Thousands are set apart by the first, decimals by the second.
SEPARATORS = {"en": (",", "."), "fr": ("\u202f", ","), "de": (".", ",")}
# A number, or a name.
PIECE = {
    lang: re.compile(rf"(?P<number>\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d+)?|\d+(?:{point}\d+)?)"
                     r"|(?P<name>[A-Z][^\W\d_]{3,})")
    for lang, group, point in [("en", ",", r"\."), ("fr", r"[ \u00a0\u202f]", ","), ("de", r"\.", ",")]
}


def told(number, lang):
    """A number, written with a point, as a language writes it."""
    whole, _, rest = number.partition(".")
    thousands, point = SEPARATORS[lang]
    if len(whole) > 4 or len(whole) == 4 and not is_year(whole):
        whole = f"{int(whole):,}".replace(",", thousands)
    return whole + (point + rest if rest else "")


def is_year(digits):
    return len(digits) == 4 and "1400" <= digits < "2100"


class Paragraph:
    """A paragraph in three languages, cut at the names and numbers that all three have."""

    def __init__(self, texts):
        cut = {lang: pieces(lang, text) for lang, text in texts.items()}
        common = set.intersection(*({(kind, value) for kind, value, _ in cut[lang] if kind} for lang in LANGS))
        # Those change other words when they change.
        common -= {("number", digits) for digits in "012"}
        self.slots = sorted(common)
        # Of each language, slots and the text between.
        self.pieces = {
            lang: [(kind, value) if (kind, value) in common else (None, text) for kind, value, text in cut[lang]]
            for lang in LANGS
        }

    def render(self, rng, names):
        """The texts by language, with other names and numbers; `names` remembers those of the article."""
        other = {}
        for kind, value in self.slots:
            new = another_number(rng, value) if kind == "number" else names.setdefault(value, name(rng))
            for lang in LANGS:
                other[kind, value, lang] = told(new, lang) if kind == "number" else new
        return {
            lang: "".join(other[kind, value, lang] if kind else value for kind, value in self.pieces[lang])
            for lang in LANGS
        }


def pieces(lang, text):
    """A text as a list of (kind, value, text): numbers with a point and no separators, names, and the rest."""
    found, end = [], 0
    for match in PIECE[lang].finditer(text):
        value = match.group()
        if match.lastgroup == "number":
            thousands, point = SEPARATORS[lang]
            value = re.sub(rf"[{thousands}\s]", "", value).replace(point, ".")
        found += [(None, None, text[end:match.start()]), (match.lastgroup, value, match.group())]
        end = match.end()
    return [*found, (None, None, text[end:])]


def another_number(rng, value):
    """A number of as many digits; a year for a year, a possible day for a possible day."""
    if is_year(value):
        return str(rng.randrange(1850, 2025))
    if value.isdigit() and int(value) <= 31:
        return str(rng.randrange(3, 29))
    first, rest = value[0], value[1:]
    digits = (str(rng.randrange(10)) if c.isdigit() else c for c in rest)
    return (str(rng.randrange(1, 10)) if first != "0" else "0") + "".join(digits)


def name(rng):
    onsets = ["B", "Br", "C", "D", "Dr", "F", "G", "Gr", "H", "K", "L", "M", "N", "P", "R", "S", "St", "T", "Tr", "V", "W"]
    middles = ["l", "ll", "m", "n", "nd", "r", "rn", "st", "t", "v", "lb", "rk", "sk", "nt"]
    ends = ["a", "en", "er", "el", "in", "on", "ow", "ald", "ick", "und", "eth", "ar", "oss", "ury"]
    return rng.choice(onsets) + rng.choice("aeiou") + rng.choice(middles) + \
        (rng.choice("aeiou") + rng.choice(middles) if rng.random() < 0.5 else "") + rng.choice(ends)


def values(rng):
    """Values of the slots of a template, by language."""
    thing, thing2 = rng.sample(THINGS, 2)
    month = rng.choice(MONTHS)
    numbers = {"n": str(rng.randrange(3, 10 ** rng.randrange(2, 6))), "m": str(rng.randrange(3, 60)),
               "price": f"{rng.randrange(2, 5000)}.{rng.randrange(100):02}"}
    fixed = {"name": name(rng), "town": name(rng), "town2": name(rng), "day": rng.randrange(2, 29),
             "year": rng.randrange(1850, 2025)}
    return {
        lang: {**fixed, "thing": thing[i], "thing2": thing2[i], "month": month[i],
               **{key: told(number, lang) for key, number in numbers.items()}}
        for i, lang in enumerate(LANGS)
    }


def filled(template, slots):
    texts = {lang: text.format(**slots[lang]) for lang, text in zip(LANGS, template)}
    return {lang: text[0].upper() + text[1:] for lang, text in texts.items()}


def joined(parts):
    return {lang: " ".join(part[lang] for part in parts) for lang in LANGS}


def read_columns(folders):
    """The paragraphs of example articles that all three versions have."""
    paragraphs = []
    for folder in folders:
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        for link in gold["links"]:
            if not all(link.get(lang) for lang in LANGS):
                continue
            texts = {lang: " ".join(gold["versions"][lang][i] for i in link[lang]) for lang in LANGS}
            texts = {lang: re.sub(r"^(?:[-•>]|\d\.) ", "", text) for lang, text in texts.items()}
            if len(texts["en"]) >= LEAST and "©" not in texts["en"] and len(set(texts.values())) == 3:
                paragraphs.append(Paragraph(texts))
    if not paragraphs:
        raise SystemExit("make.py: no paragraph that all three versions have, expected gold.json with links")
    return paragraphs


class Maker:
    def __init__(self, args):
        self.seed = args.seed
        self.least, self.most = (int(number) for number in args.paragraphs.split("-"))
        self.share = args.shared
        # Each of the stock is taken about three times.
        self.stock = max(10, round(args.articles * (self.least + self.most) / 2 * args.shared / 3))
        self.columns = read_columns(args.columns)

    def rng(self, *of):
        return random.Random("/".join(map(str, (self.seed, *of))))

    def paragraph(self, rng, column, names):
        """A paragraph of an example article with sentences of its own, or sentences alone."""
        own = [filled(rng.choice(SENTENCES), values(rng)) for _ in range(rng.randrange(1, 4))]
        if column is None:
            return joined(own)
        return joined([column.render(rng, names), *own[:2]])

    def shared(self, rng):
        """A paragraph of the stock, every other time with a sentence behind it in which one number differs."""
        of = self.rng("stock", rng.randrange(self.stock))
        text = self.paragraph(of, of.choice(self.columns), {})
        slots = values(of)
        if rng.random() < 0.5:
            number = str(rng.randrange(3, 10_000))
            slots = {lang: {**slots[lang], "n": told(number, lang)} for lang in LANGS}
        return joined([text, filled(SENTENCES[6], slots)])

    def article(self, number):
        """The lines of the versions of an article."""
        rng = self.rng("article", number)
        count = rng.randint(self.least, self.most)
        columns = iter(rng.sample(self.columns, min(len(self.columns), count)))
        names = {}
        paragraphs = [filled(rng.choice(TITLES), values(rng))]
        for _ in range(count):
            if rng.random() < self.share:
                paragraphs.append(self.shared(rng))
            else:
                column = next(columns, None) if rng.random() < 0.5 else None
                paragraphs.append(self.paragraph(rng, column, names))
        slots = values(rng)
        return {lang: self.noisy(rng, lang, [p[lang] for p in paragraphs], slots[lang]) for lang in LANGS}

    @staticmethod
    def noisy(rng, lang, lines, slots):
        """One version's lines, as a site would have them."""
        title, *lines = lines
        lines = [line for line in lines if rng.random() > 0.04]
        for _ in range(sum(rng.random() < 0.02 for _ in lines)):
            line = lines.pop(rng.randrange(len(lines)))
            lines.insert(rng.randrange(len(lines) + 1), line)
        at = 0
        while at + 1 < len(lines):
            if rng.random() < 0.06:
                lines[at:at + 2] = [f"{lines[at]} {lines[at + 1]}"]
            at += 1
        for line in MIDDLE[lang]:
            if rng.random() < 0.4:
                lines.insert(rng.randrange(len(lines) + 1), line.format(**slots))
        top = [line for line in TOP[lang] if rng.random() < 0.5]
        bottom = [BOTTOM[lang].format(**slots)] if rng.random() < 0.8 else []
        return [*top, title, *lines, *bottom]


def noise(rng, size):
    """Bytes that are no text."""
    return b"\0" + bytes(rng.randrange(256) for _ in range(size - 1))


def broken(rng, way, texts):
    """The versions of an article, texts or bytes, broken in that way; not `json`."""
    texts = dict(texts)
    if way == "language":
        texts["fr"] = texts["de"]
    elif way == "single":
        keep = rng.choice(LANGS)
        texts = {keep: texts[keep]}
    elif way.startswith(("empty", "binary")):
        for lang in rng.sample(LANGS, 2 if way.endswith("-two") else 1):
            texts[lang] = "" if way.startswith("empty") else noise(rng, 2000)
    return texts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path, help="JSON Lines to write")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paragraphs", default="15-45", help="of an article, at least and at most")
    parser.add_argument("--shared", type=float, default=0.1, help="share of paragraphs that other articles have too")
    parser.add_argument("--broken", type=float, default=0, help="share of articles that are broken")
    parser.add_argument("--folder", type=Path, help="write each article to a folder of its name there, too")
    parser.add_argument("--columns", type=Path, nargs="+", help="folders of example articles, instead of tests/data",
                        default=sorted(p.parent for p in (Path(__file__).parents[1] / "data").glob("*/gold.json")))
    args = parser.parse_args()
    maker = Maker(args)
    ways = itertools.cycle(BROKEN)
    wrong = []
    with args.out.open("w", encoding="utf-8", newline="\n") as out:
        for number in range(args.articles):
            article = f"a{number:07}"
            texts = {lang: "\n\n".join(lines) + "\n" for lang, lines in maker.article(number).items()}
            rng, way = maker.rng("broken", number), None
            if rng.random() < args.broken:
                way, scope = next(ways)
                texts = broken(rng, way, texts)
                wrong.append((f"line-{number + 1}" if way == "json" else article, way, scope))
            versions = [{"lang": lang, "text": text if isinstance(text, str) else text.decode(errors="replace")}
                        for lang, text in texts.items()]
            line = json.dumps({"id": article, "versions": versions}, ensure_ascii=False)
            out.write((line[:len(line) // 2] if way == "json" else line) + "\n")
            if args.folder:
                folder = args.folder / article
                folder.mkdir(parents=True, exist_ok=True)
                for lang, text in texts.items():
                    data = text if isinstance(text, bytes) else text.encode()
                    (folder / f"{lang}.txt").write_bytes(data)
    if args.broken:
        table = args.out.with_name(args.out.name + ".broken.tsv")
        table.write_text("".join("\t".join(row) + "\n" for row in wrong), encoding="utf-8")


if __name__ == "__main__":
    main()
