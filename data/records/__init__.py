"""Records: everything that the store keeps beside monthly figures, one kind a file, all kinds in ``table.KINDS``.

A record is an entry, which a person types on a screen (a decision, a note), or a sheet record,
which comes as one row of a workbook (a movement, a facility). A new kind is a file here with one
``EntryKind`` or ``SheetKind``, its line in ``table.py`` and its SQL table in ``data/schema``.
"""
