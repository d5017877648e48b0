"""The style sheets and scripts of the chat, with those that both web doors share."""

from pathlib import Path

from pages.assets import SHARED, Assets

ASSETS = Assets("/static", SHARED, Path(__file__).parent / "static")
