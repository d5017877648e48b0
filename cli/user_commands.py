"""The words of `trede user ...`; what they do stands in cli/user.py."""

import click

from cli.command import wired
from cli.wiring import Wiring

ROLES = ("caseworker", "editor", "administrator")


@click.group("user")
def user_group() -> None:
    """Accounts of the staff."""


@user_group.command("add")
@click.option("--municipality", required=True, help="Slug; 'landelijk' for who keeps the national texts.")
@click.option("--login", required=True, help="E-mail address, or one word.")
@click.option("--name", required=True, help="The name among colleagues.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be given twice.")
@click.option("--shown-as", help="The name residents read; the first name by default.")
@wired
def add(wiring: Wiring, municipality: str, login: str, name: str, roles: tuple[str, ...], shown_as: str | None) -> None:
    """Make an account, and a password that is shown once and has to be changed."""
    from cli import user  # noqa: PLC0415
    from db.models import Role  # noqa: PLC0415

    user.add(wiring, municipality, login, name, [Role(role) for role in roles], shown_as)


@user_group.command("list")
@click.option("--municipality", help="Slug; all by default.")
@wired
def show(wiring: Wiring, municipality: str | None) -> None:
    """Who may sign in, as what."""
    from cli import user  # noqa: PLC0415

    user.show(wiring, municipality)


@user_group.command("block")
@click.argument("login")
@wired
def block(wiring: Wiring, login: str) -> None:
    """End the sessions of LOGIN and let nobody in with it any more."""
    from cli import user  # noqa: PLC0415

    user.block(wiring, login)


@user_group.command("unblock")
@click.argument("login")
@wired
def unblock(wiring: Wiring, login: str) -> None:
    """Let LOGIN in again."""
    from cli import user  # noqa: PLC0415

    user.unblock(wiring, login)


@user_group.command("reset")
@click.argument("login")
@click.option("--second-factor", is_flag=True, help="Also take the app away, of who lost the telephone.")
@wired
def reset(wiring: Wiring, login: str, second_factor: bool) -> None:
    """Make a new password for LOGIN; its sessions end."""
    from cli import user  # noqa: PLC0415

    user.reset(wiring, login, second_factor)
