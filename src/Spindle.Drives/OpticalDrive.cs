// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives;

/// <summary>An optical drive that is spoken to by commands.</summary>
/// <remarks>A reply is never trusted: what a drive does not know, or answers with nonsense, is null. Not thread-safe.</remarks>
/// <param name="transport">Carries the commands; disposed with this.</param>
public sealed class OpticalDrive(IScsiTransport transport) : IDisposable
{
    /// <summary>Behind a reset and a change of discs a drive has two things to say before it does anything.</summary>
    private const int MostAttentions = 4;

    private const int SerialPageLength = 252; // bytes, a multiple of 4: what some bridges ask for

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PatienceWithTray = TimeSpan.FromSeconds(60);

    /// <summary>Parses a reply; null where it is none.</summary>
    /// <typeparam name="T">What the reply becomes.</typeparam>
    /// <param name="reply">What the drive returned.</param>
    public delegate T? Parser<out T>(ReadOnlySpan<byte> reply);

    /// <summary>Whether there is a disc that can be read; where not, <see cref="ScsiReply.Sense"/> says why.</summary>
    /// <exception cref="IOException">The drive is gone.</exception>
    public ScsiReply TestReady() => Execute(MmcCommand.TestUnitReady(), [], Patience);

    /// <summary>Asks for something and parses the reply.</summary>
    /// <param name="command">The command.</param>
    /// <param name="length">Its allocation length, in bytes.</param>
    /// <param name="parse">Parses what came.</param>
    /// <returns>Null where the drive refused, or its reply is none.</returns>
    /// <exception cref="IOException">The drive is gone.</exception>
    public T? Ask<T>(ReadOnlySpan<byte> command, int length, Parser<T> parse)
    {
        byte[] data = new byte[length];
        ScsiReply reply = Execute(command, data, Patience);
        return reply.IsGood ? parse(data.AsSpan(0, Math.Clamp(reply.Length, 0, length))) : default;
    }

    /// <summary>Asks who the drive is; null where it does not say.</summary>
    public InquiryData? Inquire() => Ask(MmcCommand.Inquiry(InquiryData.Length), InquiryData.Length, InquiryData.Parse);

    /// <summary>Asks for its serial number; null where it has none, or does not say.</summary>
    public string? AskSerial() => Ask(MmcCommand.InquiryOfSerial(SerialPageLength), SerialPageLength, page => DriveIdentity.SerialOf(page));

    /// <summary>Asks for tray and disc without touching either; null where the drive does not say.</summary>
    public MediumEvent? AskMediumEvent() => Ask(MmcCommand.GetMediumEvent(MediumEvent.Length), MediumEvent.Length, Nullable<MediumEvent>(MediumEvent.Parse));

    /// <summary>Moves the tray, or starts and stops the disc.</summary>
    /// <exception cref="IOException">The drive is gone.</exception>
    public ScsiReply Move(TrayMotion motion) => Execute(MmcCommand.StartStop(motion), [], PatienceWithTray);

    /// <summary>Locks or unlocks the door.</summary>
    /// <exception cref="IOException">The drive is gone.</exception>
    public ScsiReply PreventRemoval(bool prevent) => Execute(MmcCommand.PreventRemoval(prevent), [], Patience);

    /// <summary>Asks a sector of a CD where it is.</summary>
    /// <param name="sector">The sector, from the disc's start.</param>
    /// <returns>Null where it can't be read, says something else there, or the drive gives what another sector says.</returns>
    /// <exception cref="IOException">The drive is gone.</exception>
    public SubChannelPosition? AskPosition(long sector)
    {
        CdSectorParts parts = CdSectorParts.RawWithSubChannels;
        SubChannelPosition? position = Ask(
            MmcCommand.ReadCd(checked((uint)sector), 1, parts),
            parts.Length,
            Nullable<SubChannelPosition>(reply => reply.Length == parts.Length ? SubChannelPosition.ParseRaw(reply[^SubChannelPosition.RawLength..]) : null));
        return position?.Sector == sector ? position : null;
    }

    /// <summary>Asks how hard the drive tries to read; null where it does not say.</summary>
    /// <param name="defaults">Whether what the drive was made with is asked for, and not what is set.</param>
    /// <exception cref="IOException">The drive is gone.</exception>
    public ErrorRecovery? AskErrorRecovery(bool defaults = false) =>
        Ask(MmcCommand.ModeSense(ErrorRecovery.Page, ErrorRecovery.Length, defaults), ErrorRecovery.Length, ErrorRecovery.Parse);

    /// <summary>Sets how hard the drive tries to read.</summary>
    /// <returns>Whether it took it.</returns>
    /// <exception cref="IOException">The drive is gone.</exception>
    public bool TrySet(ErrorRecovery page)
    {
        byte[] parameters = page.ToParameters();
        return Send(MmcCommand.ModeSelect((ushort)parameters.Length), parameters).IsGood;
    }

    /// <summary>Asks how fast the drive reads; null where it does not say.</summary>
    /// <exception cref="IOException">The drive is gone.</exception>
    public ReadingSpeed? AskSpeed() =>
        Ask(MmcCommand.ModeSense(ReadingSpeed.Page, ReadingSpeed.Length), ReadingSpeed.Length, Nullable<ReadingSpeed>(ReadingSpeed.Parse));

    /// <summary>Sets how fast the drive reads.</summary>
    /// <param name="kilobytesPerSecond">In 1000 bytes a second; <see cref="ReadingSpeed.Unlimited"/> for the fastest.</param>
    /// <returns>Whether it took it.</returns>
    /// <exception cref="IOException">The drive is gone.</exception>
    public bool TrySetSpeed(ushort kilobytesPerSecond) => Execute(MmcCommand.SetSpeed(kilobytesPerSecond), [], Patience).IsGood;

    /// <inheritdoc/>
    public void Dispose() => transport.Dispose();

    /// <summary>Sends a command that brings data or none; what the drive has to say of itself first is heard and passed over.</summary>
    internal ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout)
    {
        ScsiReply reply = transport.Execute(command, data, timeout);
        for (int heard = 0; heard < MostAttentions && IsAttention(reply); heard++)
        {
            reply = transport.Execute(command, data, timeout);
        }

        return reply;
    }

    private ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data)
    {
        ScsiReply reply = transport.Send(command, data, Patience);
        for (int heard = 0; heard < MostAttentions && IsAttention(reply); heard++)
        {
            reply = transport.Send(command, data, Patience);
        }

        return reply;
    }

    private static bool IsAttention(ScsiReply reply) => !reply.IsGood && reply.Sense.Key == SenseKey.UnitAttention;

    /// <summary>For replies that are values.</summary>
    internal static Parser<T?> Nullable<T>(Parser<T?> parse)
        where T : struct => parse;
}
