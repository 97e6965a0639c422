"""Document -> file: one function a format; a writer sees ``core.report.model`` and nothing of the book."""
