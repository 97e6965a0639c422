"""What of a report is printed: the annexes (附件) there are, and the choice among them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.i18n import _
from core.monitoring import USUAL_MONTH

# Every annex by its key, in the order of print, with its title in the list of annexes.
ANNEX_LABELS: Mapping[str, str] = {
    "basic_data": _("部门整体支出绩效评价基础数据表"),
    "unit": _("部门整体支出绩效自评表"),
    "projects": _("项目支出绩效自评表"),
    "execution": _("项目支出执行情况表"),
    "scores": _("部门整体支出绩效评价指标表"),
    "goals": _("项目支出绩效目标表"),
    "monitoring": _("项目支出绩效目标执行监控表"),
    "changes": _("按文件列示的预算调整表"),
    "payments": _("支出明细表"),
    "three_public": _("“三公”经费支出表"),
    "bridge": _("口径桥接表"),
    "charts": _("预算执行情况图"),
    "attachments": _("佐证材料清单"),
}
USUAL = ("basic_data", "unit", "projects", "execution")


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a submission is printed: annexes by key, ``month`` of the check-up (1 to 12), whether there is a
    contents page, and whether page numbers stand in the middle instead of outside."""

    annexes: tuple[str, ...] = USUAL
    month: int = USUAL_MONTH
    contents: bool = True
    centred: bool = False

    def with_annex(self, key: str, wanted: bool) -> "Choice":
        """The same with an annex or without it; annexes keep their order of print."""
        kept = {*self.annexes, key} if wanted else {*self.annexes} - {key}
        return replace(self, annexes=tuple(one for one in ANNEX_LABELS if one in kept))


USUAL_CHOICE = Choice()
