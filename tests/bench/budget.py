"""Budget against actual for every project of a file, as text: a whole process for the benchmark."""

import sys
from pathlib import Path

from core.balance import project_balance
from core.ledger import Ledger
from core.money import show_yuan

if __name__ == "__main__":
    ledger = Ledger.open(Path(sys.argv[1]), readonly=True)
    for year in ledger.book.years():
        for row in ledger.book.projects(year.year):
            balance = project_balance(ledger.book, year.year, row.project)
            print(row.name, show_yuan(balance.budget), show_yuan(balance.spent), show_yuan(balance.unspent))
    ledger.close()
