"""What the settings of a municipality are called, what they mean, and what is made of those that no answer says."""

GROUPS: dict[str, tuple[str, ...]] = {
    "Bereikbaarheid": ("phone", "website", "visit", "opening_hours", "report_changes"),
    "Uitkering": (
        "pay_date", "income_form_day", "advance_desk", "documents_list",
    ),
    "Werk": (
        "exemption_25", "exemption_25_asked", "anticipates_34a", "travel_costs",
        "job_coach_contact",
    ),
    "Extra geld en hulp": (
        "income_supplement", "scheme_pass", "special_assistance_link", "remission_link", "debt_help",
    ),
    "Doorgeven en vakantie": ("gift_report_below_limit", "holiday_permission"),
}  # fmt: skip
NAMES: dict[str, tuple[str, str]] = {
    "phone": ("Telefoonnummer", "Waar een inwoner belt. Bijvoorbeeld: 14 0123."),
    "website": ("Website", "Zoals mensen hem typen, zonder https. Bijvoorbeeld: stad.nl."),
    "visit": ("Bezoekadres", "Straat, nummer en plaats."),
    "opening_hours": (
        "Openingstijden",
        "Van de balie. Bijvoorbeeld: maandag tot en met vrijdag van 9.00 tot 17.00 uur.",
    ),
    "report_changes": (
        "Iets doorgeven",
        "Hoe een inwoner een verandering doorgeeft: een adres, een balie of een nummer.",
    ),
    "exemption_25": (
        "Vrijlating van 25% van het loon",
        "Of u een deel van het loon vrijlaat. Bij ‘nee’ rekent de chatbot zonder deze vrijlating.",
    ),
    "exemption_25_asked": ("Hoe de vrijlating gaat", "Of u dit zelf regelt, of dat de inwoner erom vraagt."),
    "anticipates_34a": (
        "Vooruitlopen op artikel 34a",
        "Of u in 2026 al rekent volgens artikel 34a van de Participatiewet.",
    ),
    "pay_date": ("Betaaldag", "Rond welke dag van de maand de uitkering op de rekening staat."),
    "income_form_day": (
        "Dag van het inkomstenformulier",
        "Vóór welke dag van de maand het binnen moet zijn. Drie dagen eerder herinnert de chatbot wie dat wil.",
    ),
    "income_supplement": (
        "Individuele inkomenstoeslag",
        "Na hoeveel jaar laag inkomen, en hoeveel. Na de laatste dag zegt de chatbot het niet meer.",
    ),
    "scheme_pass": ("Stadspas of meedoenregeling", "Hoe die hier heet, met het lidwoord. Bijvoorbeeld: de Stadspas."),
    "remission_link": ("Kwijtschelding", "Het adres waar een inwoner het aanvraagt, zonder https."),
    "debt_help": ("Schuldhulp", "Een nummer, een balie of een adres."),
    "special_assistance_link": ("Bijzondere bijstand", "Het adres van het formulier, zonder https."),
    "gift_report_below_limit": ("Kleine giften doorgeven", "Of u ook giften onder de grens wilt weten."),
    "holiday_permission": ("Toestemming voor vakantie", "Of naast doorgeven ook toestemming nodig is."),
    "travel_costs": ("Reiskosten", "Of u meebetaalt aan reiskosten die een werkgever niet betaalt."),
    "job_coach_contact": ("Jobcoach", "De balie of het nummer waar een inwoner erom vraagt."),
    "advance_desk": ("Voorschot met spoed", "Waar iemand zonder geld vandaag terecht kan."),
    "documents_list": ("Lijst met papieren", "Het adres van uw lijst, zonder https."),
}
USED_ELSEWHERE = {
    "exemption_25": "de berekening ‘Hoeveel houd ik over als ik ga werken?’",
    "anticipates_34a": "de berekening ‘Hoeveel houd ik over als ik ga werken?’",
    "income_form_day": "de maandelijkse herinnering aan het inkomstenformulier",
}
WHEN_EMPTY = {
    "exemption_25": "de berekening rekent met de vrijlating.",
    "anticipates_34a": "de berekening rekent tot 1 januari 2027 met de vrijlating van nu.",
    "income_form_day": "de chatbot herinnert enkele dagen voor de 25e, en noemt geen dag.",
}
