"""The pages of the program, and which of them shows what a finding is about."""

from typing import NamedTuple

from core.i18n import _


class Place(NamedTuple):
    """A page of the navigation; it is imported and made when it is first shown."""

    name: str
    title: str
    icon: str
    kind: str  # class in ui.pages.NAME
    has_dock: bool  # whether the warnings stand beside it
    needs_file: bool = True  # False: it can be shown while no file is open


PLACES = (
    Place("overview", _("总览"), "home", "OverviewPage", False),
    Place("projects", _("项目预算"), "table", "ProjectsPage", True),
    Place("entries", _("收支台账"), "book", "EntriesPage", True),
    Place("goals", _("绩效指标"), "target", "GoalsPage", True),
    Place("basic_data", _("基础数据"), "form", "BasicDataPage", False),
    Place("report", _("年终报告"), "document", "ReportPage", False),
    Place("findings", _("核对"), "shield", "FindingsPage", False),
    Place("closing", _("年度锁定与定稿"), "lock", "ClosingPage", False),
    Place("compare", _("多年对比"), "chart", "ComparePage", False),
    Place("matching", _("月度对账"), "calendar_check", "MatchingPage", False),
    Place("checking", _("报告文字核查"), "document_search", "CheckingPage", False, needs_file=False),
    Place("exchange", _("导入导出"), "swap", "ExchangePage", False),
    Place("backups", _("备份与恢复"), "archive", "BackupsPage", False),
    Place("many", _("多单位汇总"), "buildings", "ManyPage", False, needs_file=False),
    Place("unit", _("单位信息"), "building", "UnitPage", True),
    Place("journal", _("操作日志"), "history", "JournalPage", False),
    Place("settings", _("设置"), "settings", "SettingsPage", False, needs_file=False),
)
BY_NAME = {place.name: place for place in PLACES}

# Pages that stand together in the navigation; a thin line between the groups.
GROUPS = (
    ("overview",),
    ("projects", "entries", "goals", "basic_data", "report"),
    ("findings", "closing", "compare", "matching", "checking"),
    ("exchange", "backups", "many"),
    ("unit", "journal", "settings"),
)


def group_of(name: str) -> int:
    """Which group a page stands in, from 0."""
    return next(number for number, names in enumerate(GROUPS) if name in names)


# Which page shows what a finding or a search hit is about.
SHOWN_ON = {
    "project": "projects",
    "event": "projects",
    "payment": "projects",
    "commitment": "projects",
    "stated": "projects",
    "indicator": "goals",
    "evaluation": "goals",
    "monitor": "goals",
    "section": "report",
    "unit": "unit",
    "staff": "unit",
    "year": "unit",
    "closing": "closing",
    "fact": "basic_data",
    "cover": "basic_data",
}


def page_for(kind: str, current: str) -> str:
    """The page that shows something: an entry is shown in the list of all entries to whoever works there, else with
    its project."""
    if kind in ("event", "payment", "commitment") and current == "entries":
        return current
    return SHOWN_ON.get(kind, "findings")
