#!/usr/bin/env python3
"""Makes gold articles of pages in HTML from Debian's documentation, in English, French and German.

    apt-get download debian-handbook debian-faq debian-faq-fr debian-faq-de \
        debian-reference-en debian-reference-fr debian-reference-de installation-guide-amd64
    for package in *.deb; do dpkg -x "$package" unpacked; done
    tests/pages/make.py unpacked OUT

Pages are taken whose blocks follow one another alike in the three languages and are translated. What
stands at the same place translates each other. Then, by chance but alike in each run, paragraphs of one
version are merged, dropped and inserted, and menus, notices about cookies, teasers and the like put into
the pages, as sites do it. OUT gets a folder an article: `<lang>.html`, `gold.json`, `noise.json`.

The blocks are found by a reader of this script's own, so that it does not share the faults of the one
under test.
"""
import html
import json
import pathlib
import random
import re
import sys
from html.parser import HTMLParser

LANGS = ["en", "fr", "de"]
# Per document, where its pages stand; `{}` is the language, `*` the page.
DOCUMENTS = {
    "handbook": {"en": "debian-handbook/html/en-US/*.html", "fr": "debian-handbook/html/fr-FR/*.html",
                 "de": "debian-handbook/html/de-DE/*.html"},
    "faq": {"en": "debian/FAQ/*.en.html", "fr": "debian/FAQ/fr/*.fr.html", "de": "debian/FAQ/de/*.de.html"},
    "install": {lang: f"installation-guide-amd64/{lang}/*.html" for lang in LANGS},
    "reference": {lang: f"../debian-reference/*.{lang}.html" for lang in LANGS},
}
# Paragraphs of a page, at the least, and articles of a document, at the most.
SHORTEST, ARTICLES = 8, 25

BLOCKS = set("""address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu
    nav ol optgroup option p pre search section select summary table tbody td textarea tfoot th thead tr ul
    """.split())
VOID = set("area base br col embed hr img input link meta source track wbr".split())
UNSEEN = set("head script style template title noscript svg".split())
FURNITURE = re.compile(r"navheader|navfooter|docnav|banner|\btoc\b")


