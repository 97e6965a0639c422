"""A document as plain text, one line a block: figures in 〔 〕 with their reference, words with their offsets."""

from core.report.model import (
    About,
    Chart,
    Contents,
    Cover,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SignatureBlock,
    Table,
)


def dump(document: Document) -> str:
    lines = [f"{document.kind}: {document.title} ({document.meta})"]
    for block in document.blocks:
        match block:
            case Cover():
                lines.append("cover " + " / ".join(block.title))
                lines += [f"    {field.label}：{field.value}" for field in block.fields]
            case Contents():
                lines.append(f"contents {block.title}")
                lines += [f"    {one.level} {one.text}" for one in document.listed()]
            case Chart():
                lines.append(f"chart {block.title}")
                lines += [f"    {label} {[s.values[n] for s in block.series]}" for n, label in enumerate(block.labels)]
            case Heading():
                mark = f"*{block.bookmark}* " if block.bookmark else ""
                lines.append(f"h{block.level} {mark}{place(block.anchor)}{words(block.runs)}")
            case Paragraph():
                mark = f"*{block.bookmark}* " if block.bookmark else ""
                lines.append(f"{block.style} {place(block.anchor)}{mark}{words(block.runs)}")
            case PageBreak():
                lines.append("page, landscape" if block.landscape else "page")
            case SignatureBlock():
                lines.append("sign " + "; ".join(f"{f.label}：{f.value}" for f in block.lines) + " " + block.seal)
            case Table():
                lines.append(f"table {block.caption} {block.left_note} {block.right_note}")
                lines += [row(one) for one in (*block.head, *block.rows)]
    return "\n".join(lines) + "\n"


def row(one: Row) -> str:
    cells = (f"{cell.role[0]} {words(cell.runs)}".replace("\n", " ⏎ ") for cell in one.cells)
    return "    | " + " | ".join(cells) + f" |{place(one.anchor)}"


def place(anchor: About | None) -> str:
    return f"<{anchor.kind} {anchor.id} {anchor.field}> " if anchor else ""


def words(runs: tuple[Run, ...]) -> str:
    return "".join(
        (f"〔{run.text} {run.ref.year}.{run.ref.about}.{run.ref.item}〕" if run.ref else run.text)
        + (f"@{run.start}" if run.start > 0 else "")
        for run in runs
    )
