"""What axe does not see: room, targets, the way of the keyboard."""

from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TARGETS = "a[href], button, input:not([type=hidden]), textarea, select, summary"
# Links within a sentence may be as high as the sentence (WCAG 2.5.8); ours are not, so no exception is made.
TOO_SMALL = """selector => [...document.querySelectorAll(selector)]
  .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.classList.contains('utrecht-skip-link'))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width < 44 || box.height < 43.9)
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
MOUSE_ONLY = """() => [...document.querySelectorAll('*')]
  .filter(e => (e.onclick || e.hasAttribute('onclick') || getComputedStyle(e).cursor === 'pointer')
    && !e.closest('a[href], button, input, textarea, summary, label'))
  .map(e => e.outerHTML.slice(0, 80))"""
FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {name: e.id || (e.name ? e.name + '=' + e.value : e.textContent.trim()), tag: e.tagName,
          text: (e.getAttribute('aria-label') || e.textContent).trim().slice(0, 40),
          ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
          seen: e === document.body || e.contains(top) || top?.contains(e)};
}"""


def violations(page: Page) -> list[str]:
    """What axe finds. It is put in by evaluate, which the content policy of the page does not stop."""
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in result["violations"]]


def too_small(page: Page) -> list[str]:
    page.wait_for_load_state()  # a text may stand there before its style does
    found: list[str] = page.evaluate(TOO_SMALL, TARGETS)
    return found


def mouse_only(page: Page) -> list[str]:
    found: list[str] = page.evaluate(MOUSE_ONLY)
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    page.wait_for_load_state()
    wider: int = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return max(wider, 0)


def walk(page: Page, most: int = 60) -> list[dict[str, Any]]:
    """Where the Tab key comes, until it is round."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop: dict[str, Any] = page.evaluate(FOCUS)
        if stop["tag"] == "BODY" or (stops and stop["name"] == stops[0]["name"]):
            break
        stops.append(stop)
    return stops
