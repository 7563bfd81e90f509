"""The shop's side of a rehearsal: what the two scripts beside this one share. Standard library only.

The payer is played over the sandbox's control plane, as a browser would have done it on the pay page.
"""

import json
import sys
import urllib.request


def pay(base_url, session_key):
    """Pays; gives the form that the payer's browser posts to the shop, as the shop's framework would give it."""
    request = urllib.request.Request(
        f"{base_url}/sandbox/api/sessions/{session_key}/act",
        data=json.dumps({"action": "pay", "channel": "dbbl_visa"}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return dict(json.load(answer)["fields"])


def check(holds, what, got=None):
    """Says what was looked at; ends the script if it is not so."""
    if not holds:
        sys.exit(f"not so: {what}; got {got!r}")
    print(f"ok: {what}")


def store():
    """Base address, store id and password, from the command line."""
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} BASE_URL STORE_ID STORE_PASSWD")
    return sys.argv[1:]
