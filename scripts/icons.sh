#!/bin/sh
# Rebuilds the PNGs in web/static/icons from the same shape as any.svg there. Needs python3 and nothing more. The results are
# committed. What a phone cuts to its own outline (maskable) fills the square and keeps the glass in the middle.
set -eu
cd "$(dirname "$0")/../web/static/icons"
python3 - <<'PY'
import struct, zlib

TEAL, WHITE, CLEAR = (11, 90, 107, 255), (255, 255, 255, 255), (11, 90, 107, 0)
GLASS = [(18, 12), (46, 12), (46, 18), (36, 32), (46, 46), (46, 52), (18, 52), (18, 46), (28, 32), (18, 18)]
FINE = 4

def inside(x, y):
    hit = False
    for (x1, y1), (x2, y2) in zip(GLASS, GLASS[1:] + GLASS[:1]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            hit = not hit
    return hit

def colour(x, y, radius, scale):
    dx, dy = max(radius - x, x - (64 - radius), 0), max(radius - y, y - (64 - radius), 0)
    if dx * dx + dy * dy > radius * radius:
        return CLEAR
    return WHITE if inside((x - 32) / scale + 32, (y - 32) / scale + 32) else TEAL

def png(name, size, radius, scale):
    rows = []
    for row in range(size):
        line = bytearray([0])
        for column in range(size):
            dots = [colour((column + (i + .5) / FINE) * 64 / size, (row + (j + .5) / FINE) * 64 / size, radius, scale)
                    for i in range(FINE) for j in range(FINE)]
            line += bytes(sum(dot[part] for dot in dots) // len(dots) for part in range(4))
        rows.append(bytes(line))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    with open(name, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))

png("192.png", 192, 12, 1)
png("512.png", 512, 12, 1)
png("maskable.png", 512, 0, .8)
PY
ls -l
