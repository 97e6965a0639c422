"""The tables of a ledger file, as numbered migrations. sqlite-utils is imported only to run one."""

import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x59535A31  # "YSZ1"
SCHEMA_VERSION = 3  # equals the number of migrations; kept in PRAGMA user_version

COMMON: dict[str, Any] = {"id": int}
TABLES: dict[str, dict[str, Any]] = {
    "unit": {"code": str, "kind": str, "basis": str, "other_counts": int},
    "unit_year": {
        "year": int, "name": str, "short_name": str, "superior": str, "duties": str, "institutions": str,
        "head": str, "finance_head": str, "preparer": str, "phone": str,
        "objective_expected": str, "objective_actual": str,
    },
    "year": {
        "year": int, "state": str, "settling": int, "policy": str, "template": str, "seal": str, "note": str,
    },
    "staff": {"year": int, "type": str, "established": int, "actual": int, "retired": int},
    "project": {"parent": int, "origin_year": int},
    "project_year": {
        "year": int, "project": int, "position": int, "code": str, "name": str, "kind": str,
        "objective_expected": str, "objective_actual": str, "execution_reason": str, "overspent_note": str,
        "carry_policy": str, "public_special": int,
    },
    "budget_event": {
        "year": int, "project": int, "date": str, "kind": str, "amount": int, "fund": str,
        "functional_code": str, "economic_code": str, "level": str, "advance": int, "doc_no": str,
        "doc_title": str, "pair": int, "origin_year": int, "batch": int, "memo": str,
    },
    "payment": {
        "year": int, "project": int, "date": str, "amount": int, "fund": str, "event": int, "payee": str,
        "purpose": str, "voucher": str, "bank_no": str, "functional_code": str, "economic_code": str,
        "method": str, "reverses": int, "batch": int, "memo": str,
    },
    "stated": {
        "year": int, "about": int, "item": str, "amount": int, "printed_unit": str, "source_table": str,
        "source_column": str,
    },
    "section": {"year": int, "key": str, "about": int, "text": str},
    "waiver": {"year": int, "rule": str, "about": str, "facts": str, "reason": str, "date": str},
}  # fmt: skip

# Tables and columns that came with the second version: performance, basic data, commitments, answers,
# imports, reports handed in.
SECOND_TABLES: dict[str, dict[str, Any]] = {
    "commitment": {
        "year": int, "project": int, "date": str, "amount": int, "fund": str, "event": int, "state": str,
        "payment": int, "payee": str, "purpose": str, "memo": str,
    },
    "fact": {
        "year": int, "item": str, "last_actual": int, "budget": int, "actual": int, "note": str,
    },
    "indicator": {
        "year": int, "about": int, "version": str, "position": int, "level1": str, "level2": str, "name": str,
        "operator": str, "target": str, "unit": str, "weight": str, "actual": str, "actual_unit": str,
        "attained": str, "score": str, "reason": str, "evidence": str, "sample": int, "method": str,
        "inapplicable": int, "taken_over": int, "goal": int,
    },
    "monitor": {
        "year": int, "project": int, "month": int, "indicator": int, "progress": str, "expected": str,
        "forecast": int, "possibility": str, "causes": str, "reason": str, "measure": str, "memo": str,
    },
    "answer": {"year": int, "rule": str, "about": str, "answer": str, "note": str, "date": str},
    "batch": {
        "file": str, "sheet": str, "kind": str, "year": int, "digest": str, "time": str, "count": int, "amount": int,
        "last": int, "withdrawn": str,
    },
    "submission": {
        "year": int, "date": str, "recipient": str, "digest": str, "journal": int, "annexes": str, "month": int,
        "figures": str,
    },
}  # fmt: skip
SECOND_COLUMNS: dict[str, dict[str, Any]] = {
    "unit_year": {"thrift": "", "filled_on": "", "approved_on": "", "disclosed_on": ""},
    "year": {"locked_months": ""},
    "staff": {"note": ""},
    "project_year": {"attribute": "", "taken_over": 0},
}
# The third version: files kept with the ledger, up to which day a year was held against the payment system, and
# which texts were taken over from the year before.
THIRD_TABLES: dict[str, dict[str, Any]] = {
    "attachment": {
        "year": int, "about": str, "name": str, "digest": str, "size": int, "date": str, "note": str,
    },
}  # fmt: skip
THIRD_COLUMNS: dict[str, dict[str, Any]] = {"year": {"reconciled_to": ""}, "section": {"taken_over": 0}}
_MAY_BE_UNKNOWN = {"last_actual", "budget", "actual"}  # of a fact: unknown is not zero


def migrations() -> "Migrations":
    """The migrations of this program, oldest first."""
    from sqlite_utils import Migrations

    steps = Migrations("unit_budget_ledger")

    @steps(name="m001_tables")
    def m001_tables(db: "Database") -> None:
        for name, columns in TABLES.items():
            everything = COMMON | columns
            keys = [("project", "project", "id")] if "project" in columns else []
            db[name].create(  # type: ignore[union-attr]
                everything, pk="id", not_null=set(everything), foreign_keys=keys, strict=True
            )
        for name in ("budget_event", "payment"):
            db[name].create_index(["year", "project"])  # type: ignore[union-attr]
        db["meta"].create({"key": str, "value": str}, pk="key", not_null={"value"}, strict=True)  # type: ignore[union-attr]
        db["journal"].create(  # type: ignore[union-attr]
            {
                "id": int, "at": str, "who": str, "kind": str, "target": int, "label": str, "diffs": bytes,
                "chain": str,
            },
            pk="id",
            not_null={"at", "who", "kind", "label", "chain"},
            strict=True,
        )  # fmt: skip
        for action in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER journal_no_{action.lower()} BEFORE {action} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )

    @steps(name="m002_performance")
    def m002_performance(db: "Database") -> None:
        _grow(db, SECOND_TABLES, SECOND_COLUMNS)

    @steps(name="m003_attachments")
    def m003_attachments(db: "Database") -> None:
        _grow(db, THIRD_TABLES, THIRD_COLUMNS)
        # The bytes of attachments by their SHA-256: outside the book, which holds all else in memory.
        db["blob"].create({"digest": str, "data": bytes}, pk="digest", not_null={"data"}, strict=True)  # type: ignore[union-attr]

    return steps


def _grow(db: "Database", tables: dict[str, dict[str, Any]], added: dict[str, dict[str, Any]]) -> None:
    """Make tables of records, and add columns to those that are there."""
    for name, columns in tables.items():
        everything = COMMON | columns
        keys = [("project", "project", "id")] if "project" in columns else []
        known = set(everything) - _MAY_BE_UNKNOWN if name == "fact" else set(everything)
        db[name].create(everything, pk="id", not_null=known, foreign_keys=keys, strict=True)  # type: ignore[union-attr]
    for table, columns in added.items():
        for name, usual in columns.items():
            db[table].add_column(name, type(usual), not_null_default=usual)  # type: ignore[union-attr]


def migrate(connection: sqlite3.Connection, steps: "Migrations | None" = None) -> None:
    """Bring a file, or a new empty one, to the current schema."""
    from sqlite_utils import Database

    wanted = steps or migrations()
    database = Database(connection)
    wanted.apply(database)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(wanted.applied(database))}")
    connection.commit()
