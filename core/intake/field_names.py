"""What the fields are called that a column of a sheet may become, by the kind of sheet."""

from collections.abc import Mapping
from functools import lru_cache

from core.batches import EVENTS, INDICATORS, PAYMENTS, PROJECTS, QUOTAS, STATED
from core.figures import ITEM_LABELS
from core.i18n import _
from core.intake.aliases import ITEM, fields_of
from core.intake.header import EVENT_COLUMNS
from core.model import EVENT_LABELS

_SHARED: Mapping[str, str] = {
    "date": _("日期"),
    "amount": _("金额"),
    "project": _("项目名称"),
    "project_code": _("项目代码"),
    "subproject": _("子项目"),
    "unit_name": _("单位名称"),
    "unit_code": _("单位代码"),
    "functional": _("功能分类科目"),
    "economic": _("部门经济科目"),
    "fund": _("资金性质"),
    "year": _("年度"),
    "origin_year": _("资金所属年度"),
    "memo": _("备注"),
}
_OWN: Mapping[str, Mapping[str, str]] = {
    PAYMENTS: {
        "voucher": _("凭证号"),
        "bank_no": _("银行流水号"),
        "payee": _("收款人"),
        "purpose": _("用途"),
        "document": _("指标文号"),
        "method": _("支付方式"),
        "status": _("支付状态"),
        "original": _("原凭证号（红字）"),
    },
    EVENTS: {
        "kind": _("变动类型"),
        "document": _("文号"),
        "title": _("文件标题"),
        "level": _("预算级次"),
        **{kind: EVENT_LABELS[kind] for kind in EVENT_COLUMNS},
    },
    PROJECTS: {
        "parent": _("上级项目"),
        "kind": _("项目类别"),
        "attribute": _("项目属性"),
        "objective": _("年度绩效目标"),
        "initial": _("年初预算"),
        "origin_year": _("起始年度"),
    },
    INDICATORS: {
        "level1": _("一级指标"),
        "level2": _("二级指标"),
        "name": _("三级指标"),
        "operator": _("计算符号"),
        "target": _("指标值"),
        "unit": _("度量单位"),
        "weight": _("分值"),
        "actual": _("实际完成值"),
        "score": _("得分"),
        "reason": _("偏差原因及改进措施"),
        "evidence": _("佐证材料"),
        "method": _("评分方法"),
        "sample": _("样本量"),
    },
    STATED: {
        "item": _("填报项"),
        "source_table": _("来源表"),
        "source_column": _("来源栏次"),
        "printed_unit": _("填报单位（元、万元）"),
    },
    QUOTAS: {
        "document": _("指标文号"),
        "budget": _("指标金额"),
        "spent": _("已支付"),
        "left": _("指标余额"),
    },
}


@lru_cache(maxsize=8)
def field_names(kind: str) -> Mapping[str, str]:
    """Field -> what it is called, for every field a sheet of this kind may have, in the order they are offered."""
    return {field: _name(kind, field) for field in fields_of(kind)}


def _name(kind: str, field: str) -> str:
    if field.startswith(ITEM):
        item = field.removeprefix(ITEM)
        return ITEM_LABELS.get(item, item)
    return _OWN[kind].get(field) or _SHARED[field]
