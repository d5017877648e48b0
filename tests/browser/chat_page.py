"""What a person does and sees on the chat page, in the words of the tests."""

from playwright.sync_api import Page, expect


def ask(page: Page, text: str) -> None:
    page.fill("#tekst", text)
    page.click("#verstuur")


def expect_message(page: Page, seq: int, text: str) -> None:
    expect(page.locator(f"#m{seq} .bel__tekst")).to_contain_text(text)


def numbers(page: Page) -> list[int]:
    """The numbers of the messages on the page, in the order in which they stand there."""
    ids = page.locator(".bericht").evaluate_all("all => all.map(one => Number(one.id.slice(1)))")
    return [int(number) for number in ids]
