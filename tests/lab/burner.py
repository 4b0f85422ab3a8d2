"""What a drive needs beyond reading to be taken for a burner. Mixed into virtual-drive's Drive; each method
falls back to the reader's where the disc is an ordinary image.

spec members beyond the reader's: "trace": file that gets a line for each command; "burner": true (also
without a disc: the drive says that it can write); "without": what the drive is not to know: commands ("5c", "ac.03": of that
type), features that are never current ("f21"), mode pages ("p05"), next writable addresses ("nwa"); "immediate_ms": how long
a close, blank or format with the Immed bit stays under way (300).
"""
import struct, time

from burnable import Burnable, is_burnable
from sense import BLOCK, ILLEGAL, MEDIUM, NOT_READY, PROTECTED, Check, Gone

WITH_DATA = {0x04, 0x15, 0x55, 0x2A, 0xAA, 0x2E, 0x5D, 0xB6, 0xBF}
QUIET = {0x00, 0x03, 0x12, 0x46, 0x4A}                      # answered while an immediate command is under way
WRITABLE = [0x43, 0x41, 0x2B, 0x1B, 0x1A, 0x14, 0x13, 0x12, 0x11, 0x0A, 0x09]
SPEEDS = {"cd": [8468, 7056, 4234, 2822, 1764, 706], "dvd": [22160, 16620, 11080, 8310, 5540, 3324], "bd": [53940, 35960, 26970, 17980, 8990]}
BUFFER = 4 << 20


