"""Conditions of the environment or of the input that the user can act on."""


class UserError(Exception):
    """A full disk, a locked or foreign file, an amount that is no number: nothing a program can mend.

    ``str(error)`` is a finished Chinese message for the user: what happened and what to do. Whatever raises
    it leaves the data as they were. A bug is an ordinary exception; a doubtful figure is a finding of a rule.
    """


class NotWritable(UserError):  # noqa: N818 (it is a condition, as UserError)
    """The file is in use elsewhere or may not be written; it can still be opened for reading only."""
