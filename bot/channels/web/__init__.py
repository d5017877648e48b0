"""The full-page web chat: server-rendered, works without JavaScript, live with it."""
