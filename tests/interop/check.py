"""Reads files of triglyph with programs of others, and compares the texts with those of the JSONL.

    python3 tests/interop/check.py FOLDER…

Each folder is one that `examples/formats.rs` writes. Needs what `requirements.txt` names.
"""

import json
import re
import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path

import jsonschema
from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff2 import Xliff2File

HERE = Path(__file__).resolve().parent
XLIFF = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
XML = "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 has no place for.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def articles(folder):
    """The articles of the JSONL, as the texts of each bead, a list for each version."""
    found = []
    for line in (folder / "articles.jsonl").read_bytes().decode().split("\n"):
        if not line:
            continue
        record = json.loads(line)
        versions = record["versions"]
        texts = [[FORBIDDEN.sub("", s["text"]) for s in v["segments"]] for v in versions]
        beads = [
            [[texts[v][s] for s in segments] for v, segments in enumerate(bead["segments"])]
            for bead in record["beads"]
        ]
        found.append({
            "id": record["id"],
            "file": "".join(c if c.isalnum() or c in "-_" else f"%{ord(c):02X}" for c in record["id"]),
            "langs": [v["lang"] for v in versions],
            "beads": beads,
            "scores": [bead["score"] for bead in record["beads"]],
        })
    assert found, f"{folder}: no articles"
    return found


def same(what, found, expected):
    assert len(found) == len(expected), f"{what}: {len(found)} of {len(expected)}"
    for number, (own, other) in enumerate(zip(found, expected)):
        assert own == other, f"{what} {number}:\n{own!r}\n{other!r}"


def check_tmx(folder, expected):
    """A valid file, whose units are the beads."""
    path = folder / "articles.tmx"
    document = etree.parse(str(path))
    dtd = etree.DTD(str(HERE / "tmx14.dtd"))
    assert dtd.validate(document), dtd.error_log
    header = document.getroot().find("header")
    for date in [header.get("creationdate"), header.get("changedate")]:
        assert date is None or re.fullmatch(r"\d{8}T\d{6}Z", date), date
    with path.open("rb") as file:
        units = tmxfile(file).units
    found = [
        [(n.get(f"{{{XML}}}lang"), unit.getNodeText(n)) for n in unit.getlanguageNodes()]
        for unit in units
    ]
    beads = [
        [(lang, " ".join(texts)) for lang, texts in zip(article["langs"], bead) if texts]
        for article in expected
        for bead in article["beads"]
    ]
    same("tmx", found, beads)
    return len(found)


def pair(article, a, b):
    """The beads of two versions, and their scores."""
    beads = zip(article["beads"], article["scores"])
    return [(bead[a], bead[b], score) for bead, score in beads if bead[a] or bead[b]]


def check_xliff(folder, expected):
    """Files by the rules of XLIFF 2.1, whose units are the beads of each pair."""
    count = 0
    langs = expected[0]["langs"]
    for a, b in combinations(range(len(langs)), 2):
        path = folder / "xliff" / f"{langs[a]}-{langs[b]}.xlf"
        check_xliff_rules(etree.parse(str(path)).getroot())
        with path.open("rb") as file:
            units = Xliff2File(file).units
        found = [(unit.source or "", unit.target or "") for unit in units]
        beads = [bead for article in expected for bead in pair(article, a, b)]
        same(path.name, found, [(" ".join(x), " ".join(y)) for x, y, _ in beads])
        count += len(found)
    return count


