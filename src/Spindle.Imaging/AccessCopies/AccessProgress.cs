// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;

namespace Spindle.Imaging.AccessCopies;

/// <summary>How far all copies are together: pictures that were written, of about as many as there will be.</summary>
internal sealed class AccessProgress(IProgress<WorkProgress> progress)
{
    private const string Stage = "making-copies", Unit = "frames";

    private readonly Dictionary<string, long> _running = new(StringComparer.Ordinal);
    private readonly Lock _counting = new();
    private long _expected;
    private long _done;
    private long _bad;

    /// <summary>Counts a copy that is to be made.</summary>
    public void Expect(long frames) => _expected += frames;

    /// <summary>Tells that it begins.</summary>
    public void Begin() => Report(null);

    /// <summary>Tells how far one of them is.</summary>
    /// <param name="item">Its path.</param>
    /// <param name="what">What ffmpeg does with it.</param>
    /// <param name="at">How far that is.</param>
    /// <param name="frames">About how many pictures it will have.</param>
    public void At(string item, string what, FfmpegProgress at, long frames)
    {
        lock (_counting)
        {
            if (what == "copying")
            {
                _running[item] = Math.Min(at.Frames, frames);
            }

            Report($"{Path.GetFileName(item)}{(what == "copying" ? "" : $", {what}")}{(at.Speed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {at.Speed:0.0}x") : "")}");
        }
    }

    /// <summary>One of them is done, however it ended.</summary>
    public void Done(string item, long frames, bool needsPerson)
    {
        lock (_counting)
        {
            _running.Remove(item);
            _done += frames;
            _bad += needsPerson ? 1 : 0;
            Report(Path.GetFileName(item));
        }
    }

    /// <summary>Tells that all of them are.</summary>
    public void End() => Report(null);

    private void Report(string? item) => progress.Report(new(Stage, _done + _running.Values.Sum(), _expected, Unit) { Item = item, Trouble = WorkTrouble.Of(_bad, "copies needing a person") });
}
