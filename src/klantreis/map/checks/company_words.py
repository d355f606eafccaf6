"""Words of the firm that no customer says, in Dutch and English, each with what a customer might say instead.

A word is looked for at the start of any word of a name, so 'leadkwalificatie' and 'leads' are found by 'lead'; words
that would find too much that way end in a full stop and must be the whole word.
"""

from __future__ import annotations

from klantreis.labels import Label

_OFFER = Label("Ik vraag een offerte", "I ask for a quote")
_COMPARE = Label("Ik vergelijk wat er is", "I compare what there is")
_BUY = Label("Ik koop het", "I buy it")
_AGAIN = Label("Ik koop opnieuw", "I buy again")
_LEAVE = Label("Ik zeg op", "I cancel")
_PAY = Label("Ik krijg de rekening", "I get the bill")
_RECEIVE = Label("Ik krijg mijn bestelling", "I get my order")
_ASK = Label("Ik stel een vraag", "I ask a question")
_START = Label("Ik begin ermee", "I start using it")
_HEAR = Label("Ik hoor ervan", "I hear of it")
_TELL = Label("Ik zeg wat ik ervan vind", "I say what I think of it")

WORDS: dict[str, Label] = {
    "lead.": _OFFER, "leads.": _OFFER, "leadkwalificatie": _OFFER, "leadgeneratie": _HEAR, "leadopvolging": _ASK,
    "leadscoring": _OFFER, "leadconversie": _BUY, "prospect": _COMPARE, "acquisitie": _HEAR, "acquisition": _HEAR,
    "kwalificatie": _OFFER, "qualification": _OFFER, "gekwalificeerd": _OFFER, "kwalificeer": _OFFER,
    "kwalificer": _OFFER, "qualified.": _OFFER, "mql.": _OFFER, "sql.": _OFFER, "sal.": _OFFER, "icp.": _COMPARE,
    "funnel": _COMPARE, "pipeline": _COMPARE, "conversie": _BUY, "conversion": _BUY, "converter": _BUY,
    "upsell": _AGAIN, "cross-sell": _AGAIN, "crosssell": _AGAIN, "cross-selling": _AGAIN, "retentie": _AGAIN,
    "retention": _AGAIN, "reactivatie": _AGAIN, "reactivation": _AGAIN, "winback": _AGAIN, "churn": _LEAVE,
    "opzegpreventie": _LEAVE, "nurture": _HEAR, "nurturing": _HEAR, "campagne": _HEAR, "campaign": _HEAR,
    "retargeting": _HEAR, "remarketing": _HEAR, "doelgroep": _HEAR, "awarenesscampagne": _HEAR, "facturatie": _PAY,
    "facturering": _PAY, "invoicing": _PAY, "billing": _PAY, "debiteur": _PAY, "incasso": _PAY, "dunning": _PAY,
    "fulfilment": _RECEIVE, "fulfillment": _RECEIVE, "orderverwerking": _RECEIVE, "orderafhandeling": _RECEIVE,
    "orderpicking": _RECEIVE, "logistiek": _RECEIVE, "logistics": _RECEIVE, "uitlevering": _RECEIVE,
    "ticketafhandeling": _ASK, "casemanagement": _ASK, "eerstelijns": _ASK, "tweedelijns": _ASK, "escalatie": _ASK,
    "escalation": _ASK, "kpi.": _TELL, "nps": _TELL, "csat": _TELL, "crm": _ASK, "onboarding": _START,
    "activatie": _START, "activation": _START, "implementatie": _START, "implementation": _START,
    "provisioning": _START, "intakeproces": _START, "klantwaarde": _AGAIN, "loyaliteitsprogramma": _AGAIN,
    "stakeholder": _ASK, "salesgesprek": _ASK, "salestraject": _OFFER, "verkooptraject": _OFFER,
    "offertetraject": _OFFER, "accountmanagement": _ASK, "backoffice": _ASK, "back-office": _ASK, "touchpoint": _ASK,
    "contactmoment": _ASK, "procesoptimalisatie": _ASK,
}  # fmt: skip
