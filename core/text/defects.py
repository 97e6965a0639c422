"""Defects of wording that need no knowledge of the figures: leftovers, doubled words, punctuation.

Every finder returns ``Spot``s in the order of the text; a ``suggestion`` mends the place when it is put in.
They point only at what is wrong wherever it stands; what depends on taste stays silent.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from core.text.spots import Spot, outermost

_HAN: Final = r"\u3400-\u9fff"

# C-050: blanks and instructions of a form. Figure tokens such as {unit.预算收入} are the program's own.
_TOKEN: Final = r"(?:prev\.)?(?:unit|p\d+)\.[^{}]+"
_OFFICE: Final = "局县市区镇乡村省单部项公委办中学年月街社站所"
_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_BLANK: Final = re.compile(
    rf"(?<![A-Za-z0-9×])(?:20)?[XxＸ×╳]{{2,}}(?=[{_OFFICE}])"  # XX局, ××年, 20XX年; 王XX is a person
    rf"|(?<![A-Za-z0-9×{_SURNAMES}])(?:20)?[XxＸ×╳]{{2,}}(?![A-Za-z0-9×])"
    r"|(?<![A-Za-z0-9×])(?:20\d?)?[XＸ×╳](?=[年月日元个人名户号县市区局镇乡村项%％]|万元)"
    r"|(?<![零〇○◯一二三四五六七八九])[○〇◯]{2,}(?![零〇○◯一二三四五六七八九年])"
    rf"|\{{(?!{_TOKEN}\}})[^{{}}\n]{{1,20}}\}}"
    rf"|(?<!某)某某(?=[{_OFFICE}])|(?<![某{_SURNAMES}])某某(?!某)"
    r"|(?<![有亟尚])待填写|[（(]\s*(?:待|待定|待填|待填报|待补|待补充|待核|待核实|待完善)\s*[）)]"
    r"|[（(]\s*(?:此处|以下)?略\s*[）)]"
)
_INSTRUCTION: Final = re.compile(
    r"(?P<none>没有的?，?请(?:写明|填写|注明|填)[“\"「『](?P<answer>[^“”\"」』\n]{1,30})[”\"」』]。?)"
    r"|(?P<length>[（(][^（）()\n]{0,12}\d\s*字(?:以内|之内|以上|以下|左右)?[）)])"
    r"|[（(][^（）()\n]{0,20}(?<![邀申])请(?:填写|写明|填报|注明|列明|说明|简述)[^（）()\n]{0,40}[）)]"
    r"|(?<![邀申])请(?:在此)?(?:填写|写明|填报|列明|简述)[^，。；、\n]{0,20}"
    r"|[（(]?此处填写?[^，。；）)\n]{0,20}[）)]?"
    r"|指标\s?\d{1,2}\s?[：:]\s?(?:…+|\.{3,})"
)


@lru_cache(maxsize=128)
def placeholders(text: str) -> tuple[Spot, ...]:
    """Blanks never filled in and instructions of the form never removed (C-050); figure tokens are neither."""
    spots = [_spot(match, "placeholder") for match in _BLANK.finditer(text)]
    for match in _INSTRUCTION.finditer(text):
        answer = match["answer"].rstrip("。") + "。" if match["none"] else None
        spots.append(_spot(match, "instruction", "" if match["length"] else answer))
    return outermost(spots)


def _spot(match: re.Match[str], kind: str, suggestion: str | None = None) -> Spot:
    return Spot(match.start(), match.end(), match[0], kind, suggestion)


# C-051: what a word processor or a spreadsheet leaves behind when its text is copied.
_ARTEFACT: Final = re.compile(
    r"(?P<hidden>\[bookmark:[^\]\n]*\]|_(?:GoBack|Toc\d+|Ref\d+|Hlk\d+)|\\\* ?MERGEFORMAT|&nbsp;|&#\d+;"
    r"|\{ ?(?:PAGEREF|HYPERLINK|TOC|PAGE|REF)\b[^{}\n]*\}|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f])"
    r"|错误[!！] ?(?:未|文档|不能|超链接|书签)[^，。；！!\n]{2,30}[。.]?|Error! ?[A-Za-z ]{5,40}\.?|\ufffd+"
    r"|#(?:REF|DIV/0|VALUE|NULL|NUM)!|#NAME\?|#N/A|#{4,}"
)


@lru_cache(maxsize=128)
def artefacts(text: str) -> tuple[Spot, ...]:
    """Bookmarks, broken references, error values and lost characters of other programs (C-051).

    Hidden marks that carry no words can go; where something was lost there is no suggestion.
    """
    spots = [_spot(match, "artefact", "" if match["hidden"] else None) for match in _ARTEFACT.finditer(text)]
    return outermost(spots)


# C-052. A doubled word is certain where the text cannot read on from its second half: in 各项目项目资金 it can
# (项目 + 项目资金), in 活动项目项目。 it cannot. Words that begin no compound are wrong before anything.
_BEGINS_NO_COMPOUND: Final = (
    "加强|开展|进行|推进|推动|进一步|积极|认真|不断|切实|全面|主要|用于|其中|以及|按照|通过|由于"
    "|因此|但是|同时|此外|已经|没有|对于|关于|为了|从而|各项|相关"
)
_ON_PURPOSE: Final = (
    r"[一两二三几半逐每某各很最极不多好]|.着|[零〇○一二三四五六七八九十百千万亿]{2,}|研究|讨论|考虑|学习|了解|商量|休息|打听|介绍"
    r"|锻炼|收拾|参观|交流|沟通|体验|感受|非常|许多|永远|十分|如何|哈密"
)
_DOUBLED: Final = re.compile(
    rf"(?!{_ON_PURPOSE})(?:(?P<free>{_BEGINS_NO_COMPOUND}|[{_HAN}]{{4,12}}?)(?P=free)+"
    rf"|(?P<word>[{_HAN}]{{2,3}}?)(?P=word)+(?=[的了和与及等]|[^{_HAN}]|$|(?:到位|拨付)(?!率)|主要|全部|均|已|用于|及时))"
)
_DOUBLED_MARK: Final = re.compile(
    r"(?<![目标有])的的(?![确士])|(?<![甚时未])了了(?![解然结不之如当却])"
    r"|(?<=\d)(?P<unit>万元|元|亿元)(?:万?元)+(?![素旦])|[%％]{2,}"
)
_REPEATED_CLAUSE: Final = re.compile(
    r"(?<![^。；，：:\s])(?P<clause>[^。；，：:\s|][^。；，\n|]{6,58})(?:[。；，](?P=clause))+(?![^。；，\s])"
    r"|(?<![^。；：:\s])(?P<sentence>[^。；，：:\s|][^。；\n|]{6,120})(?:[。；](?P=sentence))+(?![^。；\s])"
)


@lru_cache(maxsize=128)
def doubled_words(text: str) -> tuple[Spot, ...]:
    """Words and clauses written twice running (C-052), such as 项目项目, 的的, 万元元; a single one is suggested.

    Silent on what is doubled on purpose: 常常, 干干净净, 研究研究, 一项一项, 二〇二〇.
    """
    spots = [_spot(match, "doubled", match["unit"] or match[0][0]) for match in _DOUBLED_MARK.finditer(text)]
    for match in _DOUBLED.finditer(text):
        word = match["free"] or match["word"]
        if len(set(word)) > 1:
            spots.append(_spot(match, "doubled", word))
    for match in _REPEATED_CLAUSE.finditer(text):
        spots.append(_spot(match, "doubled_clause", match["clause"] or match["sentence"]))
    return outermost(spots)


# C-053
_REPEATED_MARK: Final = re.compile(r"(?P<same>[，。、；：])(?P=same)+|[，、：][。；]|；。|[，。、；：][，、；：]")
_HALF_WIDTH_MARK: Final = re.compile(
    rf"(?<=[{_HAN}”）》\d%])[,;:?!](?=[{_HAN}“（《])|(?<=[{_HAN}])[,;:](?=\d)"
)
_FULL_WIDTH: Final = str.maketrans(",;:?!", "，；：？！")
_SPACED_NUMBER: Final = re.compile(
    rf"(?:^|(?<=[{_HAN}，。；：、（“]))(?P<digits>\d+)[ \u3000\u00a0]+(?P<unit>[名人个户场次项件家])"
)
_CLOSE_NUMBER: Final = re.compile(r"\d[名人个户场次项件家]")


@lru_cache(maxsize=128)
def punctuation(text: str) -> tuple[Spot, ...]:
    """Marks repeated or mixed, half-width marks between Chinese words, a stray space in 「8 名」 (C-053).

    Spaces are left alone in a text that sets them throughout, as some writers and all copied PDF pages do.
    """
    spots = []
    for match in _REPEATED_MARK.finditer(text):
        marks = match[0]
        spots.append(_spot(match, "repeated_mark", "。" if "。" in marks else "；" if "；" in marks else marks[0]))
    for match in _HALF_WIDTH_MARK.finditer(text):
        spots.append(_spot(match, "half_width", match[0].translate(_FULL_WIDTH)))
    spaced = list(_SPACED_NUMBER.finditer(text))
    if spaced and len(_CLOSE_NUMBER.findall(text)) > len(spaced):
        spots += [_spot(match, "space", match["digits"] + match["unit"]) for match in spaced]
    return outermost(spots)
