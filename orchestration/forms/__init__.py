"""Forms: workbooks that people fill in, made from definitions (`definitions/*.yml`) and loaded without a mapping.

`definition` reads what a form asks; `make` writes the workbooks; `marks` recognises them in landing/; `source` derives
how they load; `status` and `remind` say who still owes what.
"""
