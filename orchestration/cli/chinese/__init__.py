"""Chinese for every sentence of the command line, by its English; `{}` stands for what an error fills in."""

from orchestration.cli.chinese.chapters import CHAPTERS
from orchestration.cli.chinese.closing import CLOSING
from orchestration.cli.chinese.errors import ERRORS
from orchestration.cli.chinese.forms import FORMS
from orchestration.cli.chinese.help import HELP
from orchestration.cli.chinese.inspect import INSPECT
from orchestration.cli.chinese.organisation import ORGANISATION
from orchestration.cli.chinese.process import PROCESS
from orchestration.cli.chinese.quirks import QUIRKS
from orchestration.cli.chinese.rule_diff import RULE_DIFF
from orchestration.cli.chinese.rulebook import RULEBOOK
from orchestration.cli.chinese.rulebook_check import RULEBOOK_CHECK
from orchestration.cli.chinese.servers import SERVERS
from orchestration.cli.chinese.spoken import SPOKEN
from orchestration.cli.chinese.target_season import TARGET_SEASON

CHINESE: dict[str, str] = {
    **CLOSING,
    **HELP,
    **SPOKEN,
    **ERRORS,
    **INSPECT,
    **QUIRKS,
    **FORMS,
    **SERVERS,
    **RULEBOOK,
    **CHAPTERS,
    **RULE_DIFF,
    **RULEBOOK_CHECK,
    **ORGANISATION,
    **PROCESS,
    **TARGET_SEASON,
}
