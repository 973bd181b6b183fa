from PySide6.QtPrintSupport import QPrinter

from tracker.ui.exam.printing import paper


def test_the_paper_has_a_heading_and_keeps_every_line(qapp):
    document = paper("Exam of Wang <Lei>\nNLI T10\n  right T10: 2 < 3")
    assert document.toPlainText().replace("\xa0", " ").splitlines() == [
        "Exam of Wang <Lei>",
        "NLI T10",
        "  right T10: 2 < 3",
    ]


def test_it_prints_as_a_pdf(qapp, tmp_path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "exam.pdf"))
    paper("Exam\nNLI T10").print_(printer)
    assert (tmp_path / "exam.pdf").read_bytes().startswith(b"%PDF")
