"""argparse that speaks Chinese: usage, help, and errors of use in one line."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from core.i18n import _
from core.terminal import pad

# What argparse complains of, in its words and in the user's; the groups are carried over.
_COMPLAINTS = (
    (r"the following arguments are required: (.+)", _("缺少必须填写的参数：{0}")),
    (r"unrecognized arguments: (.+)", _("无法识别的参数：{0}")),
    (r"argument (.+?): expected .*arguments?", _("参数 {0} 后面缺少内容")),
    (r"argument (.+?): ignored explicit argument '?(.+?)'?", _("参数 {0} 后面不应有内容“{1}”")),
    (r"argument (.+?): invalid choice: '?(.+?)'? \(.*\)", _("没有{0}“{1}”")),
    (r"argument (.+?): invalid .*value: '?(.+?)'?", _("参数 {0} 不能是“{1}”")),
    (r"(.+)", _("参数不对：{0}")),
)


class _Usage(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("用法：") if prefix is None else prefix)


class VerbParser(argparse.ArgumentParser):
    """An argument parser in Chinese."""

    def __init__(self, **settings: Any) -> None:
        self._rows: list[tuple[str, str]] = []
        super().__init__(formatter_class=_Usage, add_help=False, allow_abbrev=False, **settings)
        self.add_argument("-h", "--help", action="help", help=_("显示用法"))

    def add_verbs(self) -> Callable[[str, str], "VerbParser"]:
        """Let verbs follow; returns what makes the parser of one, given its name and what it does."""
        verbs = self.add_subparsers(dest="verb", required=True, metavar=_("命令"), parser_class=VerbParser)

        def verb(name: str, what: str) -> VerbParser:
            self._rows.append((name, what))
            return verbs.add_parser(name, description=what)

        return verb

    def add_argument(self, *names: str, **details: Any) -> argparse.Action:
        """As argparse does; the help lists it too."""
        self._rows.append((", ".join(names) if names[0][0] == "-" else details["metavar"], details["help"]))
        return super().add_argument(*names, **details)

    def format_help(self) -> str:
        """Usage, what the verb does, and its arguments, aligned by the columns a terminal shows."""
        parts = [self.format_usage().rstrip(), self.description or ""]
        parts.append("\n".join(f"  {pad(name, 14)}{text}" for name, text in self._rows))
        return "\n\n".join([*parts, *([self.epilog] if self.epilog else [])]) + "\n"

    def error(self, message: str) -> NoReturn:
        """Say in one line on standard error what is wrong and where to see the usage."""
        matches = ((re.fullmatch(wording, message, re.DOTALL), text) for wording, text in _COMPLAINTS)
        problem = next(text.format(*match.groups()) for match, text in matches if match)
        print(_("{problem}。用法见：{program} -h").format(problem=problem, program=self.prog), file=sys.stderr)
        raise SystemExit(2)
