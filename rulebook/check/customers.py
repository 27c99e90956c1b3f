"""What is said of classes of customers is said of classes that there are."""

from collections.abc import Iterator

from rulebook.chapters.customer_class import CustomerClass
from rulebook.chapters.price_policy import PricePolicy
from rulebook.chapters.promotions import Promotion
from rulebook.chapters.rebates import Rebate
from rulebook.chapters.visit_cadence import VisitCadence
from rulebook.check.finding import Check, Finding, Written
from salesops.errors import UserError


def unknown_class(book: Written) -> Iterator[Finding]:
    """A rule names a class that the classification does not give."""
    given = {band.class_ for _, rule in book.of(CustomerClass) for band in rule.classes}
    named = [
        *((one, cadence.class_, "classes") for one, rule in book.of(VisitCadence) for cadence in rule.classes),
        *((one, price.customer_class, "prices") for one, rule in book.of(PricePolicy) for price in rule.prices),
        *((one, name, "customer_classes") for one, rule in book.of(Promotion) for name in rule.customer_classes),
        *((one, name, "for") for one, rule in book.of(Rebate) for name in rule.for_.customer_classes),
    ]
    for one, name, key in named if given else ():
        if name and name not in given:
            what = f"there is no class {name}: customers are {', '.join(sorted(given))}."
            mend = "Name one of these, or add it to customer_class.yml."
            yield Finding("warning", one.rule.id, UserError(what, where=one.where(key), mend=mend))


def no_cadence(book: Written) -> Iterator[Finding]:
    """Customers of a class are visited never, as far as the rules say."""
    given = sorted({band.class_ for _, rule in book.of(CustomerClass) for band in rule.classes})
    for one, rule in book.of(VisitCadence):
        stated = {cadence.class_ for cadence in rule.classes}
        for name in given if rule.otherwise is None else ():
            if name not in stated:
                what = f"customers of class {name} have no cadence."
                mend = "Add the class, or `otherwise:` for all others."
                yield Finding("warning", rule.id, UserError(what, where=one.where("classes"), mend=mend))


CHECKS: tuple[Check, ...] = (unknown_class, no_cadence)
