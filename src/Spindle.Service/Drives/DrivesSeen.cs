// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Drives;

namespace Spindle.Service.Drives;

/// <summary>What the drives of this station look like, for all who ask: a look costs the drives time, so one serves everybody for a moment, and there are never two at once.</summary>
/// <param name="equipment">What looks at them.</param>
public sealed class DrivesSeen(Equipment equipment)
{
    /// <summary>How long a look is true.</summary>
    public static TimeSpan Fresh { get; } = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<Look>? _look;

    /// <summary>The drives.</summary>
    /// <param name="cancellationToken">Ends the wait for them; whoever else waits gets them all the same.</param>
    /// <exception cref="OperationFailedException">They can't be looked at.</exception>
    public async Task<DrivesDocument> GetAsync(CancellationToken cancellationToken) => (await LookAsync(cancellationToken)).Drives;

    /// <summary>The same as <c>spindle drives --json</c> prints it.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<ReadOnlyMemory<byte>> JsonAsync(CancellationToken cancellationToken) => (await LookAsync(cancellationToken)).Json;

    /// <summary>Something was changed about them: the next who asks has them looked at.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _look = null;
        }
    }

    private Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            bool isStale = _look is not { IsCompleted: false } && !(_look is { IsCompletedSuccessfully: true, Result: var look } && equipment.Time.GetElapsedTime(look.At) < Fresh);
            if (isStale)
            {
                _look = Task.Run(RunAsync, CancellationToken.None);
            }

            return _look!.WaitAsync(cancellationToken);
        }
    }

    private async Task<Look> RunAsync()
    {
        DrivesDocument drives = await DrivesVerb.Verb.RunAsync(new(), Work.Unattended(equipment with { Drives = _ => equipment.Drives(DriveLooks.Moment) }), CancellationToken.None);
        return new(drives, JsonSerializer.SerializeToUtf8Bytes(drives, DrivesVerb.Verb.Document), equipment.Time.GetTimestamp());
    }

    private sealed record Look(DrivesDocument Drives, byte[] Json, long At);
}
