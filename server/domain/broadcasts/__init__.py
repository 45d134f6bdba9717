"""One text to many patients, each in their own conversation, so that everybody can answer in private.

Members of a team write one (`writing`), see whom it reaches and who is left out (`checking`), and let it go (`going`);
a job takes its recipients in small bites (`carrying`), each through the same gate as whatever one person writes.
"""

from server.domain.broadcasts.carrying import KIND, carry
from server.domain.broadcasts.checking import check
from server.domain.broadcasts.going import approve, cancel, halt, pause, resume, retry, stop, submit
from server.domain.broadcasts.limits import set_alone, set_most
from server.domain.broadcasts.reporting import note_report
from server.domain.broadcasts.writing import Said, begin, change, list_patients, own, remove

__all__ = [
    "KIND",
    "Said",
    "approve",
    "begin",
    "cancel",
    "carry",
    "change",
    "check",
    "halt",
    "list_patients",
    "note_report",
    "own",
    "pause",
    "remove",
    "resume",
    "retry",
    "set_alone",
    "set_most",
    "stop",
    "submit",
]
