"""The one gate that everything outgoing crosses: typed, for later, by itself, asked for by the patient.

`admit` is asked when a delivery is arranged: it lets it go, holds it until a time, or refuses with what to do instead.
`must_still_go` is asked again at the last moment before it is written. Both answers are kept (`models.Decision`).
"""

from server.domain.gate.asking import Admitted, Asked, Path, admit
from server.domain.gate.last_moment import must_still_go

__all__ = ["Admitted", "Asked", "Path", "admit", "must_still_go"]
