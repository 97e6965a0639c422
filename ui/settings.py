"""What the program remembers between two starts, in one ini file of the user: nothing of it is in a ledger."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

RECENT = 8  # files in the menu


class Settings:
    """The last files, the unit of amounts and the places of the window."""

    def __init__(self, folder: Path | None = None) -> None:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
        self.folder = folder or Path(home)
        self._held = QSettings(str(self.folder / "settings.ini"), QSettings.Format.IniFormat)

    @property
    def recent(self) -> list[Path]:
        """The files opened last, newest first."""
        held = self._held.value("files/recent", [])
        names = [held] if isinstance(held, str) else held or []
        return [self.folder / name for name in names if name]

    @property
    def last_file(self) -> Path | None:
        """The file to open at the start: the newest, if it is still there."""
        return next((path for path in self.recent[:1] if path.is_file()), None)

    def remember(self, path: Path) -> None:
        """Put a file first in the list."""
        path = path.absolute()
        self._keep_recent([path, *(p for p in self.recent if p != path)][:RECENT])

    def forget(self, path: Path) -> None:
        """Take a file off the list."""
        self._keep_recent([p for p in self.recent if p != path])

    def _keep_recent(self, paths: list[Path]) -> None:
        """Files beside the settings, as on a stick, are kept by their way from there: a stick changes its place."""
        home = self.folder.absolute()
        names = [str(p.relative_to(home)) if p.is_relative_to(home) else str(p) for p in paths]
        self._held.setValue("files/recent", names)

    @property
    def money_unit(self) -> str:
        """万元 or 元."""
        return str(self._held.value("show/unit", "万元"))

    @money_unit.setter
    def money_unit(self, unit: str) -> None:
        self._held.setValue("show/unit", unit)

    @property
    def operator(self) -> str:
        """Who works here, as the journal records it; empty: the account of the computer."""
        return str(self._held.value("work/operator", ""))

    @operator.setter
    def operator(self, name: str) -> None:
        self._held.setValue("work/operator", name)
        self.operator_asked = True

    @property
    def operator_asked(self) -> bool:
        """Whether the officer was asked for the name already."""
        return self._is_true("work/operator_asked", False)

    @operator_asked.setter
    def operator_asked(self, is_asked: bool) -> None:
        self._held.setValue("work/operator_asked", "true" if is_asked else "false")

    @property
    def scheme(self) -> str:
        """light, dark, or system: as the computer has it."""
        held = str(self._held.value("look/scheme", ""))
        return held if held in ("light", "dark") else "system"

    @scheme.setter
    def scheme(self, scheme: str) -> None:
        self._held.setValue("look/scheme", scheme)

    @property
    def font_size(self) -> int:
        """The font size in pixels; 0: the standard one."""
        held = str(self._held.value("look/font_size", ""))
        return int(held) if held.isdigit() and 8 <= int(held) <= 30 else 0

    @font_size.setter
    def font_size(self, pixels: int) -> None:
        self._held.setValue("look/font_size", pixels)

    def forget_layout(self) -> None:
        """Columns, the place of the window and what is folded are as at the first start."""
        for key in ("grids", "window", "show/dock"):
            self._held.remove(key)

    def _is_true(self, key: str, otherwise: bool) -> bool:
        return str(self._held.value(key, "true" if otherwise else "false")) == "true"

    @property
    def dock_open(self) -> bool:
        """Whether the warnings beside the page are unfolded."""
        return self._is_true("show/dock", True)

    @dock_open.setter
    def dock_open(self, is_open: bool) -> None:
        self._held.setValue("show/dock", "true" if is_open else "false")

    @property
    def report_folder(self) -> Path | None:
        """Where reports were saved last; None: nowhere yet, or the folder is gone."""
        held = str(self._held.value("files/reports", ""))
        return Path(held) if held and Path(held).is_dir() else None

    @report_folder.setter
    def report_folder(self, folder: Path) -> None:
        self._held.setValue("files/reports", str(folder))

    @property
    def many_folder(self) -> Path | None:
        """The folder of ledgers looked at last (多单位汇总); None: none yet, or it is gone."""
        held = str(self._held.value("files/many", ""))
        return Path(held) if held and Path(held).is_dir() else None

    @many_folder.setter
    def many_folder(self, folder: Path) -> None:
        self._held.setValue("files/many", str(folder))

    @property
    def second_backup_folder(self) -> Path | None:
        """Where every backup is kept a second time, such as a USB stick; None: nowhere. It may be gone just now."""
        held = str(self._held.value("backups/second", ""))
        return Path(held) if held else None

    @second_backup_folder.setter
    def second_backup_folder(self, folder: Path | None) -> None:
        self._held.setValue("backups/second", str(folder or ""))

    @property
    def layouts(self) -> dict[str, str]:
        """How the columns of each grid are arranged."""
        self._held.beginGroup("grids")
        found = {name: str(self._held.value(name, "")) for name in self._held.childKeys()}
        self._held.endGroup()
        return found

    def keep_layout(self, grid: str, layout: str) -> None:
        """Remember how the columns of a grid are arranged."""
        self._held.setValue(f"grids/{grid}", layout)

    @property
    def import_layouts(self) -> str:
        """What columns of imported sheets mean, see core.intake.layouts."""
        return str(self._held.value("import/layouts", ""))

    def keep_import_layouts(self, layouts: str) -> None:
        """Remember what columns of imported sheets mean."""
        self._held.setValue("import/layouts", layouts)

    @property
    def tour_step(self) -> int:
        """The step of the tour that was left; 0: its beginning."""
        held = str(self._held.value("tour/step", ""))
        return int(held) if held.isdigit() else 0

    @tour_step.setter
    def tour_step(self, step: int) -> None:
        self._held.setValue("tour/step", step)

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty at the first start."""
        held = self._held.value("window/geometry", QByteArray())
        return held if isinstance(held, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, place: QByteArray) -> None:
        self._held.setValue("window/geometry", place)
