"""What `python -m server check` looks at: everything we stand on outside of this program, each by really using it.

Every check gives its findings as sentences for the operator; `server/checks/run.py` runs them side by side.
"""

from server.checks.finding import Finding
from server.checks.run import findings

__all__ = ["Finding", "findings"]
