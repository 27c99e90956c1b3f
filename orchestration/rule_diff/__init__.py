"""What a changed rulebook would have done to past periods, computed in a copy of the build warehouse.

`base` finds the publication and copies its warehouse, `changes` compares the rules as people read them, `build` puts
the other rules into the copy and builds what reads them, `compare` holds the marts against the published ones, `ranking`
says who gains and who loses, `page` makes a document of it. Nothing that is published is opened for writing.
"""

from orchestration.rule_diff.diff import Diff, Question, diff

__all__ = ["Diff", "Question", "diff"]
