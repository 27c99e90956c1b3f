"""What every report has: the scope, the page's head, tables of at most ten rows, and what its numbers rest on."""
