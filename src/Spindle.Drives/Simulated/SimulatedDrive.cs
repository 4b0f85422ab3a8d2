// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives.Simulated;

/// <summary>A drive that answers with replies that were recorded from real ones, or laid out by hand.</summary>
/// <remarks>What it has no reply for it refuses as a drive does that does not know the command.</remarks>
public sealed class SimulatedDrive : IScsiTransport
{
    private static readonly Sense UnknownCommand = new(SenseKey.IllegalRequest, 0x20, 0x00);

    private readonly List<(byte[] Command, byte[] Mask, ScsiReply Reply, byte[] Data)> _replies = [];
    private readonly Queue<Sense> _attentions = new();
    private readonly List<byte[]> _commands = [];
    private readonly List<byte[]> _sent = [];

    /// <summary>The commands that were sent, in order.</summary>
    public IReadOnlyList<byte[]> Commands => _commands;

    /// <summary>The data that was sent with commands, in order.</summary>
    public IReadOnlyList<byte[]> Sent => _sent;

    /// <summary>Answers a command with data. Allocation lengths are not compared: the reply is cut to them.</summary>
    /// <returns>Itself.</returns>
    public SimulatedDrive Answer(byte[] command, params byte[] data)
    {
        _replies.Add((command, MaskOf(command), ScsiReply.Good(data.Length), data));
        return this;
    }

    /// <summary>Refuses a command.</summary>
    /// <returns>Itself.</returns>
    public SimulatedDrive Refuse(byte[] command, Sense sense)
    {
        _replies.Add((command, MaskOf(command), ScsiReply.Refused(sense), []));
        return this;
    }

    /// <summary>Says this first, whatever it is asked; each once.</summary>
    /// <returns>Itself.</returns>
    public SimulatedDrive SayFirst(Sense sense)
    {
        _attentions.Enqueue(sense);
        return this;
    }

    /// <inheritdoc/>
    public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout)
    {
        _commands.Add(command.ToArray());
        if (_attentions.TryDequeue(out Sense attention))
        {
            return ScsiReply.Refused(attention);
        }

        foreach ((byte[] known, byte[] mask, ScsiReply reply, byte[] answer) in _replies)
        {
            if (IsThat(command, known, mask))
            {
                int length = Math.Min(answer.Length, data.Length);
                answer.AsSpan(0, length).CopyTo(data);
                return reply with { Length = length };
            }
        }

        return ScsiReply.Refused(UnknownCommand);
    }

    /// <inheritdoc/>
    public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        _sent.Add(data.ToArray());
        return Execute(command, [], timeout);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>All bytes but those of the allocation length: 4 in six-byte commands, 7 and 8 in ten, 8 and 9 in twelve.</summary>
    private static byte[] MaskOf(byte[] command)
    {
        byte[] mask = new byte[command.Length];
        Array.Fill(mask, (byte)0xFF);
        foreach (int place in command[0] is 0x12 ? [4] : command.Length == 10 ? [7, 8] : command[0] is 0xAD ? (int[])[8, 9] : [])
        {
            mask[place] = 0;
        }

        return mask;
    }

    private static bool IsThat(ReadOnlySpan<byte> command, byte[] known, byte[] mask)
    {
        if (command.Length != known.Length)
        {
            return false;
        }

        for (int i = 0; i < known.Length; i++)
        {
            if ((command[i] & mask[i]) != (known[i] & mask[i]))
            {
                return false;
            }
        }

        return true;
    }
}
