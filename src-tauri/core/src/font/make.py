"""Makes the three font files of this folder. README.md says when and from what.

    python3 make.py NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc Unihan_folder twemoji.woff2

Needs `pip install fonttools brotli`. Unihan_folder holds the text files of Unihan.zip (or their .bz2).
"""

import bz2
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = pathlib.Path(__file__).parent
SC = 2  # the simplified Chinese face of the collection


def unihan(folder, fields):
    """(code point, field, value) of the wanted fields."""
    for path in sorted(pathlib.Path(folder).glob("Unihan_*")):
        opened = bz2.open(path, "rt", encoding="utf-8") if path.suffix == ".bz2" else open(path, encoding="utf-8")
        with opened as lines:
            for line in lines:
                parts = line.rstrip("\n").split("\t")
                if len(parts) == 3 and parts[1] in fields:
                    yield int(parts[0][2:], 16), parts[1], parts[2]


def characters(folder):
    # Double happiness, and what people write in Cantonese, which no list of standard characters has.
    wanted = set(map(ord, "囍嘅咗喺唔啲嚟冇佢哋嗰咁乜嘢睇攞瞓嘥揾噉畀俾啱搵咩囉喎嘞㗎嗌咪乸嘈嘜孖歎濕裇衫靚餸鍾"))
    for code, field, value in unihan(folder, {"kGB0", "kTGH", "kBigFive"}):
        # Big5 level 1, the 5,401 frequent traditional characters, ends at C67E.
        if field != "kBigFive" or 0xA440 <= int(value, 16) <= 0xC67E:
            wanted.add(code)
    for first, last in [
        (0x20, 0x7E), (0xA0, 0x17F),        # Latin
        (0x1CD, 0x1DC), (0x2B0, 0x2DD),     # pinyin tones
        (0x300, 0x304), (0x30C, 0x30C),
        (0x391, 0x3C9), (0x410, 0x451),     # Greek, Cyrillic
        (0x2010, 0x205E), (0x2070, 0x209C), # punctuation, small figures
        (0x20A0, 0x20BF), (0x2100, 0x214F), # money, letter-like
        (0x2150, 0x218B), (0x2190, 0x21FF), # numbers, arrows
        (0x2200, 0x22FF), (0x2300, 0x23FF), # mathematics, technical
        (0x2460, 0x24FF), (0x2500, 0x25FF), # ①, boxes, shapes
        (0x2600, 0x27BF), (0x2900, 0x2BFF), # signs, more arrows
        (0x3000, 0x30FF), (0x3105, 0x312F), # CJK punctuation, kana, bopomofo
        (0x31F0, 0x32FF), (0x3300, 0x33FF), # enclosed, squared
        (0xFE10, 0xFE1F), (0xFE30, 0xFE4F),
        (0xFF01, 0xFFEF),                   # full width
    ]:
        wanted.update(range(first, last + 1))
    # Balls that everybody writes as emoji.
    return wanted - {0x26BD, 0x26BE}


def name(font, family, style, words):
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in (0, 9, 10, 13, 14) and n.langID == 0x409]
    postscript = f"{family.replace(' ', '')}-{style}"
    for number, text in {
        1: family, 2: style, 3: f"{postscript};{words}", 4: f"{family} {style}", 5: f"Version 1.000; {words}", 6: postscript,
    }.items():
        table.setName(text, number, 3, 1, 0x409)


def cut(font, unicodes, features):
    options = subset.Options()
    options.layout_features = features
    options.name_IDs, options.name_languages, options.name_legacy = ["*"], ["*"], True
    options.notdef_outline, options.hinting, options.glyph_names = True, False, False
    options.drop_tables += ["FFTM", "VORG", "vhea", "vmtx"]
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    font.recalcTimestamp = False
    return font


def main(regular, bold, folder, emoji):
    wanted = characters(folder)
    for path, style in [(regular, "Regular"), (bold, "Bold")]:
        font = cut(TTCollection(path).fonts[SC], wanted, ["kern", "ccmp", "mark", "mkmk", "liga"])
        name(font, "Caoben Sans SC", style, "a subset of Noto Sans CJK SC 2.004")
        top = font["CFF "].cff
        top.fontNames = [f"CaobenSansSC-{style}"]
        top[0].FullName, top[0].FamilyName = f"Caoben Sans SC {style}", "Caoben Sans SC"
        out = HERE / f"CaobenSansSC-{style}.otf"
        font.save(out)
        print(out.name, out.stat().st_size, len(font.getBestCmap()))
    font = TTFont(emoji, recalcTimestamp=False)
    # Figures and signs of the keyboard stay text; their keycap sequences are built from them, so the glyphs stay too.
    font = cut(font, set(font.getBestCmap()), ["*"])
    name(font, "Caoben Emoji", "Regular", "Twemoji Mozilla 0.7.0 renamed, drawings by Twitter and contributors, CC-BY 4.0")
    font.flavor = None
    out = HERE / "CaobenEmoji.ttf"
    font.save(out)
    print(out.name, out.stat().st_size, len(font.getBestCmap()))


main(*sys.argv[1:])
