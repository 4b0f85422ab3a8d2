"""Discs that can be written, for the lab's virtual drive.

A writable disc is two files: NAME, JSON that says what kind it is and what is on it, and NAME.data, its
sectors (sparse). `new()` makes a blank one. The drive (burner.py) asks a Burnable what may be written
where; each change is stored at once, so that a disc keeps its state when it is taken out, moved through a
changer, or the guest dies.

Two families, as MMC has them:
  sequential   CD-R, CD-RW, DVD-R, DVD-RW (14h), DVD+R, DVD+R DL, BD-R: tracks and sessions; the last track
               is the "invisible" one, whose next writable address is where writing goes on;
               blank -> appendable -> complete
  overwritable DVD-RAM, DVD+RW, BD-RE: one track, random access, once formatted.

What can go wrong is told beforehand, in the JSON ("faults"):
  "write": [[lba, count, [key, asc, ascq]]]  writing there fails; with defect management it costs spare instead
  "weak":  [[lba, count]]                    is written without complaint and can't be read back
  "flip":  [[lba, count]]                    is written without complaint and reads back with one bit changed
  "close": [key, asc, ascq]                  closing the session fails
  "opc":   [key, asc, ascq]                  so does the power calibration
  "late":  [[lba, count, [key, asc, ascq]]]  writing there seems to work; a later write brings the error (deferred, 71h)
  "liar":  true                              takes everything, says that all is well, writes nothing
  "protected": true                          says that it must not be written
  "slow":  [[lba, count, seconds]]           writing there takes so long
  "power": lba                               when that sector is to be written, the drive loses its power, once
"""
import json, os, sys, time

from sense import BLOCK, PROTECTED, Check, Gone

# profile, what it holds in sectors, ECC block in sectors, manufacturer and type as the drive tells them
KINDS = {"cd-r": (0x09, 359_845, 1, "97m26s65f"), "cd-rw": (0x0A, 359_845, 1, "97m26s65f"),
         "dvd-r": (0x11, 2_298_496, 16, "LABDVR01"), "dvd-rw": (0x14, 2_298_496, 16, "LABDRW01"),
         "dvd-ram": (0x12, 2_236_704, 16, "LABRAM01"), "dvd+rw": (0x1A, 2_295_104, 16, "LABPRW/001"),
         "dvd+r": (0x1B, 2_295_104, 16, "LABPR_/001"), "dvd+r-dl": (0x2B, 4_173_824, 16, "LABPRD/001"),
         "bd-r": (0x41, 12_219_392, 32, "LABBDR/001"), "bd-re": (0x43, 12_219_392, 32, "LABBRE/001"),
         "bd-r-dl": (0x41, 24_438_784, 32, "LABBRD/001"), "bd-r-xl": (0x41, 48_878_592, 32, "LABBRX/001"),
         "bd-re-dl": (0x43, 24_438_784, 32, "LABBED/001")}
OVERWRITABLE = {0x12, 0x13, 0x1A, 0x43}
CD_FIRST_GAP, CD_GAP = 11_400, 6_900


def new(path, kind, capacity=0, faults=None):
    profile, full, _, media_id = KINDS[kind]
    capacity = capacity or full
    sequential = profile not in OVERWRITABLE
    state = {"lab-disc": 1, "kind": kind, "capacity": capacity, "raw": capacity, "mediaId": media_id, "status": "blank",
             "formatted": profile == 0x12, "formatType": 0, "background": 0, "spare": 0, "spareFree": 0, "pow": False,
             "erased": 0, "faults": faults or {},
             "tracks": [{"session": 1, "start": 0, "size": capacity, "next": 0, "reserved": False, "closed": False}]
             if sequential else [{"session": 1, "start": 0, "size": capacity, "next": None, "reserved": False, "closed": True}]}
    if profile == 0x12:
        state["status"] = "complete"
    with open(path, "w") as f:
        json.dump(state, f, indent=1)
    with open(path + ".data", "wb") as f:
        f.truncate(capacity * BLOCK)


