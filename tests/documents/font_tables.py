"""What a font file says it has, read from the file itself."""

import struct


def characters_of(path):
    """Return the characters of a TrueType font, by its tables of the formats 4 and 12."""
    data = path.read_bytes()
    many = struct.unpack_from(">H", data, 4)[0]
    tables = (struct.unpack_from(">4sIII", data, 12 + 16 * one) for one in range(many))
    start = next(offset for name, _, offset, _ in tables if name == b"cmap")
    found = set()
    for one in range(struct.unpack_from(">H", data, start + 2)[0]):
        at = start + struct.unpack_from(">HHI", data, start + 4 + 8 * one)[2]
        form = struct.unpack_from(">H", data, at)[0]
        found |= _segments(data, at) if form == 4 else _groups(data, at) if form == 12 else set()
    return found


def _groups(data, at):
    many = struct.unpack_from(">I", data, at + 12)[0]
    groups = (struct.unpack_from(">III", data, at + 16 + 12 * one) for one in range(many))
    return {chr(code) for first, last, _ in groups for code in range(first, last + 1)}


def _segments(data, at):
    many = struct.unpack_from(">H", data, at + 6)[0] // 2
    columns = [at + 14, *(at + 16 + 2 * many * one for one in (1, 2, 3))]
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{many}{kind}", data, column)
        for column, kind in zip(columns, "HHhH", strict=True)
    )
    found = set()
    for place in range(many):
        for code in range(starts[place], min(ends[place], 0xFFFE) + 1):
            glyph = code + deltas[place] & 0xFFFF
            if offsets[place]:
                of = columns[3] + 2 * place + offsets[place] + 2 * (code - starts[place])
                glyph = struct.unpack_from(">H", data, of)[0]
            found |= {chr(code)} if glyph else set()
    return found
