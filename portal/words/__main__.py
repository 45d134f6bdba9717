"""`python -m portal.words`: fails with what is missing; the build of the pages asks it first."""

import sys

from portal.words import complete

if found := complete.faults():
    sys.exit("Sentences of the patient's pages are missing:\n" + "\n".join(found))
