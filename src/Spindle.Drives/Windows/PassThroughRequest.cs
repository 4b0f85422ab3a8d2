// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Spindle.Drives.Windows;

/// <summary>SCSI_PASS_THROUGH_DIRECT of ntddscsi.h for 64-bit processes, with the sense data behind it in the same memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PassThroughRequest
{
    /// <summary>Bytes of the structure without the sense data.</summary>
    public const int StructureLength = 56;

    /// <summary>Bytes of sense data; above 64 some systems refuse the call.</summary>
    public const int SenseSpace = 32;

    public ushort Length;
    public byte ScsiStatus;
    public byte PathId;
    public byte TargetId;
    public byte Lun;
    public byte CommandLength;
    public byte SenseLength;
    public byte Direction; // SCSI_IOCTL_DATA_OUT, _IN, _UNSPECIFIED
    public uint DataLength; // what is to be moved, and then what was
    public uint Timeout; // s
    public byte* Data;
    public uint SenseOffset;
    public fixed byte Command[16];
    public fixed byte Sense[SenseSpace + 4]; // at 52, of which four bytes belong to the structure's own end
}