def is_burnable(path):
    with open(path, "rb") as f:
        return f.read(16).lstrip().startswith(b'{') and b'"lab-disc"' in open(path, "rb").read(64)


class Burnable:
    def __init__(self, path):
        self.path = path
        self.state = json.load(open(path))
        self.kind_name = self.state["kind"]
        self.profile, _, self.ecc, _ = KINDS[self.kind_name]
        self.kind = next(k for k in ("cd", "dvd", "bd") if self.kind_name.startswith(k))
        self.sequential = self.profile not in OVERWRITABLE
        self.data = open(path + ".data", "r+b", buffering=0)
        self.pretended = None                               # the state before a simulated burn
        self.cue = None

    def close(self):
        self.pretend_ends()
        self.store()
        self.data.close()

    def store(self):
        if self.pretended is None:
            with open(self.path + ".new", "w") as f:
                json.dump(self.state, f, indent=1)
            os.replace(self.path + ".new", self.path)

    def __getattr__(self, name):                            # state, read only
        try:
            return self.__dict__["state"][name]
        except KeyError:
            raise AttributeError(name)

    # ---- what is on it
    @property
    def closed_tracks(self):
        return [t for t in self.tracks if t["closed"]]

    @property
    def readable(self):
        """One past the last sector that the drive owns up to (READ CAPACITY)."""
        if not self.sequential:
            return self.capacity if self.formatted else 0
        ends = [t["start"] + t["size"] for t in self.tracks if t["closed"]]
        return max(ends, default=0)

    @property
    def last_session(self):
        return self.tracks[-1]["session"]

    @property
    def session_state(self):
        """Of the last session, as READ DISC INFORMATION has it: 0 empty, 1 incomplete, 2 damaged, 3 complete."""
        if self.status == "complete":
            return 3
        if any(t.get("damaged") for t in self.tracks):
            return 2
        mine = [t for t in self.tracks if t["session"] == self.last_session]
        return 1 if any(t["closed"] or t["next"] != t["start"] for t in mine) else 0

    def track(self, number):
        return self.tracks[number - 1] if 1 <= number <= len(self.tracks) else None

    def track_at(self, lba):
        return next((t for t in self.tracks if t["start"] <= lba < t["start"] + t["size"]), None)

    def free(self, track):
        return track["start"] + track["size"] - track["next"] if track["next"] is not None else 0

    # ---- writing
    def hit(self, what, lba, count):
        """The first sector of the range that the given sort of fault lies on."""
        found = [max(lba, f[0]) for f in self.faults.get(what, []) if f[0] < lba + count and lba < f[0] + f[1]]
        return min(found, default=None)

    def write(self, lba, data, simulate=False, streaming=False):
        count = len(data) // BLOCK
        if self.faults.get("protected"):
            raise Check(PROTECTED, 0x27)
        if self.faults.get("liar"):
            return
        for at, n, seconds in self.faults.get("slow", []):
            if at < lba + count and lba < at + n:
                time.sleep(seconds)
        if "power" in self.faults and lba <= self.faults["power"] < lba + count:
            self.power_fails(lba)
        late = next((f for f in self.faults.get("late", []) if f[0] + f[1] + 512 <= lba), None)
        if late:                                            # what the buffer held has failed long ago
            self.state["faults"]["late"].remove(late)
            self.state["faults"].setdefault("weak", []).append(late[:2])
            raise Check(*late[2], info=late[0], deferred=True)
        if self.sequential:
            if self.status == "complete":
                raise Check(PROTECTED, 0x27)                      # write protected
            if self.cue is not None and lba < 0:            # the pause in front of track 1
                if lba != self.cue:
                    raise Check(5, 0x21, 2, lba)
                self.cue += count
                return
            track = next((t for t in self.tracks if t["next"] == lba and not t["closed"]), None)
            if track is None:
                raise Check(5, 0x21, 2, lba)              # invalid address for write
            if count > self.free(track):
                raise Check(5, 0x21, 0, lba)
        else:
            if not self.formatted:
                raise Check(3, 0x31)                      # medium format corrupted: not formatted
            if lba + count > self.capacity:
                raise Check(5, 0x21, 0, lba)
            track = self.tracks[0]
        if simulate and self.pretended is None:
            self.pretended = json.dumps(self.state)
        self.spoil(lba, count, streaming)
        if not simulate:
            data = bytearray(data)
            for at, n in self.faults.get("flip", []):
                for b in range(max(at, lba), min(at + n, lba + count)):
                    data[(b - lba) * BLOCK + 7] ^= 0x10
            os.pwrite(self.data.fileno(), data, lba * BLOCK)
        if self.sequential:
            track["next"] = lba + count
            if self.status == "blank":
                self.state["status"] = "appendable"
        elif self.status == "blank":
            self.state["status"] = "complete"
        # the state file is written at each pause: sync, close, eject

    def power_fails(self, lba):
        del self.state["faults"]["power"]
        self.pretend_ends()
        if self.sequential:
            next(t for t in self.tracks if t["next"] == lba)["damaged"] = True
        self.store()
        raise Gone

    def spoil(self, lba, count, streaming):
        at = self.hit("write", lba, count)
        if at is None:
            return
        if self.spareFree >= self.ecc and not streaming:    # defect management: the cluster goes to the spare area
            self.state["spareFree"] -= self.ecc
            self.state["faults"]["write"] = [f for f in self.faults["write"] if not (f[0] <= at < f[0] + f[1])]
            return
        sense = next(f[2] for f in self.faults["write"] if f[0] <= at < f[0] + f[1])
        raise Check(*sense, info=at)

    def read(self, lba, count):
        data = os.pread(self.data.fileno(), count * BLOCK, lba * BLOCK)
        return data.ljust(count * BLOCK, b"\0")

    def written(self, lba):
        if not self.sequential:
            return self.formatted and lba < self.capacity
        t = self.track_at(lba)
        return t is not None and (t["closed"] or t["next"] is not None and lba < t["next"])

    # ---- structure
    def up(self, n):
        return -(-n // self.ecc) * self.ecc

    def reserve(self, size, simulate=False):
        if simulate and self.pretended is None:
            self.pretended = json.dumps(self.state)
        track = self.tracks[-1]
        if not self.sequential or self.status == "complete":
            raise Check(5, 0x24)
        if track["next"] != track["start"]:
            raise Check(5, 0x2C)                          # command sequence error: that track is begun
        size = self.up(size)
        if size > track["size"]:
            raise Check(5, 0x24)
        rest = {"session": track["session"], "start": track["start"] + size, "size": track["size"] - size,
                "next": track["start"] + size, "reserved": False, "closed": False}
        track.update(size=size, reserved=True)
        if rest["size"]:
            self.tracks.append(rest)
        self.store()

    def close_track(self, number):
        if not self.sequential or self.faults.get("liar"):
            return
        track = self.tracks[-1] if number in (0, 0xFF, 0xFFFF) else self.track(number)
        if track is None:
            raise Check(5, 0x24)
        if track["closed"] or track["next"] == track["start"] and not track["reserved"]:
            return
        end = track["start"] + track["size"]
        if not track["reserved"]:
            used = track["start"] + self.up(track["next"] - track["start"])
            if self.kind == "cd":
                used += self.runout
            last, size = end, used - track["start"]
            track["size"] = size
            if track is self.tracks[-1]:
                self.tracks.append({"session": track["session"], "start": used, "size": last - used, "next": used,
                                    "reserved": False, "closed": False})
        track.update(closed=True, next=None)
        self.store()

    runout = 2                                              # of a CD track written track at once: link blocks

    def close_session(self, final=False):
        if "close" in self.faults:
            raise Check(*self.faults["close"])
        if self.faults.get("liar"):
            return
        if not self.sequential:
            return
        for n, t in enumerate(list(self.tracks)):
            if t["session"] == self.last_session and not t["closed"] and t["next"] != t["start"]:
                self.close_track(n + 1)
        done = [t for t in self.tracks if t["closed"] and t["session"] == self.last_session]
        if not done and not (final and self.closed_tracks):
            raise Check(5, 0x72, 3) if not final else Check(5, 0x72, 3)   # session fixation: incomplete track
        last = self.tracks[-1]
        if final:
            self.state["tracks"] = [t for t in self.tracks if t["closed"]]
            self.state["status"] = "complete"
        elif done:
            gap = 0 if self.kind != "cd" else CD_FIRST_GAP if last["session"] == 1 else CD_GAP
            last.update(session=last["session"] + 1, start=last["start"] + gap, size=max(0, last["size"] - gap),
                        next=last["start"] + gap, reserved=False, closed=False)
        self.cue = None
        self.pretend_ends()
        self.store()

    def pretend_ends(self):
        if self.pretended is not None:
            self.state, self.pretended = json.loads(self.pretended), None
        self.cue = None

    def blank(self):
        if self.profile not in (0x0A, 0x14):
            raise Check(5, 0x20)
        self.data.truncate(0)
        self.data.truncate(self.capacity * BLOCK)
        self.state.update(status="blank", erased=self.erased + 1, formatted=False, tracks=[
            {"session": 1, "start": 0, "size": self.capacity, "next": 0, "reserved": False, "closed": False}])
        self.store()

    # ---- formats: (type, blocks, type dependent parameter)
    def formats(self):
        """What READ FORMAT CAPACITIES offers. Spare areas in the proportions of a 25 GB disc."""
        full = self.raw
        cut = lambda n: (full - n) // 32 * 32
        if self.profile == 0x41 and self.status == "blank" and not self.formatted:
            return [(0x00, cut(full * 393_216 // 12_219_392), 0x3000), (0x32, cut(full * 393_216 // 12_219_392), 0x3000),
                    (0x32, cut(full * 6_422_528 // 12_219_392), 0x8000), (0x32, cut(full * 131_072 // 12_219_392), 0x1000)]
        if self.profile == 0x43:
            return [(0x00, cut(full * 393_216 // 12_219_392), 0x3000), (0x30, cut(full * 393_216 // 12_219_392), 0x3000),
                    (0x30, cut(full * 655_360 // 12_219_392), 0x5000), (0x30, cut(full * 131_072 // 12_219_392), 0x1000),
                    (0x31, full, 0x800)]
        if self.profile == 0x1A:
            return [(0x26, full, 0)]
        if self.profile == 0x12:
            return [(0x00, full, 0x800), (0x01, cut(full // 16), 0x800)]
        if self.profile == 0x14 and self.status == "blank":
            return [(0x00, full, 16), (0x10, full, 16), (0x15, full, 16)]
        return []

    def format(self, kind, blocks, subtype, restart=False):
        offered = [f for f in self.formats() if f[0] == kind]
        if not offered:
            raise Check(5, 0x26)
        sizes = [f[1] for f in offered]
        if kind == 0x26:
            self.state.update(formatted=True, background=2 if not restart else 2)
            blocks = max(sizes)
        elif not min(sizes) <= blocks <= max(sizes):
            raise Check(5, 0x26)
        full = self.raw
        self.state.update(formatted=True, formatType=kind, spare=full - blocks, spareFree=full - blocks)
        if self.profile == 0x41:
            self.state["pow"] = subtype == 0
            self.state["capacity"] = blocks
            self.tracks[-1]["size"] = blocks - self.tracks[-1]["start"]
        elif self.profile in (0x43, 0x12):
            self.state.update(capacity=blocks, status="complete")
            self.tracks[0]["size"] = blocks
        elif self.profile == 0x1A:
            self.state.update(spare=0, spareFree=0)
            self.tracks[0]["size"] = blocks
        self.store()


if __name__ == "__main__":                                  # optical-lab blank KIND FILE [SECTORS [FAULTS]]
    kind, path, *rest = sys.argv[1:]
    if kind not in KINDS:
        sys.exit("optical-lab: no such kind of disc: " + kind)
    new(path, kind, int(rest[0]) if rest else 0, json.loads(rest[1]) if len(rest) > 1 else None)
