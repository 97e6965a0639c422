"""Whose report a text is: the unit that its title, its cover or its first sentences name."""

from __future__ import annotations

import re
from typing import Final

_LOOKED_AT: Final = 3000  # characters from the beginning
_KIND: Final = (
    r"(?:委员会|办公室|联合会|管理处|服务中心|管理中心|事务中心|中心|街道办事处|办事处|人民政府|人民法院|人民检察院|政府"
    r"|中学|小学|学校|幼儿园|学院|大学|医院|卫生院|图书馆|文化馆|博物馆|研究院|研究所|支队|大队|总队|管理局|局|厅|委|办|院|馆|站|所|处|队|部|会|社)"
)
_COVER: Final = re.compile(
    r"(?:预算单位|填报单位|评价单位|自评单位|项目单位|部门|单位)(?:名称)?(?:（[^（）\n]{1,10}）)?[：:|\s]+"
    rf"(?P<name>[一-鿿（）()]{{2,30}}?{_KIND})(?=[\s|（(，。]|$)",
    re.M,
)
_TITLE: Final = re.compile(
    rf"^\s*(?:关于)?(?P<name>[一-鿿（）()]{{2,30}}?{_KIND})(?:机关|本级|关于)?\s*(?:20\d\d|二[〇○零]..)\s*年", re.M
)
_BODY: Final = re.compile(
    rf"(?:^|[。；，：\s])(?P<name>[一-鿿]{{2,24}}?{_KIND})(?:（[^（）\n]{{2,20}}）)?"
    r"(?:属于|是|为|系|内设|下设|主要职责|主要职能|现有|共有|隶属|成立于|2\d{3}年)",
    re.M,
)
_NOT_A_NAME: Final = re.compile(
    r"^(?:本|我|该|全|各|其|上级|主管|财政|预算|根据|按照|为|一是|二是|三是|内设|下设|单位|部门|共|所属|其中|年末|现)"
)


def report_unit(text: str) -> str:
    """The name of the unit that a report is of; empty where the text does not say it."""
    head = text[:_LOOKED_AT]
    for pattern in (_COVER, _TITLE, _BODY):
        for match in pattern.finditer(head):
            name = match["name"].strip()
            if len(name) >= 3 and not _NOT_A_NAME.match(name):
                return name
    return ""
