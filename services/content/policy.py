"""What a municipality decides itself, typed: what its answers need, and what a calculation assumes.

Null is not known: a resident then reads whom to ask (`content/phrases/municipality.yaml`).
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Said = Annotated[str, Field(min_length=1, max_length=80)]
"""A name, a telephone number or a desk: it stands in the middle of a sentence."""
Address = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w./-]*)?$", max_length=80)]
"""As people type it, without https: `stad.nl/kwijtschelding`."""
DayOfMonth = Annotated[int, Field(ge=1, le=31)]
Amount = Annotated[Decimal, Field(gt=0, lt=5000, decimal_places=2)]


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class IncomeSupplement(Form):
    """Individuele inkomenstoeslag, after so many years of low income. After `until` nobody knows the amounts."""

    years: Annotated[int, Field(ge=1, le=10)]
    alone: Amount
    couple: Amount
    until: date


class Policy(Form):
    exemption_25: bool | None = None
    """Whether the part of the wage is left at all."""
    exemption_25_asked: Literal["automatic", "request"] | None = None
    anticipates_34a: bool | None = None
    pay_date: DayOfMonth | None = None
    """Around this day of the month."""
    income_form_day: DayOfMonth | None = None
    """Before which day of the month the income form has to be in."""
    income_supplement: IncomeSupplement | None = None
    scheme_pass: Said | None = None
    """What the city pass or the scheme for taking part is called here."""
    remission_link: Address | None = None
    debt_help: Said | None = None
    special_assistance_link: Address | None = None
    gift_report_below_limit: bool | None = None
    holiday_permission: bool | None = None
    travel_costs: bool | None = None
    """Whether it helps with travel costs that an employer does not pay."""
    job_coach_contact: Said | None = None
    advance_desk: Said | None = None
    """Where somebody without money today gets an advance sooner."""
    documents_list: Address | None = None
