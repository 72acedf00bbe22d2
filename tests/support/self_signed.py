"""A certificate that nobody vouches for, made anew for each test: X.509 v3 over RSA, by the standard library alone."""

from __future__ import annotations

import base64
import hashlib
import math
import secrets
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

EXPONENT = 65537
HALF = 1024  # bits of each prime; the library refuses keys that are smaller than 2048 bits
SMALL = math.prod(
    each for each in range(3, 2000, 2) if all(each % one for one in range(3, math.isqrt(each) + 1))
)
SHA256_RSA = bytes.fromhex("300d06092a864886f70d01010b0500")
RSA = bytes.fromhex("300d06092a864886f70d0101010500")
DIGEST_OF_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
COMMON_NAME, ALTERNATIVE_NAME = bytes.fromhex("0603550403"), bytes.fromhex("0603551d11")
LOCALHOST = bytes.fromhex("87047f000001")  # as an address, in a list of alternative names


def server_context(folder: Path, name: str = "localhost") -> ssl.SSLContext:
    """What a server on 127.0.0.1 speaks TLS with, under a certificate for that address signed by itself."""
    certificate, key = folder / "self-signed.crt", folder / "self-signed.key"
    p, q = _prime(), _prime()
    certificate.write_text(_pem("CERTIFICATE", _certificate(p * q, _private(p, q), name)))
    key.write_text(_pem("RSA " + "PRIVATE KEY", _private_key(p, q)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def _certificate(modulus: int, private: int, name: str) -> bytes:
    now = datetime.now(UTC)
    issuer = _sequence(_der(0x31, _sequence(COMMON_NAME, _der(0x0C, name.encode()))))
    period = _sequence(
        *(_der(0x17, f"{each:%y%m%d%H%M%SZ}".encode()) for each in (now, now + timedelta(days=1)))
    )
    public = _der(0x03, b"\0" + _sequence(_number(modulus), _number(EXPONENT)))
    names = _sequence(ALTERNATIVE_NAME, _der(0x04, _sequence(LOCALHOST)))
    body = _sequence(
        _der(0xA0, _number(2)),
        _number(secrets.randbits(64) + 1),
        SHA256_RSA,
        issuer,
        period,
        issuer,
        _sequence(RSA, public),
        _der(0xA3, _sequence(names)),
    )
    return _sequence(body, SHA256_RSA, _der(0x03, b"\0" + _signed(body, modulus, private)))


def _signed(body: bytes, modulus: int, private: int) -> bytes:
    size = modulus.bit_length() // 8
    digest = DIGEST_OF_SHA256 + hashlib.sha256(body).digest()
    padded = b"\0\1" + b"\xff" * (size - len(digest) - 3) + b"\0" + digest
    return pow(int.from_bytes(padded), private, modulus).to_bytes(size)


def _private(p: int, q: int) -> int:
    return pow(EXPONENT, -1, math.lcm(p - 1, q - 1))


def _private_key(p: int, q: int) -> bytes:
    private = _private(p, q)
    parts = (0, p * q, EXPONENT, private, p, q, private % (p - 1), private % (q - 1), pow(q, -1, p))
    return _sequence(*(_number(each) for each in parts))


def _prime() -> int:
    """With its two highest bits set, so that the product of two has all its bits."""
    while True:
        found = secrets.randbits(HALF) | (3 << HALF - 2) | 1
        if math.gcd(found, SMALL) == 1 and found % EXPONENT != 1 and _is_prime(found):
            return found


def _is_prime(number: int) -> bool:
    odd = number - 1
    twos = (odd & -odd).bit_length() - 1
    return all(_passes(number, odd >> twos, twos, secrets.randbelow(number - 3) + 2) for _ in range(8))


def _passes(number: int, odd: int, twos: int, base: int) -> bool:
    rest = pow(base, odd, number)
    if rest in (1, number - 1):
        return True
    for _ in range(twos - 1):
        rest = rest * rest % number
        if rest == number - 1:
            return True
    return False


def _number(value: int) -> bytes:
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def _sequence(*parts: bytes) -> bytes:
    return _der(0x30, b"".join(parts))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def _pem(kind: str, der: bytes) -> str:
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(der).decode()}-----END {kind}-----\n"
