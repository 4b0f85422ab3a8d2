"""How a SCSI command ends that does not end well: what the lab's drive and its burner tell alike."""
import struct

BLOCK = 2048
NOT_READY, MEDIUM, HARDWARE, ILLEGAL, ATTENTION, PROTECTED = 2, 3, 4, 5, 6, 7


class Check(Exception):
    """CHECK CONDITION; info is the block it is about, data what was read before it. Deferred: it is about an earlier command."""
    def __init__(self, key, asc, ascq=0, info=None, data=b"", deferred=False):
        self.sense = bytes([(0x80 if info is not None else 0) | (0x71 if deferred else 0x70), 0, key]) + struct.pack(">I", info or 0) \
            + bytes([10, 0, 0, 0, 0, asc, ascq, 0, 0, 0, 0])
        self.data = data


class Gone(Exception):
    """The drive has lost its power: it answers nothing any more."""
