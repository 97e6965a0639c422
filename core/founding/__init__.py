"""从上年报告建账: a report's text read, shown as a plan, and made a new ledger."""
