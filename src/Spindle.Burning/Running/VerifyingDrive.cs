// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>The drive in which discs are read that others burned: one disc at a time, brought by somebody.</summary>
/// <param name="path">The drive.</param>
/// <param name="open">Opens a drive.</param>
/// <param name="clock">The clock.</param>
/// <param name="attendant">Brings discs; null where nobody does.</param>
internal sealed class VerifyingDrive(string path, Func<string, IDiscDevice?> open, BurningClock clock, IBurnAttendant? attendant) : IDisposable
{
    private const int AtOnce = 32;
    private const int Telling = 320; // as many sectors as the begins of file systems need

    private static readonly TimeSpan ForGettingReady = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _free = new(1);

    /// <summary>Has a disc brought, and reads it.</summary>
    /// <param name="burner">The drive that burned it, and has given it out.</param>
    /// <param name="begin">The first sectors of the image: another disc that is brought is told, and this one asked for again.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>Why nobody has read it; null where it was.</returns>
    /// <exception cref="StepFailedException">The drive is gone.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Failure? Read(string burner, byte[] begin, Action<BurningDrive, VerifyingDriveName> read, CancellationToken stop)
    {
        _free.Wait(stop);
        try
        {
            for (string why = "it is burned"; ; why = $"the disc in {path} is another one")
            {
                bool isBrought = new DiscChange(path, open, clock).Try(() => attendant?.AskToVerify(burner, path, why) == true, stop);
                stop.ThrowIfCancellationRequested();
                if (!isBrought || Open() is not { } transport)
                {
                    return Failures.NotBrought(burner, path);
                }

                using BurningDrive drive = new(path, () => transport, clock);
                ScsiReply ready = drive.WaitUntilReady(BurnStep.Loading, ForGettingReady, stop: stop);
                if (!ready.IsGood)
                {
                    return Failures.NotReady(path, ready.Sense).Failure;
                }

                if (IsAnother(drive, begin))
                {
                    continue;
                }

                InquiryData? identity = drive.Ask(DiscSurveyor.Survey).Drive;
                read(drive, new(path, identity?.Vendor, identity?.Model, identity?.Firmware));
                return null;
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    /// <summary>As for writing: others are to leave it alone.</summary>
    /// <returns>Null where another program has it.</returns>
    private IScsiTransport? Open()
    {
        try
        {
            return open(path)?.OpenForWriting();
        }
        catch (OperationFailedException)
        {
            return null;
        }
    }

    /// <summary>Where more of what can be read differs than agrees, it is not a bad copy, but another disc. What can't be read says nothing.</summary>
    private static bool IsAnother(BurningDrive drive, byte[] begin)
    {
        (int same, int other) = (0, 0);
        byte[] buffer = new byte[AtOnce * DiscComparer.SectorSize];
        for (int at = 0; at < Math.Min(begin.Length, Telling * DiscComparer.SectorSize); at += buffer.Length)
        {
            int sectors = Math.Min(AtOnce, (begin.Length - at) / DiscComparer.SectorSize);
            if (drive.Tell(MmcCommand.Read10((uint)(at / DiscComparer.SectorSize), (ushort)sectors), answer: buffer.AsSpan(0, sectors * DiscComparer.SectorSize)) is not { IsGood: true })
            {
                continue;
            }

            for (int i = 0; i < sectors; i++)
            {
                ReadOnlySpan<byte> wanted = begin.AsSpan(at + (i * DiscComparer.SectorSize), DiscComparer.SectorSize), got = buffer.AsSpan(i * DiscComparer.SectorSize, DiscComparer.SectorSize);
                (same, other) = !wanted.ContainsAnyExcept((byte)0) ? (same, other) : wanted.SequenceEqual(got) ? (same + 1, other) : (same, other + 1);
            }
        }

        return other > same;
    }
}
