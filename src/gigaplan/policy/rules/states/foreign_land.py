"""Land in the hands of foreign owners, by the law of the state."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, Range, above, both, either, told
from gigaplan.policy.facts.campus import Campus
from gigaplan.policy.facts.parties import Entity
from gigaplan.policy.finding import Consequence, Finding, Verdict, clear, need_facts
from gigaplan.policy.law import Law
from gigaplan.policy.ownership import Case
from gigaplan.policy.rules.covered_nation import held_frac
from gigaplan.policy.rules.states.at_state import campus_of, open_at, row_of
from gigaplan.terms.country import HOME

RULE: Final = "states.foreign_land"
CITATION: Final = "State land laws of the table state_rules"
CONTROL: Final = "states.land.control_frac"
ADVERSARY: Final = "foreign_adversary"


def is_such_land(campus: Campus, status: str) -> Answer:
    """Whether the law of the state reaches the land, by its use and by what is near."""
    agricultural = told(
        "campus.land_use",
        None if campus.land_use is None else campus.land_use == "agricultural",
        "The land is agricultural",
        "The land is not agricultural",
        "Is the land agricultural by the law of the state?",
    )
    near = told(
        "campus.near_sensitive_site",
        campus.near_sensitive_site,
        "The land is near a base or critical infrastructure",
        "The land is near no base or critical infrastructure",
        "Is the land near a base or critical infrastructure, by the law of the state?",
    )
    reached = {
        "none": Answer(False, (Fact("campus.state", "The state has no such law"),)),
        "any": Answer(True, (Fact("campus.state", "The law reaches any land"),)),
        "reporting": Answer(True, (Fact("campus.state", "The law asks for reports"),)),
        "agricultural": agricultural,
        "near_sites": near,
        "agricultural_or_near_sites": either(agricultural, near),
    }
    return reached[status]


def _share(case: Case, law: Law, name: str, *, adversary: bool) -> Range:
    def counts(other: str) -> bool | None:
        entity = case.ownership.entities[other]
        return _is_of(entity, law) if adversary else _is_foreign(entity)

    return held_frac(case, name, counts)


def _is_of(entity: Entity, law: Law) -> bool | None:
    """Whether an entity is of a foreign adversary by nationality, law or principal place."""
    if entity.kind == "person" and HOME in (entity.country, entity.other_nationality):
        return False
    places = {entity.country, entity.other_nationality, entity.principal_place} - {None}
    if any(law.has_status(place, ADVERSARY) for place in places if place is not None):
        return True
    second = entity.other_nationality if entity.kind == "person" else entity.principal_place
    told_all = entity.kind == "government" or second is not None
    return False if entity.country is not None and told_all else None


def _is_foreign(entity: Entity) -> bool | None:
    """Whether an entity is foreign by nationality or law."""
    if entity.kind == "person" and entity.other_nationality == HOME:
        return False
    return None if entity.country is None else entity.country != HOME


def _holds(case: Case, law: Law, name: str, most_frac: float, *, adversary: bool) -> Answer:
    share = _share(case, law, name, adversary=adversary)
    who = "foreign adversaries" if adversary else "foreign holders"
    return above(
        Fact(f"{case.ownership.fields[name]}.owners", f"Persons of {who} hold {share} of {name}"),
        share,
        most_frac,
        f"Which part of {name} do persons of {who} hold?",
    )


def foreign_land(case: Case, law: Law) -> Finding:
    """Find whether the owner of the land may own it by the law of the state."""
    campus = campus_of(case, RULE, CITATION)
    if isinstance(campus, Finding):
        return campus
    rows = [row_of(campus, law, topic) for topic in ("land_adversary", "land_foreign")]
    first, second = rows
    if isinstance(first, Answer):
        return open_at(RULE, first, CITATION)
    if isinstance(second, Answer):
        return open_at(RULE, second, CITATION)
    adversary_land = is_such_land(campus, first.status)
    foreign_land_ = is_such_land(campus, second.status)
    name, cited = campus.land_owner, first.cited
    reached = either(adversary_land, foreign_land_)
    if reached.no:
        return clear(RULE, reached, "No land law of the state reaches the land.", cited)
    if name is None:
        ask = Ask("campus.land_owner", "Which entity takes title to the land?")
        missing = both(reached, Answer(None, asks=(ask,)))
        return need_facts(RULE, missing, "Whether the owner may own the land is open.", cited)
    control = law.parameters.value(CONTROL)
    led = both(adversary_land, _holds(case, law, name, control, adversary=True))
    tied = both(adversary_land, _holds(case, law, name, 0.0, adversary=True))
    limited = both(foreign_land_, _holds(case, law, name, control, adversary=False))
    if led.yes:
        says = "The law bars the land from those whom foreign adversaries lead."
        return _finding(Verdict.BLOCK_RISK, led, says, cited)
    answer = either(tied, limited)
    if answer.no:
        return clear(RULE, answer, "The owner may own the land.", cited)
    if answer.unknown:
        says = "Whether the owner may own the land is open."
        return need_facts(RULE, answer, says, cited)
    if second.status == "reporting" and not tied.yes:
        says = "The owner may own the land and has to report it."
        return _finding(Verdict.FILE_MANDATORY, answer, says, cited)
    says = "The law limits such land in foreign hands; the share that counts differs by state."
    return _finding(Verdict.MITIGATE, either(answer, led), says, cited)


def _finding(verdict: Verdict, answer: Answer, says: str, citation: str) -> Finding:
    return Finding(
        RULE,
        verdict,
        answer.facts,
        says,
        citation,
        Consequence("Read the law of the state before an option on the land is signed."),
        ("A U.S. landlord keeps the land.", "Other land, or another state."),
        answer.asks,
    )