class Burning:
    medium = None

    def __init__(self, spec_path):
        self.page5 = self.default_page5()
        self.write_speed = None
        self.under_way = None                               # (begin, end, ascq)
        self.held, self.held_at, self.burns = 0, 0.0, False # what is in the buffer, since when, and whether the laser is on
        self.count = {}
        self.gone = False                                   # without power
        super().__init__(spec_path)

    @staticmethod
    def default_page5():
        return bytearray([0x05, 0x32, 0x40, 0x04, 0x08, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 150]) + bytearray(36)

    # ---- disc and tray
    def load(self, image, faults=(), profile="auto"):
        if self.medium:
            self.medium.close()
            self.medium = None
        if image and is_burnable(image):
            self.medium = Burnable(image)
            super().load(image + ".data", faults, "auto")
            self.profile, self.kind = self.medium.profile, self.medium.kind
            self.adopt()
            self.page5 = self.default_page5()
            self.write_speed = SPEEDS[self.kind][0]
        else:
            super().load(image, faults, profile)

    def adopt(self):
        """What the reader's part knows of the disc."""
        m = self.medium
        self.blocks = m.readable
        self.status = m.status
        done = m.closed_tracks if m.sequential else [m.tracks[0]]
        self.tracks = [[t["session"], "data", t["start"], t["size"]] for t in done] or [[1, "data", 0, 0]]
        self.faults = {b: [None, (MEDIUM, 0x11, 0)] for at, n in m.faults.get("weak", []) for b in range(at, at + n)}

    @property
    def without(self):
        return self.spec.get("without", ())

    def end(self):
        if self.medium:
            self.medium.close()

    # ---- every command
    def command(self, cdb, data):
        op = cdb[0]
        if self.gone:
            raise Gone
        try:
            if self.under_way and op not in QUIET:
                begin, end, ascq = self.under_way
                if time.monotonic() < end:
                    raise self.busy_sense()
                self.under_way = None
            self.poll_change()
            if self.attention and op not in (0x12, 0x03, 0x46, 0x4A, 0xA0):
                raise Check(*self.attention.pop(0))
            handler = getattr(self, "op_%02x" % op, None)
            if not handler or "%02x" % op in self.without or "%02x.%02x" % (op, cdb[10]) in self.without:
                raise Check(ILLEGAL, 0x20)
            out = (handler(cdb, data) if op in WITH_DATA else handler(cdb)) or b""
            self.trace(cdb, data, out, None)
            return out
        except Gone:
            self.gone = True
            raise
        except Check as e:
            self.trace(cdb, data, b"", e)
            raise

    def busy_sense(self):
        begin, end, ascq = self.under_way
        check = Check(NOT_READY, 0x04, ascq)
        share = int(65535 * (time.monotonic() - begin) / (end - begin))
        s = bytearray(check.sense)
        s[15:18] = struct.pack(">BH", 0x80, min(max(share, 0), 65535))
        check.sense = bytes(s)
        return check

    def start(self, immediate, ascq, factor=1):
        seconds = self.spec.get("immediate_ms", 300) / 1000 * factor
        if immediate:
            now = time.monotonic()
            self.under_way = (now, now + seconds, ascq)
        else:
            time.sleep(seconds)

    LENGTHS = {0: 6, 1: 10, 2: 10, 5: 12}

    def trace(self, cdb, data, out, check):
        if not self.spec.get("trace"):
            return
        op = cdb[0]
        cdb = cdb[:self.LENGTHS.get(op >> 5, 16)]
        if op in (0x2A, 0xAA, 0x28, 0xA8) and check is None:
            n = struct.unpack(">H", cdb[7:9])[0] if op in (0x2A, 0x28) else struct.unpack(">I", cdb[6:10])[0]
            key = (op, n, cdb[10] if op == 0xAA else 0)
            self.count[key] = self.count.get(key, 0) + 1
            if self.count[key] > 2:
                return
        elif self.count:
            told = ", ".join("%02X of %d sectors: %d times" % (k[0], k[1], v) for k, v in self.count.items() if v > 2)
            self.count = {}
            if told:
                self.say("   ... " + told)
        line = cdb.hex(" ")
        if op in WITH_DATA and data:
            line += "  > " + data[:64].hex(" ") + (" ... %d bytes" % len(data) if len(data) > 64 else "")
        elif out:
            line += "  < " + out[:48].hex(" ") + (" ... %d bytes" % len(out) if len(out) > 48 else "")
        if check is not None:
            line += "  ! %X/%02X/%02X" % (check.sense[2] & 15, check.sense[12], check.sense[13])
        self.say(line)

    def say(self, line):
        with open(self.spec["trace"], "a") as f:
            f.write(line + "\n")

    # ---- reading what was written
    def read(self, lba, count, raw=False, fresh=False):
        m = self.medium
        if not m:
            return super().read(lba, count, raw, fresh)
        self.need_disc()
        if m.status != "blank" and lba + count <= self.blocks:
            return super().read(lba, count, raw, fresh)    # closed: with all that the reader can do wrong
        for b in (lba, lba + count - 1):
            if not m.written(b):
                raise Check(ILLEGAL, 0x21, 0, info=b)
        bad = next((b for b in range(lba, lba + count) if b in self.faults), None)
        if bad is not None:
            self.fail(bad, self.faults[bad][1], m.read(lba, bad - lba))
        return m.read(lba, count)

    def op_00(self, c):
        if self.under_way:
            if time.monotonic() < self.under_way[1]:
                raise self.busy_sense()
            self.under_way = None
        return super().op_00(c)

    def op_03(self, c):
        if self.under_way and time.monotonic() < self.under_way[1]:
            return self.busy_sense().sense[:c[4]]
        return super().op_03(c)

    def op_1b(self, c):
        opened = self.open
        super().op_1b(c)
        if self.medium and self.open and not opened:
            self.medium.pretend_ends()
            self.medium.store()

    def op_25(self, c):
        if not self.medium:
            return super().op_25(c)
        self.need_disc()
        last = self.medium.readable
        return struct.pack(">II", max(last - 1, 0), BLOCK)

    # ---- writing
    def burnable(self):
        self.need_disc()
        if not self.medium:
            raise Check(PROTECTED, 0x27)                            # write protected
        return self.medium

    def write(self, lba, data, streaming=False):
        m = self.burnable()
        self.hold(len(data))
        try:
            m.write(lba, data, simulate=self.test_write and m.sequential, streaming=streaming)
        except Check:
            m.store()                                       # what was written before stays written
            raise
        self.adopt()

    def hold(self, more):
        """The buffer takes it, and what it holds is burned at the drive's speed, once it was full."""
        slow = self.spec.get("slow")
        if not slow:
            return
        self.drain(slow)
        if self.held + more > BUFFER:
            self.burns = True
            time.sleep((self.held + more - BUFFER) / slow)
            self.drain(slow)
        self.held = min(self.held + more, BUFFER)

    def drain(self, slow):
        now = time.monotonic()
        if self.burns:
            self.held = max(0, self.held - int(slow * (now - self.held_at)))
        self.held_at = now

    @property
    def test_write(self):
        return bool(self.page5[2] & 0x10) and self.profile in (0x09, 0x0A, 0x11, 0x14)

    @property
    def write_type(self):
        return self.page5[2] & 0x0F

    def op_2a(self, c, data):                             # WRITE(10)
        lba, count = struct.unpack(">iH", c[2:6] + c[7:9])
        self.write(lba, data[:count * BLOCK])
    op_2e = op_2a                                           # WRITE AND VERIFY(10)

    def op_aa(self, c, data):                             # WRITE(12)
        lba, count = struct.unpack(">iI", c[2:10])
        self.write(lba, data[:count * BLOCK], streaming=bool(c[10] & 0x80))

    def op_35(self, c):                                   # SYNCHRONIZE CACHE
        if not self.medium:
            return super().op_35(c)
        m = self.burnable()
        if self.spec.get("slow"):
            time.sleep(self.held / self.spec["slow"])
            self.held, self.burns = 0, False
        once = self.write_type == 2 and (self.profile in (0x11, 0x14) and m.tracks[0]["reserved"] or self.kind == "cd" and m.cue is not None)
        t = m.tracks[0]
        if once and not t["closed"] and t["next"] > t["start"]:
            m.runout = 0                                    # at once: no link blocks
            if self.kind == "cd" and not t["reserved"]:
                m.close_track(1)
            m.close_session(final=not self.page5[3] & 0xC0)
        m.store()
        self.adopt()

    def op_53(self, c):                                   # RESERVE TRACK
        self.burnable().reserve(struct.unpack(">I", c[5:9])[0], simulate=self.test_write)

    def op_5b(self, c):                                   # CLOSE TRACK SESSION
        m, what, track = self.burnable(), c[2] & 7, c[4] << 8 | c[5]
        if what == 1:
            m.close_track(track)
        elif what == 0 and self.profile == 0x1A:            # stop de-icing
            m.state["background"] = 1 if m.state["background"] == 2 else m.state["background"]
        elif what == 2:
            final = self.profile in (0x09, 0x0A, 0x11, 0x14) and not self.page5[3] & 0xC0
            if self.profile == 0x1A:
                m.state["background"] = 1 if m.state["background"] == 2 else m.state["background"]
            if m.pow and self.profile == 0x41:
                raise Check(ILLEGAL, 0x24)                  # Debian bug 713016: pseudo-overwrite has one open session
            m.close_session(final=final)
        elif what in (5, 6):
            if what == 5 and self.profile == 0x41 or what == 6 and self.profile not in (0x1B, 0x2B, 0x41):
                raise Check(ILLEGAL, 0x24)
            m.close_session(final=True)
        else:
            raise Check(ILLEGAL, 0x24)
        m.store()
        self.adopt()
        self.start(c[1] & 1, 0x07)

    def op_54(self, c):                                   # SEND OPC INFORMATION
        m = self.burnable()
        if "opc" in m.faults:
            raise Check(*m.faults["opc"])

    def op_5c(self, c):                                   # READ BUFFER CAPACITY
        if self.spec.get("slow"):
            self.drain(self.spec["slow"])
        free = BUFFER - self.held if self.spec.get("slow") else BUFFER // 8
        return struct.pack(">HBBII", 10, 0, 0, BUFFER, free)[:c[7] << 8 | c[8]]

    def op_5d(self, c, data):                             # SEND CUE SHEET
        m = self.burnable()
        if self.kind != "cd" or m.status != "blank" or self.write_type != 2:
            raise Check(ILLEGAL, 0x2C)
        entries = [data[i:i + 8] for i in range(0, len(data) - 7, 8)]
        lead_out = next((e for e in entries if e[1] == 0xAA), None)
        if lead_out is None:
            raise Check(ILLEGAL, 0x26)
        m.cue = -150

    def op_a1(self, c):                                   # BLANK
        self.burnable().blank()
        self.adopt()
        self.start(c[1] & 0x10, 0x07, 3)

    def op_04(self, c, data):                             # FORMAT UNIT
        m = self.burnable()
        if len(data) < 12 or data[3] != 8:
            raise Check(ILLEGAL, 0x26)
        blocks, kind, sub = struct.unpack(">I", data[4:8])[0], data[8] >> 2, data[8] & 3
        m.format(kind, blocks, sub, restart=bool(data[11] & 1))
        self.adopt()
        if self.profile == 0x41:                            # GET CONFIGURATION changes with it
            self.event = 2
        self.start(data[1] & 2, 0x04, 3)

    def op_b6(self, c, data=b""):                         # SET STREAMING
        if len(data) >= 28:
            kb, ms = struct.unpack(">II", data[20:28])
            self.set_write_speed(kb * 1000 // max(ms, 1))

    def op_bb(self, c):                                   # SET CD SPEED
        super().op_bb(c)
        self.set_write_speed(c[4] << 8 | c[5])

    def set_write_speed(self, kb):
        speeds = SPEEDS[self.kind]
        self.write_speed = next((s for s in speeds if s <= kb), speeds[-1])
        self.note("write speed %d" % self.write_speed)

    # ---- mode pages
    def op_55(self, c, data):                             # MODE SELECT
        header = 8 if c[0] == 0x55 else 4
        page = data[header:]
        if page and page[0] & 0x3F == 5:
            if page[2] & 0x0F == 3 or self.kind != "cd" and page[2] & 0x0F not in (0, 2):
                raise Check(ILLEGAL, 0x26)                  # RAW: no
            self.page5[2:2 + len(page[2:52])] = page[2:52]
            return
        return super().op_55(c, data)
    op_15 = op_55

    def op_5a(self, c):                                   # MODE SENSE(10)
        d = bytearray(super().op_5a(c))
        if len(d) > 3 and self.medium and self.medium.faults.get("protected"):
            d[3] |= 0x80                                    # WP
        return bytes(d)

    def mode_pages(self, byte):
        pages = {0x05: bytes(self.page5), 0x2A: self.page2a()}
        page = byte & 0x3F
        if "p%02x" % page in self.without:
            raise Check(ILLEGAL, 0x24)
        if page == 0x3F:
            return b"".join([super().mode_pages(byte & 0xC0 | 0x01), pages[0x05], super().mode_pages(byte & 0xC0 | 0x1A), pages[0x2A]])
        return pages[page] if page in pages else super().mode_pages(byte)

    def page2a(self):
        speeds = [min(s, 65535) for s in SPEEDS[self.kind]]
        p = bytearray([0x2A, 0, 0x3F, 0x37, 0xF1, 0x73, 0x29 | self.locked << 1, 0]) + struct.pack(
            ">HHHHHHHH", 8448, 256, BUFFER // 1024, self.speed, 0, speeds[0], min(self.write_speed or speeds[0], 65535), 0)
        p += struct.pack(">HHHH", 0, 0, min(self.write_speed or speeds[0], 65535), len(speeds))
        for s in speeds:
            p += struct.pack(">BBH", 0, 0, s)
        p[1] = len(p) - 2
        return bytes(p)

    # ---- what the drive says of itself and the disc
    def op_46(self, c):                                   # GET CONFIGURATION
        m, rt, first = self.medium, c[1] & 3, c[2] << 8 | c[3]
        current = self.profile if self.ready else 0
        p = current
        profiles = sorted(set(WRITABLE) | {0x40, 0x10, 0x08, current or 8}, reverse=True)
        writable = m is not None and m.status != "complete" or p in (0x12, 0x13, 0x1A, 0x43) and m is not None
        f = {0x00: (3, True, b"".join(struct.pack(">HBB", x, x == p, 0) for x in profiles)),
             0x01: (2, True, struct.pack(">IB3x", 1, 3)), 0x02: (1, True, bytes([2, 0, 0, 0])), 0x03: (0, True, bytes([0x29, 0, 0, 0])),
             0x10: (0, p != 0, struct.pack(">IHBx", BLOCK, {"cd": 1, "dvd": 16, "bd": 32}[self.kind], 1)),
             0x1D: (0, p != 0, b""), 0x1E: (2, p in (8, 9, 10), bytes(4)), 0x1F: (1, 0x10 <= p < 0x30, bytes([1, 0, 1, 0])),
             0x20: (1, p in (0x12, 0x1A, 0x43) and m is not None,
                    struct.pack(">IIHBx", (m.capacity if m else 1) - 1, BLOCK, {"cd": 1, "dvd": 16, "bd": 32}[self.kind], 1)),
             0x21: (3, writable and p in (0x09, 0x0A, 0x11, 0x14, 0x41), bytes([1, 0, 3, 1, 16, 0, 0, 0])),
             0x23: (1, m is not None and bool(m.formats()), bytes([0x0F, 0, 0, 0, 1, 0, 0, 0])),
             0x24: (1, p in (0x12, 0x43) or p == 0x41 and bool(m and m.spare), bytes([0x80, 0, 0, 0])),
             0x26: (0, p == 0x13, b""),
             0x2A: (0, p == 0x1A, bytes([1, 0, 0, 0])), 0x2B: (0, writable and p == 0x1B, bytes([1, 0, 0, 0])), 0x3B: (0, writable and p == 0x2B, bytes([1, 0, 0, 0])),
             0x2D: (2, writable and p in (9, 10), bytes([0x46, 0, 1, 0])), 0x2E: (0, writable and p in (9, 10), bytes([0x66, 0, 3, 0xE8])),
             0x2F: (2, writable and p in (0x11, 0x14), bytes([0x46, 0, 0, 0])), 0x37: (0, p == 0x0A, bytes([0, 0xFF, 0, 0])),
             0x38: (0, p == 0x41 and bool(m and m.pow), bytes(4)),
             0x40: (0, p >= 0x40, bytes([1, 0, 0, 0]) + bytes(24)), 0x41: (0, writable and p >= 0x41, bytes([0, 0, 0, 0]) + b"\xff" * 16 + bytes(4)),
             0x100: (0, True, b""), 0x105: (1, True, bytes(4)), 0x107: (5, True, bytes([0x1F, 0, 0, 0])),
             0x108: (0, True, self.serial + b"\0"), 0x10C: (0, True, b"20260101000000\0\0")}
        out = b""
        for code, (version, now, d) in sorted(f.items()):
            now = now and "f%02x" % code not in self.without
            if code < first and rt != 2 or rt == 1 and not now or rt == 2 and code != first:
                continue
            persistent = code in (0, 1, 2, 3, 0x100, 0x105, 0x108, 0x10C)
            out += struct.pack(">HBB", code, version << 2 | persistent << 1 | bool(now), len(d)) + d
        return (struct.pack(">IHH", len(out) + 4, 0, current) + out)[:c[7] << 8 | c[8]]

    def op_51(self, c):                                   # READ DISC INFORMATION
        m = self.medium
        if not m:
            return super().op_51(c)
        self.need_disc()
        if c[1] & 7:
            raise Check(ILLEGAL, 0x24)
        status = {"blank": 0, "appendable": 1, "complete": 2}[m.status] if self.profile != 0x12 else 3
        last = m.last_session
        first = next(n + 1 for n, t in enumerate(m.tracks) if t["session"] == last)
        erasable = 0x10 if self.profile in (0x0A, 0x12, 0x14, 0x1A, 0x43) else 0
        background = m.background if self.profile == 0x1A else 0
        if self.kind == "cd":
            lead_in = bytes([0, 97, 26, 65]) if m.status == "blank" else b"\xff" * 4
            lead_out = bytes([0]) + self.msf(m.raw) if m.status != "complete" else b"\xff" * 4
        else:
            lead_in, lead_out = bytes(4), bytes(4)
        d = bytes([0, 32, erasable | m.session_state << 2 | status, 1, last & 255, first & 255, len(m.tracks) & 255, 0x20 | background,
                   0, last >> 8, first >> 8, len(m.tracks) >> 8]) + bytes(4) + lead_in + lead_out + bytes(10)
        return d[:c[7] << 8 | c[8]]

    @staticmethod
    def msf(lba):
        f = lba + 150
        return bytes([f // 4500, f // 75 % 60, f % 75])

    def op_52(self, c):                                   # READ TRACK INFORMATION
        m = self.medium
        if not m:
            return super().op_52(c)
        self.need_disc()
        which = struct.unpack(">I", c[2:6])[0]
        kind = c[1] & 3
        t = None
        if kind == 0:
            t = m.track_at(which)
        elif kind == 1:
            t = m.tracks[-1] if which == 0xFF and m.status != "complete" else m.track(which)
        elif kind == 2:
            t = next((x for x in m.tracks if x["session"] == which), None)
        if t is None:
            raise Check(ILLEGAL, 0x24)
        number = m.tracks.index(t) + 1
        open_, empty = not t["closed"], not t["closed"] and t["next"] == t["start"]
        nwa = t["next"] if open_ else 0
        if open_ and self.kind == "cd" and self.write_type == 2 and m.status == "blank" and m.cue is not None:
            nwa = m.cue                                     # announced at once: begins with the pause
        packet = self.profile in (0x1A, 0x12, 0x43)
        d = struct.pack(">HBBBBBBIIIIII", 46, number & 255, t["session"] & 255, 0, {"cd": 4, "dvd": 5, "bd": 4}[self.kind] | bool(t.get("damaged")) << 5,
                        t["reserved"] << 7 | empty << 6 | (0x30 if packet else 0) | 1, (open_ and "nwa" not in self.without) | (open_ and not empty) << 1,
                        t["start"], nwa & 0xFFFFFFFF, m.free(t), m.ecc if packet or self.kind != "cd" else 0,
                        t["size"], (t["next"] - 1) if open_ and not empty else 0)
        d += bytes([number >> 8, t["session"] >> 8]) + bytes(2) + bytes(12)
        return d[:c[7] << 8 | c[8]]

    def op_43(self, c):                                   # READ TOC/PMA/ATIP
        m = self.medium
        if not m:
            return super().op_43(c)
        self.need_disc()
        form = c[2] & 0xF or c[9] >> 6
        if form == 4:
            if self.kind != "cd":
                raise Check(ILLEGAL, 0x24)
            d = bytes(2) + bytes([0xD0, 0, 0x80 | (self.profile == 0x0A) << 6, 0, 97, 26, 65, 0]) + self.msf(m.raw) + bytes(13)
            return (struct.pack(">H", len(d)) + d)[:c[7] << 8 | c[8]]
        if not m.closed_tracks and m.sequential or not m.sequential and not m.formatted:
            raise Check(ILLEGAL, 0x24)
        self.adopt()
        self.status = "complete"                            # what is closed has a table of contents
        try:
            return super().op_43(c)
        finally:
            self.status = m.status

    def op_23(self, c):                                   # READ FORMAT CAPACITIES
        m = self.medium
        if not m:
            return super().op_23(c)
        self.need_disc()
        if not m.sequential:
            now, size = (2, m.capacity) if m.formatted else (1, m.raw)
        else:
            now, size = (1, m.raw) if m.status == "blank" else (2, m.readable)
        d = struct.pack(">IB", size, now) + (BLOCK).to_bytes(3, "big")
        for kind, blocks, parameter in m.formats():
            d += struct.pack(">IB", blocks, kind << 2) + parameter.to_bytes(3, "big")
        return (struct.pack(">I", len(d)) + d)[:c[7] << 8 | c[8]]

    def op_ac(self, c):                                   # GET PERFORMANCE
        kind, n = c[10], c[8] << 8 | c[9]
        end = max((self.medium.raw if self.medium else self.blocks) - 1, 0)
        if kind == 3:
            speeds = SPEEDS[self.kind]
            rows = [struct.pack(">B3xIII", 0, end, speeds[0], s) for s in speeds]
        elif kind == 0:
            speed = (self.write_speed or SPEEDS[self.kind][0]) if c[1] & 4 else SPEEDS[self.kind][0]
            rows = [struct.pack(">IIII", 0, speed, end, speed)]
        else:
            raise Check(ILLEGAL, 0x24)
        flags = 2 if c[1] & 4 and kind == 0 else 0
        return struct.pack(">IB3x", 4 + 16 * len(rows), flags) + b"".join(rows[:n])

    def op_ad(self, c):                                   # READ DISC STRUCTURE
        m = self.medium
        if not m:
            return super().op_ad(c)
        self.need_disc()
        media, form, n = c[1] & 15, c[7], c[8] << 8 | c[9]
        maker = (m.mediaId.split("/") + ["001"])[0].encode()
        rev = m.mediaId.split("/")[-1].encode()
        d = None
        if media == 0 and self.kind == "dvd":
            book = {0x11: 0x2, 0x12: 0x1, 0x13: 0x3, 0x14: 0x3, 0x1A: 0x9, 0x1B: 0xA, 0x2B: 0xE}[self.profile]
            d = bytearray(struct.pack(">BBBBIII", book << 4 | 1, 0x0F, (self.profile == 0x2B) << 5 | 2, 0, 0x30000, 0x30000 + m.raw - 1, 0).ljust(2048, b"\0"))
            if form in (0x00, 0x11):
                d[19:27] = maker.ljust(8, b"\0")[:8]
                d[27:30] = rev[:3]
                d[30] = 1
            elif form == 0x0E and self.profile in (0x11, 0x14):
                d = bytearray(48)
                d[16], d[24] = 3, 4
                d[17:23], d[25:31] = maker[:6].ljust(6, b"\0"), rev[:6].ljust(6, b"\0")
            elif form == 0xFF:
                d = b"".join(struct.pack(">BBH", x, 0x40, 2052) for x in (0x00, 0x11 if self.profile in (0x1A, 0x1B, 0x2B) else 0x0E))
            else:
                d = None
        elif media == 1 and self.kind == "bd":
            if form == 0x00:
                d = bytearray(112)
                d[0:2], d[2], d[5], d[8:11] = b"DI", 1, 97, b"BDR" if self.profile == 0x41 else b"BDW"
                d[12] = 0x10
                d[100:106], d[106:109], d[111] = maker.ljust(6, b"\0")[:6], rev[:3], 1
                d = bytes(d).ljust(4096, b"\0")
            elif form == 0x0A:
                d = struct.pack(">III", 0, m.spareFree, m.spare)
            elif form == 0xFF:
                d = b"".join(struct.pack(">BBH", x, 0x40, 100) for x in (0x00, 0x0A))
        if d is None:
            raise Check(ILLEGAL, 0x24)
        return (struct.pack(">HH", len(d) + 2, 0) + bytes(d))[:n]
