"""A mail server: aiosmtpd's, from PyPI. It says its port, then answers each line of its input with one line, and ends with its input.

`letters` gives every letter that was taken, as Python's own `email` reads it; any other line is what goes wrong from then on.
Started with `tls` it offers STARTTLS with a certificate that nobody knows; with `sign-in` it takes letters from `rahim` alone.
"""

import asyncio
import datetime
import email
import email.policy
import ipaddress
import json
import ssl
import sys
import tempfile

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Handler:
    def __init__(self):
        self.wrong, self.letters, self.passwords = "", [], []

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.wrong == "refuse_sender":
            return "550 5.7.1 not from you"
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.wrong == "refuse_address":
            return "550 5.1.1 nobody lives there"
        if self.wrong == "refuse_relay":
            return "554 5.7.1 Relay access denied"
        if self.wrong == "later":
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        if self.wrong == "refuse_letter":
            return "552 5.3.4 too large"
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        if self.wrong == "drop_after_data":
            server.transport.abort()
        return "250 kept"

    def sign_in(self, server, session, envelope, mechanism, data):
        login, password = data.login.decode(), data.password.decode()
        self.passwords.append(password)
        return AuthResult(success=(login, password) == ("rahim", "a made-up password"), handled=False)


def read(sender, readers, content):
    letter = email.message_from_bytes(content, policy=email.policy.default)
    part = lambda kind: letter.get_body((kind,)).get_content().replace("\r\n", "\n")
    said = lambda name: str(letter[name] or "")
    return {
        "from": sender,
        "to": readers,
        "subject": said("Subject"),
        "message_id": said("Message-ID"),
        "date": said("Date"),
        "language": said("Content-Language"),
        "text": part("plain"),
        "html": part("html"),
        "defects": [str(defect) for defect in letter.defects],
    }


def nobodys_certificate():
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.datetime.now(datetime.timezone.utc)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    made = made.add_extension(here, critical=True).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    with tempfile.NamedTemporaryFile() as file:
        file.write(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        file.write(made.public_bytes(pem))
        file.flush()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file.name)
    return context


async def main(how):
    handler = Handler()
    options = {"enable_SMTPUTF8": True, "hostname": "sandbox"}
    if how == "tls":
        options["tls_context"] = nobodys_certificate()
    if how == "sign-in":
        options |= {"authenticator": handler.sign_in, "auth_required": True, "auth_require_tls": False}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, loop=loop, **options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        if line.strip() == "letters":
            answer = {"letters": [read(*letter) for letter in handler.letters], "passwords": handler.passwords}
        else:
            handler.wrong, answer = line.strip(), {}
        print(json.dumps(answer), flush=True)


asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else ""))
