"""What every page of the staff has to hold, at any width."""

from playwright.sync_api import Page

from tests.browser.measures import MOUSE_ONLY, overflow, violations

# Staff sit at a desk: 24 pixels is the law (WCAG 2.5.8); what one presses or fills in has 36 or more.
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, select, summary')]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.matches('.utrecht-skip-link, [aria-hidden=true]'))
  .map(e => {
    const pressed = e.matches('button, select, textarea, a.utrecht-button, input:not([type=checkbox], [type=radio])');
    return [e, e.getBoundingClientRect(), pressed ? 35.9 : 23.9];
  })
  .filter(([e, box, least]) => box.width < 23.9 || box.height < least)
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def check(page: Page) -> None:
    """Nothing is cut off, too small, for the mouse only, or found by axe."""
    assert overflow(page) == 0
    assert page.evaluate(SMALL) == []
    assert page.evaluate(MOUSE_ONLY) == []
    assert violations(page) == []