def check_xliff_rules(root):
    """What the specification asks for beyond well-formed XML, as far as it concerns these files."""

    def children(element, *names):
        found = [etree.QName(child) for child in element.iterchildren(etree.Element)]
        for name in found:
            known = name.namespace == XLIFF and name.localname in names
            assert known or name.namespace == METADATA, f"{name} in {element.tag}"
        return element.iterchildren(etree.Element)

    def attributes(element, required, optional=()):
        given = set(element.attrib)
        assert required <= given <= required | set(optional), f"{element.tag}: {given}"

    def unique(elements, what):
        ids = [element.get("id") for element in elements]
        assert len(set(ids)) == len(ids), f"{what} share an id"
        assert all(re.fullmatch(r"[\w.:-]+", i) for i in ids), f"{what}: an id is no NMTOKEN"

    space = f"{{{XML}}}space"
    assert root.tag == f"{{{XLIFF}}}xliff"
    attributes(root, {"version", "srcLang", "trgLang"}, {space})
    assert root.get("version") == "2.1"
    files = list(children(root, "file"))
    assert files, "no file"
    unique(files, "files")
    for file in files:
        attributes(file, {"id"}, {"original", space})
        units = list(children(file, "unit"))
        assert units, "no unit"
        unique(units, "units")
        for unit in units:
            attributes(unit, {"id"}, {space})
            names = [etree.QName(child).localname for child in children(unit, "segment")]
            assert names == ["metadata", "segment"], names
            metadata, segment = unit
            for group in metadata:
                assert group.tag == f"{{{METADATA}}}metaGroup"
                attributes(group, set(), {"id", "category", "appliesTo"})
                assert len(group), "an empty group"
                for meta in group:
                    assert meta.tag == f"{{{METADATA}}}meta"
                    attributes(meta, {"type"})
            attributes(segment, set(), {"id", "state"})
            names = [etree.QName(child).localname for child in children(segment, "source", "target")]
            state = segment.get("state", "initial")
            assert state in ("initial", "translated", "reviewed", "final"), state
            assert names == (["source"] if state == "initial" else ["source", "target"]), names


def check_xces(folder, expected):
    """Links and sentences as opus_read of OpusTools prints them."""
    count = 0
    langs = expected[0]["langs"]
    xces = folder / "xces"
    program = Path(sys.executable).with_name("opus_read")
    for a, b in combinations(range(len(langs)), 2):
        links = xces / f"{langs[a]}-{langs[b]}.xml"
        check_xces_rules(links)
        with tempfile.TemporaryDirectory() as out:
            sides = [Path(out) / "from", Path(out) / "to"]
            command = [program, "-d", "triglyph", "-s", langs[a], "-t", langs[b], "-p", "raw"]
            command += ["-af", links, "-dl", xces, "-wm", "moses", "-w", *sides]
            subprocess.run(list(map(str, command)), check=True, stderr=subprocess.DEVNULL)
            lines = [side.read_bytes().decode().split("\n") for side in sides]
        found = list(zip(*lines))[:-1]
        beads = [bead for article in expected for bead in pair(article, a, b)]
        same(links.name, found, [(on_one_line(x), on_one_line(y)) for x, y, _ in beads])
        scores = [float(link.get("certainty")) for link in etree.parse(str(links)).iter("link")]
        same(f"certainty in {links.name}", scores, [round(score, 4) for _, _, score in beads])
        count += len(found)
    return count


def on_one_line(texts):
    """Texts as opus_read prints them, a line a link: without the line ends in them."""
    return " ".join(text.replace("\n", " ").strip() for text in texts)


def check_xces_rules(path):
    document = etree.parse(str(path))
    assert document.docinfo.doctype.startswith("<!DOCTYPE cesAlign"), document.docinfo.doctype
    for group in document.getroot():
        assert group.tag == "linkGrp" and group.get("targType") == "s"
        ids = [link.get("id") for link in group]
        assert len(set(ids)) == len(ids), "links share an id"
        for name in (group.get("fromDoc"), group.get("toDoc")):
            ids = [s.get("id") for s in etree.parse(str(path.parent / name)).iter("s")]
            assert len(set(ids)) == len(ids), f"{name}: sentences share an id"


def check_intertext(folder, expected):
    """Links and texts by the rules of InterText: no program that reads them can be installed here."""
    count = 0
    for path in sorted((folder / "intertext").glob("*.alignment.xml")):
        group = etree.parse(str(path)).getroot()
        assert group.tag == "linkGrp"
        documents = []
        for name in ("toDoc", "fromDoc"):
            root = etree.parse(str(path.parent / group.get(name))).getroot()
            leaves = list(root.iter("s")) or list(root.iter("p"))
            texts = {leaf.get("id"): leaf.text or "" for leaf in leaves}
            assert len(texts) == len(leaves), f"{group.get(name)}: segments share an id"
            assert all(re.fullmatch(r"\d+(:\d+)?", i) for i in texts), texts.keys()
            documents.append((root.get("lang"), texts))
        langs = [lang for lang, _ in reversed(documents)]
        found = []
        for link in group:
            sides = [side.split() for side in link.get("xtargets").split(";")]
            assert link.get("type") == "-".join(str(len(side)) for side in sides)
            assert link.get("status") in ("man", "auto", "plain")
            to, own = [[texts[i] for i in side] for side, (_, texts) in zip(sides, documents)]
            found.append((own, to))
        pairs = [
            [(x, y) for x, y, _ in pair(article, *map(article["langs"].index, langs))]
            for article in expected
        ]
        assert found in pairs, f"{path.name}: {found}"
        count += len(found)
    return count


