"""Book -> Document: the report and the working paper as typed values, whatever they are printed with."""
