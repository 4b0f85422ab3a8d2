// SPDX-License-Identifier: MIT
namespace Spindle.Service.Streaming;

/// <summary>One who watches: what it is to be told, as long as it has not been sent.</summary>
/// <param name="seen">The last event that came before it.</param>
internal sealed class Watcher(long seen)
{
    private const int MostWaiting = 1000; // texts, each of the events of a moment
    private const int FewWaiting = 8;

    private readonly Lock _lock = new();
    private readonly Queue<(byte[] Text, bool IsProgress)> _waiting = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasProgress, _isOver;

    /// <summary>The last event that came before it: what is behind that, it is told.</summary>
    public long Seen => seen;

    /// <summary>Whether it has not taken what it was told already: what can wait is told later.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > FewWaiting;
            }
        }
    }

    /// <summary>Tells it something. Progress is left out where the last one has not been sent yet: what is sent later is newer. Who is so far behind that changes pile up is given up, and may ask again for what it missed.</summary>
    public void Tell(byte[] text, bool isProgress)
    {
        lock (_lock)
        {
            if (_isOver || (isProgress && _hasProgress))
            {
                return;
            }

            _isOver = _waiting.Count >= MostWaiting;
            _waiting.Enqueue((text, isProgress));
            _hasProgress |= isProgress;
            _news.TrySetResult();
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isOver = true;
            _news.TrySetResult();
        }
    }

    /// <summary>Waits for something to tell.</summary>
    /// <param name="texts">Gets it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where nothing more will come.</returns>
    public async Task<bool> NextAsync(List<byte[]> texts, CancellationToken cancellationToken)
    {
        await _news.Task.WaitAsync(cancellationToken);
        lock (_lock)
        {
            texts.AddRange(_waiting.Select(one => one.Text));
            _waiting.Clear();
            _hasProgress = false;
            if (!_isOver)
            {
                _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return !_isOver || texts.Count > 0;
        }
    }
}
