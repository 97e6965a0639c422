"""The verb hand-over: the pack for the next officer, made or checked."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from core.cli_parser import VerbParser
from core.i18n import _


def add_verb(verbs: Callable[[str, str], VerbParser], ledger: Mapping[str, Any]) -> None:
    """The parser of the verb."""
    verb = verbs("hand-over", _("制作交接包：台账、最近备份、佐证材料、报表、交接清单和校验值"))
    verb.add_argument("file", **ledger)
    verb.add_argument("folder", metavar=_("文件夹"), type=Path, help=_("存放交接包的文件夹"))
    verb.add_argument("--year", metavar=_("年度"), type=int, help=_("只打印这个年度的报表，不写为尚未定稿的各年度"))
    for name, words in (("giver", _("移交人")), ("taker", _("接收人")), ("witness", _("监交人"))):
        verb.add_argument(f"--{name}", metavar=_("姓名"), default="", help=words)
    verb.add_argument("--json", action="store_true", help=_("以 JSON 输出"))


def hand_over(options: Namespace) -> int:
    """Make the pack and say what is in it; the exit code is 1 where errors are open."""
    from core.hand_over_pack import make_pack
    from core.report.hand_over_list import Parties

    parties = Parties(options.giver, options.taker, options.witness)
    pack = make_pack(options.file, options.folder, datetime.now(), parties, [options.year] if options.year else [])
    if options.json:
        found = {"folder": str(pack.folder), "errors": pack.errors, "open": pack.open, "problems": pack.problems}
        json.dump({**found, "files": [asdict(one) for one in pack.files]}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 1 if pack.errors else 0
    print(_("交接包：{folder}").format(folder=pack.folder))
    for one in pack.files:
        print(f"  {one.name}")
    for problem in pack.problems:
        print(problem, file=sys.stderr)
    print(_("未了事项{n}项，其中错误{errors}项。").format(n=pack.open, errors=pack.errors))
    return 1 if pack.errors else 0


def check(folder: Path, as_json: bool) -> int:
    """Say whether a pack is as it was handed over; the exit code is 1 where it is not."""
    from core.hand_over_pack import check_pack

    problems = check_pack(folder)
    if as_json:
        json.dump({"good": not problems, "problems": problems}, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(problems) or _("交接包完整，所有文件与交接时相同。"))
    return 1 if problems else 0
