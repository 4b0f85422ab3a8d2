"""A SCSI medium changer (SMC-3) for the lab: slots, one arm, mail slots, and the lab's drives.

SPEC.json: {"slots": [path of a disc or null, ...], "mail": [path or null, ...], "drives": [n, ...] of the lab's drives (all),
 "barcodes": {path: text, "" for none}, else the file's name, "bad": {path: ["100+3", ...]} sectors of a disc that never read,
 "state": file that is told what lies where after each move; where it is there, the robot begins with it,
 "move_ms": what a move takes, "needs_eject": true where a disc is only taken from a drive whose tray the host has opened,
 "silent": [what this robot does not say: "drives" (what is in them), "source", "barcodes", "names" (which drive is which)],
 "faults": {"3": FAULT, ...}: what becomes of the third move, "trace": file that gets each command with its answer}
FAULT: [key, asc, ascq] refused, nothing moved ·
 "jam" 4/15/01, the disc stays in the arm · "drops" 4/15/01, the disc is where it was to come ·
 "stuck" 4/53/00, the drive does not give it · "lies" answered as done, nothing moved ·
 "astray" answered as done, it lies in another slot · "dies" the disc is in the arm, and the robot answers nothing until it is reset ·
 "mail" done, and somebody opens the mail slot meanwhile
While the host has a drive locked it keeps its disc (5/53/02). SPEC.json.event, once it changes, is what a person does: "reset",
"mail N PATH", "slot N PATH" (no path: takes it out).
Element addresses: arm 0, drives 501.., mail slots 901.., slots 1001..
"""
import json, os, struct, time

from sense import ATTENTION, HARDWARE, ILLEGAL, MEDIUM, Check, Gone

ARM, SLOT, MAIL, DRIVE = 1, 2, 3, 4                          # element types of SMC-3
FIRST = {ARM: 0, SLOT: 1001, MAIL: 901, DRIVE: 501}
JAM = (HARDWARE, 0x15, 1)


