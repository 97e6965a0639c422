"""After printing and saving: the report is recorded as handed in; a save stops within a document."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from core.jobs import Cancelled, Progress
from core.report.as_submitted import is_as_submitted, submissions
from core.report.choice import USUAL_CHOICE
from core.sample import SHOWN_YEAR, sample_book
from ui.dialogs.print_dialog import WORKING, PrintDialog
from ui.paper import print_submission, write_documents
from ui.tasks import paper_lane


@pytest.fixture(scope="module")
def paper():
    return print_submission(sample_book(), SHOWN_YEAR, USUAL_CHOICE, Progress())


@pytest.fixture
def dialog(qtbot, sample_desk):
    dialog = PrintDialog(sample_desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    yield dialog
    dialog.hide()
    paper_lane.finish()


def test_after_saving_it_offers_to_record_the_report(dialog, qtbot, tmp_path):
    desk = dialog.desk
    assert dialog.submit_link.isHidden()
    dialog.save([tmp_path / "自评.pdf"])
    qtbot.waitUntil(lambda: not dialog.is_busy)
    dialog.submit_link.click()
    assert not dialog.submit_line.isHidden() and dialog.submit_link.isHidden()
    dialog.submit_line.yes.click()
    assert "报送对象" in dialog.submit_line.fault
    dialog.submit_line.to.setText("区财政局")
    qtbot.keyClick(dialog.submit_line.to, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter does not close the dialog"
    [kept] = submissions(desk.book, desk.year)
    assert is_as_submitted(kept, dialog.papers[0].document)
    assert dialog.note.text() == "已登记报送：区财政局。" and dialog.submit_line.isHidden()


def test_the_working_paper_is_not_handed_in(dialog, qtbot, tmp_path):
    dialog.kind.set_value(WORKING)
    dialog.kind.picked.emit(WORKING)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    dialog.save([tmp_path / "底稿.pdf"])
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "已保存" in dialog.note.text() and dialog.submit_link.isHidden()


def test_a_save_is_stopped_within_a_document(qapp, qtbot, paper, tmp_path):
    """The work itself, asked to stop when a part of the one document is done."""
    for suffix in ("pdf", "docx", "xlsx", "html"):
        told = []
        progress = Progress(lambda done, total, told=told: told.append(done / total))
        tell = progress._tell

        def stop_at_half(done, total, progress=progress, tell=tell):
            tell(done, total)
            if done / total > 0.5:
                progress.cancel()

        progress._tell = stop_at_half
        with pytest.raises(Cancelled):
            write_documents([(paper.document, tmp_path / f"自评.{suffix}")], datetime(2024, 4, 30), progress)
        assert 0.5 < told[-1] < 1, suffix
    assert list(tmp_path.iterdir()) == []