class Reader(HTMLParser):
    """The blocks of a page: their texts, where each begins, and the elements that it stands in."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.lines = [0]
        for line in page.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.stack, self.blocks, self.text, self.start = [], [], [], None
        self.feed(page)
        self.close()
        self.end()

    def position(self):
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def end(self):
        text = " ".join("".join(self.text).split())
        if text:
            self.blocks.append({"text": text, "start": self.start, "path": self.path, "furniture": self.furniture})
        self.text, self.start = [], None

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.end()
        if tag == "br":
            self.text.append("\n")
        if tag not in VOID:
            self.stack.append((tag, dict(attrs).get("class") or dict(attrs).get("id") or ""))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.end()
        names = [name for name, _ in self.stack]
        if tag in names:
            del self.stack[len(names) - 1 - names[::-1].index(tag):]

    def handle_data(self, data):
        if any(name in UNSEEN for name, _ in self.stack):
            return
        if self.start is None and data.strip():
            self.start = self.position() + len(data) - len(data.lstrip())
            self.path = "/".join(name for name, _ in self.stack if name in BLOCKS)
            self.furniture = any(FURNITURE.search(names) for _, names in self.stack)
        self.text.append(data)


PARAGRAPH = re.compile(
    r'<(?P<tag>p|div)(?P<class> class="para")?>(?P<text>(?:(?!<(?:p|div|ul|ol|dl|table|pre|form|h\d)\b|<br).)*?)</(?P=tag)>',
    re.DOTALL)


def paragraphs(page, blocks):
    """The elements that hold one block and nothing else: the number of the block, and the match."""
    starts = {block["start"]: number for number, block in enumerate(blocks)}
    found = []
    for match in PARAGRAPH.finditer(page):
        if match["tag"] == "div" and not match["class"]:
            continue
        begin = match.start("text") + len(match["text"]) - len(match["text"].lstrip())
        inside = [number for start, number in starts.items() if match.start("text") <= start < match.end("text")]
        if len(inside) == 1 and not blocks[inside[0]]["furniture"]:
            found.append((inside[0], match))
    return found


WORDS = {
    "en": dict(home="Home", news="News", about="About us", contact="Contact", search="Search", login="Log in",
               cookie="We use cookies to make this site better. You can change your choice at any time.",
               accept="Accept all", settings="Settings", share="Share this article", related="You may also like",
               letter="Get our best stories in your inbox every Sunday.", subscribe="Subscribe",
               ad="Advertisement", comments="Leave a comment", imprint="Imprint", privacy="Privacy",
               skip="Skip to main content", tags="Topics", popular="Most read",
               teasers=["A small town and its big river", "How the baker learnt to sleep again", "Ten walks for a rainy week",
                        "The last lighthouse keeper speaks", "Why the bridge was closed for a year", "A garden on the roof of the school"]),
    "fr": dict(home="Accueil", news="Actualités", about="Qui sommes-nous", contact="Contact", search="Rechercher",
               login="Se connecter", cookie="Nous utilisons des cookies pour améliorer ce site. Vous pouvez changer d’avis à tout moment.",
               accept="Tout accepter", settings="Paramètres", share="Partager cet article", related="À lire aussi",
               letter="Recevez nos meilleurs articles chaque dimanche.", subscribe="S’abonner",
               ad="Publicité", comments="Laisser un commentaire", imprint="Mentions légales", privacy="Confidentialité",
               skip="Aller au contenu principal", tags="Thèmes", popular="Les plus lus",
               teasers=["Le musée rouvre ses portes au printemps", "Une soupe pour les jours de vent", "Les oiseaux du vieux port",
                        "Trois amis et un bateau sans moteur", "La gare qui ne voulait pas fermer", "Apprendre le violon à soixante ans"]),
    "de": dict(home="Startseite", news="Nachrichten", about="Über uns", contact="Kontakt", search="Suche", login="Anmelden",
               cookie="Wir verwenden Cookies, um diese Seite zu verbessern. Sie können Ihre Auswahl jederzeit ändern.",
               accept="Alle akzeptieren", settings="Einstellungen", share="Diesen Artikel teilen", related="Lesen Sie auch",
               letter="Unsere besten Geschichten jeden Sonntag in Ihrem Postfach.", subscribe="Abonnieren",
               ad="Anzeige", comments="Kommentar schreiben", imprint="Impressum", privacy="Datenschutz",
               skip="Zum Inhalt springen", tags="Themen", popular="Meistgelesen",
               teasers=["Der Winter, in dem der See zufror", "Was der Förster nachts hört", "Ein Dorf baut sich ein Kino",
                        "Warum alte Uhren anders ticken", "Die Frau, die Brücken sammelt", "Ein Kuchen reist um die Welt"]),
}


def links(texts, inner="<li><a href='/x'>{}</a></li>"):
    return "".join(inner.format(html.escape(text)) for text in texts)


def furniture(words, chance):
    """Blocks that sites have: kind, where they stand (top, middle, end), and their HTML in one of several fashions."""
    w = words
    menu = links([w["home"], w["news"], w["about"], w["contact"]])
    teasers = chance.sample(w["teasers"], 3)
    cards = links(teasers, "<div class='card'><h3><a href='/x'>{}</a></h3></div>")
    return [
        ("navigation", "top", chance.choice([
            f"<nav class='main-navigation'><ul>{menu}</ul></nav>",
            f"<header class='site-header'><a href='/'>{w['home']}</a><nav><ul>{menu}</ul></nav></header>",
            f"<div id='menu'><ul class='menu'>{menu}</ul></div>",
            f"<div role='navigation'><ul>{menu}</ul></div>",
            f"<ul class='nav navbar-nav'>{menu}</ul>"])),
        ("navigation", "top", chance.choice([
            f"<a class='skip-link' href='#c'>{w['skip']}</a>",
            f"<ol class='breadcrumb'>{links([w['home'], w['news']])}</ol>",
            f"<div class='breadcrumbs'><a href='/'>{w['home']}</a> &gt; <a href='/n'>{w['news']}</a></div>"])),
        ("cookie", chance.choice(["top", "end"]), chance.choice([
            f"<div id='cookie-banner'><p>{w['cookie']}</p><button>{w['accept']}</button><button>{w['settings']}</button></div>",
            f"<div role='dialog' aria-label='Cookies'><div><p>{w['cookie']}</p></div><a href='#' class='btn'>{w['accept']}</a></div>",
            f"<section class='cookieConsent'><div>{w['cookie']}</div><div><button>{w['accept']}</button></div></section>",
            f"<div class='cc-window cc-banner'><span>{w['cookie']}</span></div>"])),
        ("teaser", chance.choice(["middle", "end"]), chance.choice([
            f"<aside class='related'><h2>{w['related']}</h2><ul>{links(teasers)}</ul></aside>",
            f"<div class='related-posts'><h3>{w['related']}</h3>{cards}</div>",
            f"<section class='teaser-list'><h2>{w['related']}</h2>{cards}</section>",
            f"<div class='c-recommendations'><p>{w['related']}</p><ul>{links(teasers)}</ul></div>"])),
        ("share", chance.choice(["middle", "end"]), chance.choice([
            f"<div class='share-buttons'><span>{w['share']}</span> <a href='/f'>Facebook</a> <a href='/m'>Mastodon</a></div>",
            f"<ul class='social-links'>{links(['Facebook', 'Mastodon', 'E-Mail'])}</ul>",
            f"<div class='sharedaddy'><h3>{w['share']}</h3><ul>{links(['Facebook', 'LinkedIn'])}</ul></div>"])),
        ("newsletter", chance.choice(["middle", "end"]), chance.choice([
            f"<div class='newsletter-signup'><p>{w['letter']}</p><button>{w['subscribe']}</button></div>",
            f"<form class='subscribe'><label>{w['letter']}</label><button>{w['subscribe']}</button></form>"])),
        ("advertisement", "middle", chance.choice([
            f"<div class='ad-slot'><span>{w['ad']}</span></div>", f"<div class='advertisement'>{w['ad']}</div>"])),
        ("sidebar", "end", chance.choice([
            f"<aside id='sidebar'><h2>{w['popular']}</h2><ol>{links(teasers)}</ol></aside>",
            f"<div id='secondary' class='widget-area' role='complementary'><h2>{w['popular']}</h2><ul>{links(teasers)}</ul></div>"])),
        ("footer", "end", chance.choice([
            f"<footer><p>© 2025 The Example</p><ul>{links([w['imprint'], w['privacy'], w['contact']])}</ul></footer>",
            f"<div id='footer' role='contentinfo'><p>© 2025 Example</p><a href='/i'>{w['imprint']}</a></div>",
            f"<footer class='site-footer'><div>{w['about']}</div><nav><ul>{menu}</ul></nav></footer>"])),
    ]


class Version:
    """A page that is changed, and what stands at which offset of it."""

    def __init__(self, page, blocks):
        self.page, self.blocks, self.edits = page, blocks, []
        self.taken = set()

    def edit(self, start, end, text, marks=()):
        """Replaces a range; marks are (offset in the text, what stands there)."""
        self.edits.append((start, end, text, list(marks)))

    def free(self, match):
        span = range(match.start(), match.end())
        if any(at in self.taken for at in (span.start, span.stop - 1)):
            return False
        self.taken.update(span)
        return True

    def apply(self, names):
        """The changed page, and the name of what stands at each offset where a block begins."""
        edits = sorted(self.edits, key=lambda edit: (edit[0], edit[1]))
        page, at, found = [], 0, {}
        length = 0
        starts = {block["start"]: names[number] for number, block in enumerate(self.blocks)}
        for start, end, text, marks in edits + [(len(self.page), len(self.page), "", [])]:
            for offset, name in starts.items():
                if at <= offset < start:
                    found[offset - at + length] = name
            page.append(self.page[at:start])
            length += start - at
            for offset, name in marks:
                found[length + offset] = name
            page.append(text)
            length += len(text)
            at = end
        return "".join(page), found


def make(name, pages, others, out):
    """Makes an article of the same page in all languages; `others` are paragraphs of other pages."""
    chance = random.Random(name)
    versions = {lang: Version(page, Reader(page).blocks) for lang, page in pages.items()}
    places = {lang: paragraphs(v.page, v.blocks) for lang, v in versions.items()}
    joined = {}
    for lang, version in versions.items():
        own = places[lang]
        for (number, match), (after, behind) in zip(own, own[1:]):
            between = version.page[match.end():behind.start()]
            near = after == number + 1 and not between.strip() and match["tag"] == behind["tag"]
            what = chance.random()
            if what < 0.06 and near and version.free(match) and version.free(behind):
                version.edit(match.end("text"), behind.start("text"), " ")
                joined[after] = number
            elif what < 0.11 and version.free(match):
                version.edit(match.start(), match.end(), "")
            elif what < 0.15 and others[lang]:
                text = "<p>" + html.escape(chance.choice(others[lang]), quote=False) + "</p>"
                version.edit(match.end(), match.end(), text, [(3, ("inserted", None))])
        edited = [(start, end) for start, end, _, _ in version.edits]
        middle = [at for at in (match.end() for _, match in own[1:])
                  if not any(start < at < end for start, end in edited)]
        top = re.search(r"<body[^>]*>", version.page).end()
        for kind, where, block in chance.sample(furniture(WORDS[lang], chance), chance.randint(5, 9)):
            at = {"top": top, "end": version.page.rfind("</body>"), "middle": chance.choice(middle)}[where]
            marks = [(b["start"], ("noise", kind)) for b in Reader(block).blocks]
            version.edit(at, at, block, marks)
    write(out / name, versions, joined)


def write(folder, versions, joined):
    def top(number):
        while number in joined:
            number = joined[number]
        return number

    folder.mkdir(parents=True, exist_ok=True)
    texts, gold, noise = {}, {}, {}
    for lang, version in versions.items():
        names = [("furniture", None) if block["furniture"] else ("link", top(number))
                 for number, block in enumerate(version.blocks)]
        page, found = version.apply(names)
        blocks = Reader(page).blocks
        (folder / f"{lang}.html").write_text(page, encoding="utf-8")
        texts[lang] = [block["text"] for block in blocks]
        noise[lang] = {}
        for unit, block in enumerate(blocks):
            kind, what = found.get(block["start"], ("lost", None))
            assert kind != "lost", (folder, lang, block)
            if kind == "link":
                gold.setdefault(what, {}).setdefault(lang, []).append(unit)
            else:
                gold[(lang, unit)] = {lang: [unit]}
                if kind != "inserted":
                    noise[lang][unit] = what or "page"
    write_json(folder / "gold.json", {"versions": texts, "links": list(gold.values())})
    write_json(folder / "noise.json", noise)


def write_json(path, data):
    path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def is_translated(blocks):
    """Whether few of the longer blocks are the same in two languages."""
    for lang in LANGS[1:]:
        both = [(a["text"], b["text"]) for a, b in zip(blocks["en"], blocks[lang]) if len(a["text"]) > 60]
        if not both or sum(a == b for a, b in both) > 0.15 * len(both):
            return False
    return True


def main(root, out):
    for document, patterns in DOCUMENTS.items():
        base = pathlib.Path(root) / "usr/share/doc"
        files = {lang: {} for lang in LANGS}
        for lang, pattern in patterns.items():
            for path in base.glob(pattern) if ".." not in pattern else (base.parent / "debian-reference").glob(pattern.rsplit("/", 1)[1]):
                files[lang][path.name.split(".html")[0].removesuffix(f".{lang}")] = path
        chosen, others = [], {lang: [] for lang in LANGS}
        for name in sorted(set.intersection(*(set(f) for f in files.values()))):
            pages = {lang: files[lang][name].read_text(encoding="utf-8", errors="replace").replace("\r", "") for lang in LANGS}
            blocks = {lang: Reader(page).blocks for lang, page in pages.items()}
            shapes = {tuple((b["path"], b["furniture"]) for b in found) for found in blocks.values()}
            count = len(paragraphs(pages["en"], blocks["en"]))
            if len(shapes) == 1 and count >= SHORTEST and is_translated(blocks):
                chosen.append((name, pages))
            else:
                for lang in LANGS:
                    others[lang] += [b["text"] for b in blocks[lang] if len(b["text"]) > 120]
        random.Random(document).shuffle(chosen)
        for name, pages in chosen[:ARTICLES]:
            make(f"{document}-{name}", pages, others, pathlib.Path(out) / document)
        print(f"{document}: {len(chosen[:ARTICLES])} articles")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