def check_json(folder, expected):
    """Lines that are valid by the schema of the repository."""
    schema = json.loads((HERE.parents[1] / "schema" / "triglyph-1.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in (folder / "articles.jsonl").read_bytes().decode().splitlines():
        validator.validate(json.loads(line))
    return sum(len(article["beads"]) for article in expected)


def folded(text):
    """A text on one line, as the formats of lines have it: breaks and the white space at them."""
    return re.sub(r"\s*[\t-\r\x1c-\x1f\x85\u2028\u2029]\s*", " ", text).strip()


def lines_of(path):
    """The lines of a file, split by whatever Python takes for the end of a line."""
    text = path.read_bytes().decode()
    lines = text.splitlines()
    assert text.count("\n") == len(lines), f"{path.name}: a line breaks within"
    return lines


def check_moses(folder, expected):
    """Files with a line a bead, equally many in each."""
    langs = expected[0]["langs"]
    beads = [bead for article in expected for bead in article["beads"]]
    for v, lang in enumerate(langs):
        texts = [" ".join(map(folded, bead[v])) for bead in beads]
        same(f"corpus.{lang}", unforbidden(lines_of(folder / f"corpus.{lang}")), texts)
    assert len(lines_of(folder / "corpus.ids")) == len(beads)
    for a, b in combinations(langs, 2):
        counts = [len(lines_of(folder / f"corpus.{a}-{b}.{lang}")) for lang in (a, b)]
        assert counts[0] == counts[1], f"corpus.{a}-{b}: {counts}"
    return len(beads)


def unforbidden(lines):
    """The lines without what XML forbids, which is left out of the texts to compare with."""
    return [FORBIDDEN.sub("", line) for line in lines]


def holds(step, bead):
    """Whether a step is a bead, or one and what stands within it."""
    ends = [(side[0], side[-1]) for side in step[:2]] == [(side[0], side[-1]) for side in bead[:2]]
    return ends and step[2] == bead[2] and all(set(b) <= set(s) for s, b in zip(step, bead[:2]))


def check_ladder(folder, expected):
    """Texts put together from rungs as hunalign defines them: from one rung up to the next."""
    count = of = 0
    for article in expected:
        name = next((folder / "ladder").glob(f"{article['file']}.*.ladder")).name
        stem = name.split(".")[0]
        for a, b in combinations(range(len(article["langs"])), 2):
            langs = article["langs"][a], article["langs"][b]
            left, right = (unforbidden(lines_of(folder / "ladder" / f"{stem}.{x}.txt")) for x in langs)
            rungs = [
                (int(i), int(j), float(score))
                for i, j, score in map(str.split, lines_of(folder / "ladder" / f"{stem}.{'-'.join(langs)}.ladder"))
            ]
            assert rungs[0][:2] == (0, 0) and rungs[-1][:2] == (len(left), len(right))
            linked = []
            for (i, j, score), (k, l, _) in zip(rungs, rungs[1:]):
                assert i <= k and j <= l and (i, j) != (k, l), f"{name}: rungs that do not rise"
                if i < k and j < l:
                    linked.append((left[i:k], right[j:l], score))
            beads = [
                ([folded(t) for t in x], [folded(t) for t in y], round(score, 4))
                for x, y, score in pair(article, a, b)
                if x and y
            ]
            for step in linked:
                assert any(holds(step, bead) for bead in beads), f"{name}: {step}"
            count, of = count + len(linked), of + len(beads)
    # The others have moved.
    assert count >= 0.8 * of, f"{count} of {of} links"
    return count


def main():
    for folder in map(Path, sys.argv[1:]):
        expected = articles(folder)
        for name, check in [
            ("JSON lines, by the schema", check_json),
            ("Moses, by lines", check_moses),
            ("ladders, by hunalign's definition", check_ladder),
            ("TMX, by a DTD and by translate-toolkit", check_tmx),
            ("XLIFF, by its rules and by translate-toolkit", check_xliff),
            ("XCES, by opus_read", check_xces),
            ("InterText, by its rules", check_intertext),
        ]:
            print(f"{folder.name}: {name}: {check(folder, expected)} beads")


if __name__ == "__main__":
    main()
