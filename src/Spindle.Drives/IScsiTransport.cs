// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives;

/// <summary>Carries SCSI commands to one open drive. All that differs between operating systems is behind this.</summary>
/// <remarks>Not thread-safe: a drive does one thing at a time, and so does its owner. <see cref="MmcCommand"/> makes the commands.</remarks>
public interface IScsiTransport : IDisposable
{
    /// <summary>Sends one command that brings data, or none, and waits for its end. Blocks.</summary>
    /// <param name="command">The command descriptor block, 6 to 16 bytes.</param>
    /// <param name="data">
    /// Filled from the start with what the drive returns; empty for a command that returns nothing. As long as the command's own
    /// allocation length: a longer reply would be an error of the host adapter.
    /// </param>
    /// <param name="timeout">After this the command is given up; the drive may still be busy with it.</param>
    /// <exception cref="IOException">The drive is gone, or the system did not pass the command on.</exception>
    ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout);

    /// <summary>Sends one command with data for the drive, and waits for its end. Blocks.</summary>
    /// <param name="command">The command descriptor block, 6 to 16 bytes.</param>
    /// <param name="data">What the command is about; not empty.</param>
    /// <param name="timeout">After this the command is given up; the drive may still be busy with it.</param>
    /// <exception cref="IOException">The drive is gone, or the system did not pass the command on.</exception>
    ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout);
}
