"""Load: readers over the websocket, each answer compared with the figures of the store."""
