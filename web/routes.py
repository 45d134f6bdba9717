"""The staff's door: every address of it."""

from starlette.routing import BaseRoute

from server.doors import routes as door
from server.doors.areas import Area
from web import csp_reports, forgetting, forms, health, joining, pages, plain_files, single, webhooks
from web import notices as notices_worker
from web.api import (
    account,
    alarms,
    alerts,
    audit,
    board,
    broadcasts,
    conversations,
    directory,
    drafts,
    evidence,
    exports,
    files,
    glass,
    groups,
    handset,
    holds,
    hooks,
    hours,
    imports,
    inbox,
    incidents,
    keeping,
    keys,
    letters,
    mentions,
    merges,
    messages,
    notes,
    notices,
    numbers,
    our_numbers,
    passkeys,
    patient_contacts,
    patients,
    people,
    plans,
    proxies,
    replies,
    reports,
    saved_views,
    search,
    sensitive,
    sessions,
    several,
    sign_on,
    stops,
    strays,
    tags,
    tasks,
    unusual,
    work,
)
from web.api.registry import api
from web.fhir import door as fhir
from web.operator import routes as operator
from web.programs import records
from web.programs.registry import api as programs

HANDLERS = (
    account,
    alarms,
    alerts,
    audit,
    board,
    broadcasts,
    conversations,
    directory,
    drafts,
    evidence,
    exports,
    files,
    glass,
    groups,
    handset,
    holds,
    hooks,
    hours,
    imports,
    inbox,
    incidents,
    keeping,
    keys,
    letters,
    mentions,
    merges,
    messages,
    notes,
    notices,
    numbers,
    our_numbers,
    passkeys,
    patient_contacts,
    patients,
    people,
    proxies,
    replies,
    reports,
    plans,
    saved_views,
    search,
    sensitive,
    sessions,
    sign_on,
    several,
    stops,
    strays,
    tags,
    tasks,
    unusual,
    work,
    records,
)
"""Importing them enters their handlers in their registry."""

AREAS = (
    Area("/", refused=pages.refused, has_slots=True),
    Area("/api", has_slots=True),
    Area("/api/programs", is_ours_alone=False),
    operator.AREA,
    Area(fhir.HOME, refused=fhir.refused, is_ours_alone=False),
    Area("/webhooks", is_ours_alone=False),
    Area("/static"),
    Area("/notices"),
    Area("/.well-known"),
    Area("/healthz"),
    Area("/readyz"),
    Area("/version"),
    Area(csp_reports.ADDRESS, is_ours_alone=False),
)


def routes() -> list[BaseRoute]:
    """All of them, for Starlette."""
    return [
        *_machines(),
        *_carrier(),
        *programs.routes(),
        *fhir.routes(),
        *api.routes(),
        *operator.routes(),
        *_people(),
    ]


def _people() -> list[BaseRoute]:
    return [
        door.at("/", get=forms.home),
        door.at("/sign-in", get=forms.ask_password, post=forms.check_password),
        door.at("/sign-in/code", get=forms.ask_code, post=forms.check_code),
        door.at("/sign-in/forgot", get=forgetting.ask, post=forgetting.take),
        door.at("/sign-in/single", get=single.ask, post=single.go),
        door.at("/sign-in/single/{clinic}", get=single.come_back),
        door.at("/reset/{secret}", get=forgetting.show, post=forgetting.finish),
        door.at("/sign-out", post=forms.sign_out),
        door.at("/inbox", get=forms.screens),
        door.at("/inbox/{team}", get=forms.screens),
        door.at("/inbox/{team}/{conversation}", get=forms.screens),
        door.at("/import", get=forms.screens),
        door.at("/directory", get=forms.screens),
        door.at("/directory/{patient}", get=forms.screens),
        door.at("/broadcasts", get=forms.screens),
        door.at("/plan", get=forms.screens),
        door.at("/numbers", get=forms.screens),
        door.at("/audit", get=forms.screens),
        door.at("/board", get=forms.screens),
        door.at("/reports", get=forms.screens),
        door.at("/people", get=forms.screens),
        door.at("/api-keys", get=forms.screens),
        door.at("/join/{secret}", get=joining.show, post=joining.go_on),
        door.at("/static/plain/{name}", get=plain_files.serve),
    ]


def _carrier() -> list[BaseRoute]:
    return [
        door.at("/webhooks/vonage/inbound", post=webhooks.text_came_in),
        door.at("/webhooks/vonage/status", post=webhooks.text_came_further),
    ]


def _machines() -> list[BaseRoute]:
    return [
        door.at("/healthz", get=health.is_alive),
        door.at("/readyz", get=health.is_ready),
        door.at("/version", get=health.version),
        door.at("/.well-known/security.txt", get=health.security_txt),
        door.at("/robots.txt", get=health.robots),
        door.at(notices_worker.ADDRESS, get=notices_worker.serve),
        door.at(csp_reports.ADDRESS, post=csp_reports.count),
    ]
