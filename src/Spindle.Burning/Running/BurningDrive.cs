// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>A drive that a disc is burned in. Nothing that it answers is taken for more than it is: a deferred error ends the burn, and each wait has an end.</summary>
/// <param name="name">The drive as the user named it.</param>
/// <param name="open">Opens the way for its commands, which is closed with this.</param>
/// <param name="clock">The clock, and how one waits by it.</param>
internal sealed class BurningDrive(string name, Func<IScsiTransport> open, BurningClock clock) : IDisposable
{
    /// <summary>Behind a reset and a change of discs a drive has several things to say before it does anything.</summary>
    private const int MostRepeats = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private IScsiTransport _transport = open();

    /// <summary>The drive as the user named it.</summary>
    public string Name => name;

    /// <summary>For questions.</summary>
    public OpticalDrive Drive => new(_transport);

    /// <summary>How often a command was sent again, for the drive was busy.</summary>
    public int Retries { get; private set; }

    /// <summary>Asks something.</summary>
    /// <param name="ask">Asks it.</param>
    /// <exception cref="StepFailedException">The drive is gone.</exception>
    public T Ask<T>(Func<OpticalDrive, T> ask)
    {
        try
        {
            return ask(Drive);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new StepFailedException(Failures.Vanished(name, e.Message));
        }
    }

    /// <summary>Leaves the drive to another program for a while.</summary>
    /// <param name="work">Runs that.</param>
    /// <exception cref="StepFailedException">It is not to be had again.</exception>
    public void Lend(Action work)
    {
        _transport.Dispose();
        try
        {
            work();
        }
        finally
        {
            Reopen();
        }
    }

    /// <summary>Sends a command, with data or without, and hears its answer: a success, or a refusal that is about this command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="data">What is sent with it; empty for nothing.</param>
    /// <param name="answer">Where what it brings goes; empty for nothing.</param>
    /// <param name="patience">After this it is given up; null for a minute.</param>
    /// <exception cref="StepFailedException">The drive is gone; or an earlier command has failed, as it says now.</exception>
    public ScsiReply Tell(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data = default, Span<byte> answer = default, TimeSpan? patience = null)
    {
        for (int repeats = 0; ; repeats++)
        {
            ScsiReply reply = Carry(command, data, answer, patience ?? Patience);
            Sense sense = reply.Sense;
            bool isRepeated = repeats < MostRepeats;
            switch (reply.IsGood, sense.IsDeferred, sense.Key)
            {
                case (true, _, _):
                    return reply;
                case (_, true, SenseKey.NoSense or SenseKey.RecoveredError) when isRepeated:
                    continue; // an earlier command has come to a good end, and this one was not done
                case (_, true, _):
                    throw new StepFailedException(Failures.NotWritten(name, sense.Information, sense), sense.Information);
                case (_, _, SenseKey.RecoveredError):
                    return reply with { IsGood = true };
                case (_, _, SenseKey.NoSense) when sense == Sense.None:
                    throw new StepFailedException(Failures.Vanished(name, null)); // no failure of a command, but of the way to the drive
                default:
                    return reply;
            }
        }
    }

    /// <summary>Sends a command that the drive may be too busy for: again, until it takes it.</summary>
    /// <exception cref="StepFailedException">The drive is gone, or stays busy.</exception>
    public ScsiReply Insist(BurnStep step, ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan limit, TimeSpan patience)
    {
        long begun = clock.Time.GetTimestamp();
        while (true)
        {
            ScsiReply reply = Tell(command, data, patience: patience);
            if (reply.IsGood || !reply.Sense.IsBecomingReady)
            {
                return reply;
            }

            Retries++;
            if (clock.Time.GetElapsedTime(begun) > limit)
            {
                throw new StepFailedException(Failures.Silent(name, step, limit));
            }

            clock.Wait(BetweenLooks);
        }
    }

    /// <summary>Waits until the drive has done what it is busy with.</summary>
    /// <param name="step">What that is.</param>
    /// <param name="limit">How long, since it was last seen to get any further.</param>
    /// <param name="progress">Told how far it is, 0 to 1, where the drive says so.</param>
    /// <param name="stop">Ends the wait; the drive goes on.</param>
    /// <returns>Good, or why it is not ready.</returns>
    /// <exception cref="StepFailedException">The drive is gone, or does not come to an end.</exception>
    public ScsiReply WaitUntilReady(BurnStep step, TimeSpan limit, Action<double>? progress = null, CancellationToken stop = default)
    {
        (long since, double reached) = (clock.Time.GetTimestamp(), 0);
        for (int attentions = 0; ;)
        {
            stop.ThrowIfCancellationRequested();
            ScsiReply reply = Tell(MmcCommand.TestUnitReady());
            bool isAttention = reply.Sense.Key == SenseKey.UnitAttention && ++attentions <= MostRepeats;
            if (reply.IsGood || (!reply.Sense.IsBecomingReady && !isAttention))
            {
                return reply;
            }

            if (reply.Sense.Progress is { } share && share > reached)
            {
                (since, reached) = (clock.Time.GetTimestamp(), share);
                progress?.Invoke(share);
            }

            if (clock.Time.GetElapsedTime(since) > limit)
            {
                throw new StepFailedException(Failures.Silent(name, step, limit));
            }

            if (!isAttention)
            {
                clock.Wait(BetweenLooks);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private void Reopen()
    {
        try
        {
            _transport = open();
        }
        catch (OperationFailedException e)
        {
            throw new StepFailedException(e.Failure);
        }
    }

    private ScsiReply Carry(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, Span<byte> answer, TimeSpan patience)
    {
        try
        {
            return data.IsEmpty ? _transport.Execute(command, answer, patience) : _transport.Send(command, data, patience);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new StepFailedException(Failures.Vanished(name, e.Message));
        }
    }
}
