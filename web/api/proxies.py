"""Who acts for a patient: added, changed and ended by staff."""

from uuid import UUID

from server import access
from server.domain import proxies, proxy_reviews
from server.queries import directory, views
from web.api import shapes
from web.api.registry import api

_WRONG = ("not_allowed", "no_name", "no_way_to_reach", "no_team", "wrong_dates", "not_a_phone", "not_an_email")


@api.post(
    "/patients/{patient}/proxies",
    answers={201: views.Patient},
    refuses=(*_WRONG, "not_a_date", "no_language", "hidden_characters", "proxies_full"),
)
async def add_proxy(staff: access.Staff, patient: UUID, body: shapes.NewProxy) -> views.Patient:
    """Let somebody act for the patient. `id` is the asker's name for them: asked again, nothing more happens."""
    changed = await proxies.add(patient, body.id, body.details, by=staff)
    return await directory.card(staff, changed)


@api.patch(
    "/patients/{patient}/proxies/{proxy}",
    answers={200: views.Patient},
    refuses=(*_WRONG, "not_a_date", "no_language", "hidden_characters", "proxy_ended"),
)
async def change_proxy(staff: access.Staff, patient: UUID, proxy: UUID, body: proxies.ProxyDetails) -> views.Patient:
    """Change what is known of somebody who acts for a patient, or what they may do."""
    return await directory.card(staff, await proxies.change(patient, proxy, body, by=staff))


@api.post("/patients/{patient}/proxies/{proxy}/end", answers={200: views.Patient}, refuses=("not_allowed", "no_reason"))
async def end_proxy(staff: access.Staff, patient: UUID, proxy: UUID, body: shapes.EndedProxy) -> views.Patient:
    """They act for the patient no longer: their links, sessions and sockets end at once."""
    return await directory.card(staff, await proxies.end(patient, proxy, body.why, by=staff))


@api.post(
    "/patients/{patient}/proxies/{proxy}/keep", answers={200: views.Patient}, refuses=("not_allowed", "proxy_ended")
)
async def keep_proxy(staff: access.Staff, patient: UUID, proxy: UUID, body: shapes.Nothing) -> views.Patient:
    """Somebody looked at their access, and it goes on."""
    return await directory.card(staff, await proxies.review(patient, proxy, by=staff))


@api.post(
    "/patients/{patient}/proxies/{proxy}/restore", answers={200: views.Patient}, refuses=("not_allowed", "proxy_ended")
)
async def restore_proxy(staff: access.Staff, patient: UUID, proxy: UUID, body: shapes.Nothing) -> views.Patient:
    """Use their phone and mailbox again: somebody made sure that they are theirs."""
    return await directory.card(staff, await proxies.restore(patient, proxy, by=staff))


@api.post("/organization/review-age", answers={200: shapes.ReviewAge}, refuses=("not_allowed", "wrong_age"))
async def set_review_age(staff: access.Staff, body: shapes.ReviewAge) -> shapes.ReviewAge:
    """An admin says at which age of a patient the clinic looks again at who acts for them."""
    return shapes.ReviewAge(await proxy_reviews.set_age(body.years, by=staff))
