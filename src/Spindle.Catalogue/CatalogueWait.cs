// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Catalogue;

/// <summary>Waits for a catalogue that another command is changing, for as long as that takes, and says so.</summary>
public sealed class CatalogueWait
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);

    private readonly IProgress<WorkProgress> _progress;
    private readonly bool _isToEnter;
    private readonly CancellationToken _cancellationToken;
    private bool _isTold;

    private CatalogueWait(IProgress<WorkProgress> progress, bool isToEnter, CancellationToken cancellationToken) =>
        (_progress, _isToEnter, _cancellationToken) = (progress, isToEnter, cancellationToken);

    /// <summary>To work with it: nothing was done yet, and who ends the wait ends it all.</summary>
    /// <param name="progress">Told of it, once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static CatalogueWait ToWork(IProgress<WorkProgress> progress, CancellationToken cancellationToken) => new(progress, isToEnter: false, cancellationToken);

    /// <summary>To enter what was done: who ends the wait is told that it is not entered.</summary>
    /// <inheritdoc cref="ToWork"/>
    public static CatalogueWait ToEnter(IProgress<WorkProgress> progress, CancellationToken cancellationToken) => new(progress, isToEnter: true, cancellationToken);

    /// <summary>Waits until it can be tried again.</summary>
    /// <exception cref="OperationCanceledException">It is not to be tried any more.</exception>
    /// <exception cref="OperationFailedException">The same, where something was to be entered.</exception>
    internal void Moment(string path)
    {
        if (!_isTold)
        {
            _isTold = true;
            _progress.Report(new("waiting-for-the-catalogue", 0, 0, "changes") { Item = $"another command is changing {path}" });
        }

        _cancellationToken.WaitHandle.WaitOne(BetweenAttempts);
        if (_isToEnter && _cancellationToken.IsCancellationRequested)
        {
            throw new OperationFailedException(Failures.Busy(path));
        }

        _cancellationToken.ThrowIfCancellationRequested();
    }
}
