"""An independent XMPP sender on slixmpp: signs on, sends what it is told, prints every stanza that comes in.

Usage: xmpp-sender.py JID PASSWORD PORT, then one stanza a line on stdin; an empty line or the end of input signs off.
"""
import asyncio
import sys
from xml.etree import ElementTree

import slixmpp


class Sender(slixmpp.ClientXMPP):
    def __init__(self, jid, password):
        super().__init__(jid, password)
        self.add_event_handler("session_start", self.started)
        self.add_event_handler("failed_auth", lambda _: sys.exit(3))
        for name in ("message", "presence", "iq"):
            self.register_handler(
                slixmpp.xmlstream.handler.Callback(
                    f"print {name}",
                    slixmpp.xmlstream.matcher.MatchXPath(f"{{jabber:client}}{name}"),
                    lambda stanza: print("GOT", str(stanza).replace("\n", " "), flush=True),
                )
            )

    async def started(self, _):
        self.send_presence()
        await asyncio.sleep(0.2)
        print("READY", flush=True)
        loop = asyncio.get_running_loop()
        while True:
            line = await loop.run_in_executor(None, sys.stdin.readline)
            if not line.strip():
                break
            ElementTree.fromstring(line)
            self.send_raw(line.strip())
        await asyncio.sleep(1.0)
        print("DONE", flush=True)
        await self.disconnect()


sender = Sender(sys.argv[1], sys.argv[2])
sender.ssl_context.check_hostname = False
sender.ssl_context.verify_mode = 0
sender.connect(("127.0.0.1", int(sys.argv[3])))
sender.process(forever=False)
