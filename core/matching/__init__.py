"""月度对账: an export of the budget system (预算管理一体化) is held against the ledger, and the ledger is mended."""
