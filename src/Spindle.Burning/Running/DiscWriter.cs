// SPDX-License-Identifier: MIT
using Spindle.Burning.Sequences;
using Spindle.Drives;
using Spindle.Drives.Mmc;

namespace Spindle.Burning.Running;

/// <summary>Sends an image to a drive, sector after sector.</summary>
/// <param name="drive">The drive.</param>
/// <param name="method">How the disc is written.</param>
internal sealed class DiscWriter(BurningDrive drive, BurningMethod method)
{
    private const int SectorSize = DiscComparer.SectorSize;

    /// <summary>Pieces of this many commands are read at once.</summary>
    private const int WritesPerPiece = 16;

    private static readonly TimeSpan ForOneWrite = TimeSpan.FromSeconds(200);

    /// <summary>A drive that formats while it is written, or writes slowly, takes nothing for a while.</summary>
    private static readonly TimeSpan WhileBusy = TimeSpan.FromMinutes(5);

    private bool _tellsBuffer = true;
    private bool _hasFilled;

    /// <summary>Bytes of the pieces in which it takes the image.</summary>
    public int Piece => WritesPerPiece * method.SectorsPerWrite * SectorSize;

    /// <summary>Sectors that the drive took.</summary>
    public long Written { get; private set; }

    /// <summary>The lowest that the drive's buffer was, in percent; null where it does not say.</summary>
    public int? LowestBuffer { get; private set; }

    /// <summary>Writes all of it.</summary>
    /// <param name="feed">The image, in pieces of <see cref="Piece"/>.</param>
    /// <param name="sectors">Sectors of the image.</param>
    /// <param name="advanced">Told how many sectors of the image are written.</param>
    /// <param name="stop">Ends it between two writes.</param>
    /// <exception cref="StepFailedException">A sector could not be written.</exception>
    public void Write(ImageFeed feed, long sectors, Action<long> advanced, CancellationToken stop)
    {
        byte[] rest = new byte[method.SectorsPerWrite * SectorSize];
        for (int sector = -method.Pause; sector < 0; sector += method.SectorsPerWrite)
        {
            Write(sector, rest);
        }

        for (ReadOnlySpan<byte> piece = feed.Take(stop); !piece.IsEmpty; piece = feed.Take(stop))
        {
            while (!piece.IsEmpty)
            {
                stop.ThrowIfCancellationRequested();
                int length = Math.Min(piece.Length, rest.Length);
                if (length == rest.Length)
                {
                    Write(Written, piece[..length]);
                }
                else
                {
                    WriteRest(piece, rest, sectors);
                }

                piece = piece[length..];
                advanced(Math.Min(Written, sectors));
            }

            AskBuffer();
        }

        FillUp(rest, sectors);
        advanced(sectors);
    }

    /// <summary>The image's end, with zeros up to a whole unit.</summary>
    private void WriteRest(ReadOnlySpan<byte> piece, byte[] rest, long sectors)
    {
        piece.CopyTo(rest);
        rest.AsSpan(piece.Length).Clear();
        long here = Math.Min(method.SectorsPerWrite, method.SectorsOnDisc(sectors) - Written);
        Write(Written, rest.AsSpan(0, (int)here * SectorSize));
    }

    /// <summary>Zeros behind an image that is shorter than a disc can be, or ends within a unit.</summary>
    private void FillUp(byte[] zeros, long sectors)
    {
        Array.Clear(zeros);
        while (method.SectorsOnDisc(sectors) - Written is > 0 and var left)
        {
            Write(Written, zeros.AsSpan(0, (int)Math.Min(left, method.SectorsPerWrite) * SectorSize));
        }
    }

    private void Write(long sector, ReadOnlySpan<byte> data)
    {
        byte[] command = WritingCommand.Write10((int)sector, (ushort)(data.Length / SectorSize));
        ScsiReply reply = drive.Insist(BurnStep.Burning, command, data, WhileBusy, ForOneWrite);
        if (reply is { IsGood: false, Sense: { Key: SenseKey.IllegalRequest, Code: 0x2C } })
        {
            // Some drives want to have written what they hold before they go on.
            _ = drive.Tell(WritingCommand.SynchronizeCache(immediate: false), patience: DiscActions.ForFlushing);
            reply = drive.Insist(BurnStep.Burning, command, data, WhileBusy, ForOneWrite);
        }

        if (!reply.IsGood)
        {
            long failed = reply.Sense.Information is { } told && told >= sector && told < sector + (data.Length / SectorSize) ? told : Math.Max(sector, 0);
            throw new StepFailedException(Failures.NotWritten(drive.Name, failed, reply.Sense), failed);
        }

        Written += sector >= 0 ? data.Length / SectorSize : 0;
    }

    private void AskBuffer()
    {
        if (!_tellsBuffer)
        {
            return;
        }

        byte[] answer = new byte[BufferCapacity.Length];
        ScsiReply reply = drive.Tell(WritingCommand.ReadBufferCapacity(), answer: answer);
        _tellsBuffer = reply.IsGood;
        if (reply.IsGood && BufferCapacity.Parse(answer.AsSpan(0, reply.Length))?.Percent is { } percent)
        {
            // While it is filled for the first time, that it is not full says nothing.
            _hasFilled |= percent <= LowestBuffer;
            LowestBuffer = _hasFilled ? Math.Min(LowestBuffer ?? percent, percent) : percent;
        }
    }
}
