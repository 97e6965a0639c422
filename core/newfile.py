"""A new ledger file, as the first start and the command line make it."""

from pathlib import Path

from core import commands
from core.errors import UserError
from core.i18n import _
from core.ledger import Ledger
from core.outline import default_template_text
from core.policy import BASIC, default_policy_text, parse_policy


def new_ledger(path: Path, name: str, year: int, policy: str = "", **names: object) -> Ledger:
    """Make a file for a unit, open a fiscal year in it and the projects of 基本支出 (人员经费, 公用经费),
    which every unit's budget has. ``policy`` is TOML text, the national one if empty; ``names`` are further fields
    of UnitYear.

    Raises ``UserError`` without a name, or where the file exists or cannot be written; then none is left.
    """
    if not name.strip():
        raise UserError(_("请填写单位全称。"))
    if not path.parent.is_dir():
        raise UserError(_("文件夹“{folder}”不存在，请先建立文件夹。").format(folder=path.parent))
    policy = policy or default_policy_text()
    basic = [kind for kind, group in parse_policy(policy).kinds.items() if group in BASIC]
    ledger = Ledger.create(path)
    try:
        ledger.commit(commands.found_unit(ledger.book))
        ledger.commit(
            commands.open_year(ledger.book, year, policy, default_template_text(), name=name.strip(), **names)
        )
        for kind in basic:
            ledger.commit(commands.add_project(ledger.book, year, kind, kind))
    except BaseException:
        ledger.close()
        path.unlink(missing_ok=True)
        raise
    return ledger