class Changer:
    def __init__(self, spec_path, drives):
        self.spec = json.load(open(spec_path))
        self.event_path, self.event_seen = spec_path + ".event", None
        self.drives = [drives[n] for n in self.spec.get("drives", range(len(drives)))]
        self.places = {ARM: [None], SLOT: list(self.spec["slots"]), MAIL: list(self.spec.get("mail", [])),
                       DRIVE: [d.spec.get("image") for d in self.drives]}
        self.source = [None] * len(self.drives)             # of each drive: the element that its disc came from
        self.faults = dict(self.spec.get("faults", {}))
        self.moves, self.dead, self.locked = 0, False, False
        self.attention = [(ATTENTION, 0x29, 0)]
        if self.spec.get("state") and os.path.exists(self.spec["state"]):
            told = json.load(open(self.spec["state"]))
            self.places = {ARM: told["arm"], SLOT: told["slots"], MAIL: told["mail"], DRIVE: told["drives"]}
            for i, disc in enumerate(told["drives"]):
                self.into_drive(i, disc)
        self.tell()

    def end(self):
        """The lab is over."""

    def tell(self):
        if self.spec.get("state"):
            with open(self.spec["state"] + ".new", "w") as f:
                json.dump({"arm": self.places[ARM], "slots": self.places[SLOT], "mail": self.places[MAIL], "drives": self.places[DRIVE],
                           "moves": self.moves}, f, indent=1)
            os.replace(self.spec["state"] + ".new", self.spec["state"])

    def silent(self, what):
        return what in self.spec.get("silent", ())

    # ---- every command
    def command(self, cdb, data):
        self.poll_event()
        if self.dead:
            raise Gone
        answer = None
        try:
            if self.attention and cdb[0] not in (0x12, 0x03, 0xA0):
                raise Check(*self.attention.pop(0))
            handler = getattr(self, "op_%02x" % cdb[0], None)
            if not handler:
                raise Check(ILLEGAL, 0x20)
            out = handler(cdb) or b""
            answer = "< " + out[:64].hex(" ")
            return out
        except Check as e:
            answer = "! %X/%02X/%02X" % (e.sense[2] & 15, e.sense[12], e.sense[13])
            raise
        finally:
            if self.spec.get("trace"):
                length = {0: 6, 1: 10, 2: 10, 5: 12}.get(cdb[0] >> 5, 16)
                with open(self.spec["trace"], "a") as f:
                    f.write("%s  %s\n" % (cdb[:length].hex(" "), answer or "gone"))

    def poll_event(self):
        try:
            stamp = os.stat(self.event_path).st_mtime_ns
        except FileNotFoundError:
            return
        if stamp == self.event_seen:
            return
        self.event_seen = stamp
        what, *where = open(self.event_path).read().strip().split(" ", 2)
        if what == "reset":
            self.dead = False
            self.attention.append((ATTENTION, 0x29, 0))
        elif what in ("mail", "slot"):
            self.places[MAIL if what == "mail" else SLOT][int(where[0]) - 1] = where[1] if len(where) > 1 else None
            self.attention.append((ATTENTION, 0x28, 1 if what == "mail" else 0))
        self.tell()

    def op_00(self, c): pass                                # TEST UNIT READY

    def op_07(self, c): time.sleep(self.spec.get("move_ms", 0) / 1000)       # INITIALIZE ELEMENT STATUS

    op_37 = op_07                                           # the same with a range

    def op_03(self, c):                                     # REQUEST SENSE
        return Check(*(self.attention.pop(0) if self.attention else (0, 0, 0))).sense[:c[4]]

    def op_12(self, c):                                     # INQUIRY
        if c[1] & 1:
            pages = {0x00: b"\0\x80\x83", 0x80: b"LABCHG01", 0x83: b"\x02\x01\0\x12" + b"LAB CHANGER 000001"}
            if c[2] not in pages:
                raise Check(ILLEGAL, 0x24)
            return (struct.pack(">BBH", 8, c[2], len(pages[c[2]])) + pages[c[2]])[:c[3] << 8 | c[4]]
        return (bytes([8, 0x80, 5, 2, 51, 0, 0, 0]) + b"LAB     VIRTUAL CHANGER 1.0 " + bytes(20))[:c[3] << 8 | c[4]]

    def op_1e(self, c): self.locked = bool(c[4] & 1)        # PREVENT ALLOW MEDIUM REMOVAL

    def pages(self, page):
        known = {0x1D: bytes([0x1D, 18]) + b"".join(struct.pack(">HH", FIRST[k], len(self.places[k])) for k in (ARM, SLOT, MAIL, DRIVE)) + bytes(2),
                 0x1E: bytes([0x1E, 2, 0, 0]),
                 # device capabilities: all but the arm can keep a disc; every move but from the arm to itself
                 0x1F: bytes([0x1F, 18, 0x0E, 0, 0, 0x0E, 0x0E, 0x0E]) + bytes(12)}
        if page == 0x3F:
            return b"".join(known.values())
        if page not in known:
            raise Check(ILLEGAL, 0x24)
        return known[page]

    def op_1a(self, c):                                     # MODE SENSE(6)
        d = self.pages(c[2] & 0x3F)
        return (bytes([len(d) + 3, 0, 0, 0]) + d)[:c[4]]

    def op_5a(self, c):                                     # MODE SENSE(10)
        d = self.pages(c[2] & 0x3F)
        return (struct.pack(">HBBxxH", len(d) + 6, 0, 0, 0) + d)[:c[7] << 8 | c[8]]

    # ---- elements
    def find(self, address):
        for kind, first in FIRST.items():
            if first <= address < first + len(self.places[kind]):
                return kind, address - first
        raise Check(ILLEGAL, 0x21, 1)                       # invalid element address

    def barcode(self, disc):
        return self.spec.get("barcodes", {}).get(disc, os.path.basename(disc).split(".")[0].upper()[:32])

    def describe(self, kind, i, tags, names):
        disc = self.places[kind][i]
        if kind == DRIVE and self.silent("drives"):
            disc = None
        flags = (1 if disc else 0) | (8 if kind != ARM else 0) | (0x30 if kind == MAIL else 0)    # full, access, can come in and go out
        source = self.source[i] if kind == DRIVE and disc and not self.silent("source") else None
        d = struct.pack(">HBBBBBBBBH", FIRST[kind] + i, flags, 0, 0, 0, 0, 0, 0, 0x80 if source else 0, source or 0)
        if tags:
            d += (self.barcode(disc) if disc else "").encode().ljust(32) + bytes(4)
        if names and kind == DRIVE and not self.silent("names"):
            name = b"LAB     VIRTUAL DRIVE   " + self.drives[i].serial
            return d + bytes([2, 1, 0, len(name)]) + name
        return d + bytes(4)

    def op_b8(self, c):                                     # READ ELEMENT STATUS
        want, tags, names = c[1] & 15, c[1] & 0x10 and not self.silent("barcodes"), c[6] & 1
        start, count, room = c[2] << 8 | c[3], c[4] << 8 | c[5], int.from_bytes(c[7:10], "big")
        pages, told = b"", []
        for kind in (ARM, DRIVE, MAIL, SLOT):               # by address
            items = []
            for i in range(len(self.places[kind]) if want in (0, kind) else 0):
                if FIRST[kind] + i >= start and len(told) < count:
                    told.append(FIRST[kind] + i)
                    items.append(self.describe(kind, i, tags, names))
            if items:
                pages += struct.pack(">BBH", kind, 0x80 if tags else 0, len(items[0])) + struct.pack(">I", sum(map(len, items))) + b"".join(items)
        return (struct.pack(">HH", told[0] if told else 0, len(told)) + struct.pack(">I", len(pages)) + pages)[:room]

    # ---- moves
    def into_drive(self, i, disc):
        bad = [[*map(int, r.split("+")), None, (MEDIUM, 0x11, 0)] for r in self.spec.get("bad", {}).get(disc, ())]
        self.drives[i].open = False
        self.drives[i].load(disc, bad)
        if not disc:
            self.drives[i].event = 3

    def put(self, disc, kind, i, source=None):
        self.places[kind][i] = disc
        if kind == DRIVE:
            self.source[i] = source if disc else None
            self.into_drive(i, disc)

    def op_a5(self, c):                                     # MOVE MEDIUM
        _, source, target = struct.unpack(">HHH", c[2:8])
        (from_kind, f), (to_kind, t) = self.find(source), self.find(target)
        disc = self.places[from_kind][f]
        if not disc:
            raise Check(ILLEGAL, 0x3B, 0x0E)                # medium source element empty
        if self.places[to_kind][t] and (from_kind, f) != (to_kind, t):
            raise Check(ILLEGAL, 0x3B, 0x0D)                # medium destination element full
        if from_kind == DRIVE and self.drives[f].locked:
            raise Check(ILLEGAL, 0x53, 2)                   # medium removal prevented
        if from_kind == DRIVE and self.spec.get("needs_eject") and not self.drives[f].open:
            raise Check(ILLEGAL, 0x3B, 0x11)                # medium magazine not accessible
        self.moves += 1
        fault = self.faults.pop(str(self.moves), None)
        time.sleep(self.spec.get("move_ms", 0) / 1000)
        if isinstance(fault, list):
            raise Check(*fault)
        if fault == "stuck":
            raise Check(HARDWARE, 0x53, 0)                  # media load or eject failed
        if fault != "lies":
            self.put(None, from_kind, f)
            if fault in ("jam", "dies"):
                self.put(disc, ARM, 0)
            elif fault == "astray":
                self.put(disc, SLOT, next(i for i in reversed(range(len(self.places[SLOT]))) if not self.places[SLOT][i]))
            else:
                self.put(disc, to_kind, t, source if from_kind == SLOT else None)
        if fault == "mail":
            self.attention.append((ATTENTION, 0x28, 1))
        self.tell()
        if fault in ("jam", "drops"):
            raise Check(*JAM)
        if fault == "dies":
            self.dead = True
            raise Gone
