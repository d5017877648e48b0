"""What the audit log calls a deed, in words for an administrator. A page adds its own here."""

NAMES = {
    "begin": "Portaal geopend",
    "signed_in": "Ingelogd",
    "signed_in_without_second_factor": "Ingelogd zonder code (voorbeeld)",
    "sign_in_refused": "Inloggen mislukt",
    "signed_out": "Uitgelogd",
    "sign_out": "Uitgelogd",
    "refused": "Geweigerd: hoort niet bij de rol",
    "read_session": "Sessie bekeken",
    "stay_signed_in": "Langer ingelogd gebleven",
    "read_own_account": "Eigen account bekeken",
    "read_own_second_factor": "Eigen app bekeken",
    "change_password": "Wachtwoord veranderd",
    "password_changed": "Wachtwoord veranderd",
    "change_second_factor": "App ingesteld",
    "second_factor_set": "App ingesteld",
    "list_accounts": "Accounts bekeken",
    "read_account": "Account bekeken",
    "begin_account": "Nieuw account begonnen",
    "add_account": "Account toegevoegd",
    "name_account": "Naam van account veranderd",
    "set_roles": "Rollen veranderd",
    "block_account": "Account geblokkeerd",
    "unblock_account": "Blokkade opgeheven",
    "reset_password": "Nieuw eenmalig wachtwoord gemaakt",
    "reset_second_factor": "App losgekoppeld",
    "end_sessions": "Sessies beëindigd",
    "read_log": "Logboek gelezen",
    "verify_log": "Logboek gecontroleerd",
}


def deed_name(deed: str) -> str:
    return NAMES.get(deed, deed)
