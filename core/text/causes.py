"""What a report says of how the budget was carried out: slow, or well (C-086)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from core.text.spots import Spot

_SLOW: Final = re.compile(
    r"(?:预算)?(?:执行|支出|支付)(?:的)?进度(?:相对|还|仍|总体|有所|略|较为|比较|不够)*(?:较|偏|过|比较)?(?:缓慢|滞后|慢|落后)"
    r"|(?:预算)?执行率(?:相对|还|仍|总体|有所|略|较为|比较)*(?:较|偏|过|不)(?:低|高)(?<!较高)(?<!偏高)(?<!过高)"
    r"|(?:预算)?执行(?:较|偏|过于?)?(?:缓慢|滞后|偏慢)"
)
_FINE: Final = re.compile(
    r"细微(?:的)?(?:偏差|差距)"
    r"|(?:预算|资金|经费)(?:整体|总体)?执行(?:情况|进度)?(?:总体|整体|均|都|非常|较为|十分)?(?:良好|到位|优秀|理想)"
    r"|(?:预算)?执行率(?:均|都|总体|整体)?(?:较高|很高|高)"
    r"|(?:所有|各|全部)项目(?:资金)?(?:均|都|全部|已)+(?:执行完毕|支付完毕|按计划执行|按计划支付|执行到位)"
    r"|预算(?:已)?(?:全部|全面|全额)(?:执行|完成)(?:完毕)?"
)
# Said of what is to be avoided, or denied, not of what was.
_NOT_SO: Final = re.compile(
    r"(?:(?<!不可)避免|防止|杜绝|防范|克服|解决|改变|没有|未|不存在|无|确保|保证|力争|推动|促进|实现|做到|以|提升|上年|去年|往年)"
    r"[^，。；\n]{0,10}$"
)


@lru_cache(maxsize=128)
def slow_claims(text: str) -> tuple[Spot, ...]:
    """Places that say that money was spent slowly: 执行进度缓慢, 执行率偏低."""
    return _claims(text, _SLOW, "slow")


@lru_cache(maxsize=128)
def fine_claims(text: str) -> tuple[Spot, ...]:
    """Places that say that the budget was carried out well: 细微偏差, 预算执行情况良好."""
    return _claims(text, _FINE, "fine")


def _claims(text: str, pattern: re.Pattern[str], kind: str) -> tuple[Spot, ...]:
    return tuple(
        Spot(match.start(), match.end(), match[0], kind)
        for match in pattern.finditer(text)
        if not _NOT_SO.search(text[max(0, match.start() - 16) : match.start()])
    )
