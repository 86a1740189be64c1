"""What each group of staff may do: the one table behind groups, admin and the access tests."""

from members.choices import Role


def _see(*models: str) -> list[str]:
    return [f"{model.split('.')[0]}.view_{model.split('.')[1]}" for model in models]


def _work(*models: str) -> list[str]:
    return _see(*models) + [
        f"{model.split('.')[0]}.change_{model.split('.')[1]}" for model in models
    ]


def _keep(*models: str) -> list[str]:
    """See, change and add; nothing is deleted by hand."""
    return _work(*models) + [f"{model.split('.')[0]}.add_{model.split('.')[1]}" for model in models]


_IMPORT = ["members.view_importbatch", "members.import_members"]
_CLAIMS = ["members.view_claimcode", "members.issue_claim_code"]

_EVENTS = [
    *_keep("events.event", "events.eventday", "events.booth"),
    *_keep("events.edition", "events.quota", "events.signuprule"),
    "events.delete_quota",
    *_work("events.eventproposal", "events.boothplace"),
    *_see("events.editionrules", "events.allocationrun", "events.eventseries", "events.feeentry"),
    *_work("events.salesreport"),
    *_see("events.salescorrection"),
    *_see("events.registration", "events.certificate"),
    *_keep("events.training", "events.material"),
    *_see("events.feedback"),
    # At the door on the day; `events.correct_attendance` is for afterwards.
    *_keep("events.attendance"),
]

# Another name for a thing, and what nobody found: whoever looks after the catalogue.
_SEARCH = [
    *_keep("catalog.synonym"),
    "catalog.delete_synonym",
    *_see("catalog.searchmiss"),
]

# Kadin sees neither the steps nor the notes of mentors.
_PROGRAMME = [
    *_work("members.jakpreneurmembership", "members.stageevidence"),
    *_see("members.programmestage", "members.office"),
]

# Each proposes and each confirms, never the same person: members.actions.proposals.
_TWO_PEOPLE = [
    *_keep("members.changeproposal"),
    *_see("members.duesrate", "members.duesrules", "members.bankaccount", "members.qriscode"),
]

# Kadin staff see dues and proofs and nothing of Pemkot's verification; Pemkot staff the reverse.
PERMISSIONS: dict[Role, list[str]] = {
    Role.PETUGAS: [
        *_work("members.business", "members.document"),
        *_see("members.jakpreneurmembership", "members.owner"),
        *_EVENTS,
        *_PROGRAMME,
        *_see("catalog.product"),
        *_see("members.companionaccess"),
        "members.add_companionaccess",
        "members.view_nik",
        "members.issue_access_code",
        *_work("members.letter"),
        "members.see_pemkot_letters",
        "members.export_members",
        *_CLAIMS,
    ],
    Role.KURATOR: [
        *_work("catalog.product", "catalog.complaint"),
        *_see("catalog.productimport"),
        *_SEARCH,
    ],
    Role.SEKRETARIAT: [
        *_work("members.kadinmembership"),
        *_see(
            "members.duesinvoice", "members.duesproof", "members.duespayment", "members.heldpayment"
        ),
        *_see("members.gatewayattempt", "members.gatewaynotification"),
        *_TWO_PEOPLE,
        "members.issue_access_code",
        *_work("members.letter"),
        "members.see_kadin_letters",
        "members.export_members",
        *_IMPORT,
        *_CLAIMS,
    ],
    Role.BENDAHARA: [
        *_keep("members.bankstatement"),
        *_work("members.statementline", "members.gatewaynotification"),
        *_work(
            "members.duesinvoice", "members.duesproof", "members.duespayment", "members.heldpayment"
        ),
        *_see("members.kadinmembership", "members.gatewayattempt"),
        *_TWO_PEOPLE,
        *_work("members.letter"),
        "members.see_kadin_letters",
        "members.export_members",
    ],
    Role.ADMIN: [
        *_SEARCH,
        *_PROGRAMME,
        *_work("members.programmestage"),
        *_keep("members.office"),
        *_keep("members.user"),
        *_work("members.datarequest"),
        "members.merge_businesses",
        *_TWO_PEOPLE,
        *_work("members.business", "members.kadinmembership", "members.duesinvoice"),
        *_see(
            "catalog.product",
            "catalog.complaint",
            "catalog.productimport",
            "members.document",
            "members.duesproof",
            "members.duespayment",
            "members.gatewayattempt",
            "members.gatewaynotification",
            "members.heldpayment",
            "members.jakpreneurmembership",
            "members.owner",
            "members.consent",
            "audit.auditentry",
            "notices.notice",
        ),
        *_EVENTS,
        "events.correct_attendance",
        *_see("members.companionaccess"),
        "members.add_companionaccess",
        "notices.change_notice",
        "members.issue_access_code",
        *_work("members.letter"),
        "members.see_kadin_letters",
        "members.see_pemkot_letters",
        "members.export_members",
        *_IMPORT,
        *_CLAIMS,
    ],
    # Nothing of the desk: what a companion may open is an owner's consent away (members.companion).
    Role.PENDAMPING: ["members.help_owners"],
}
