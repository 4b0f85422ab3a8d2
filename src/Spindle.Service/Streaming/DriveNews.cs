// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Media;

namespace Spindle.Service.Streaming;

/// <summary>Sees what changes in drives, for all who watch: a disc that was put in, a tray that was opened, a job that has the drive.</summary>
/// <param name="look">Looks at them: a document with a list <c>drives</c>.</param>
/// <param name="form">In which words it is told.</param>
/// <param name="time">The clock.</param>
internal sealed class DriveNews(Func<CancellationToken, Task<JsonObject>> look, IEventForm form, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3); // a look costs the drives time

    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);
    private Task<JsonObject>? _looking;
    private long _looked;

    /// <summary>What changed since it was last told. Never waits: a drive that does not answer holds nobody up.</summary>
    /// <param name="last">The number of the last change of jobs.</param>
    /// <returns>Nothing where nothing did, or it is not known yet.</returns>
    public async Task<byte[]> TextAsync(long last)
    {
        if (_looking is null)
        {
            if (_looked == 0 || time.GetElapsedTime(_looked) >= Between)
            {
                _looking = look(CancellationToken.None);
                _looked = time.GetTimestamp();
            }

            return [];
        }

        if (!_looking.IsCompleted)
        {
            return [];
        }

        try
        {
            return Compare(await _looking, last);
        }
        catch (OperationFailedException)
        {
            return []; // who looks at drives is told; who waits for news of them waits on
        }
        finally
        {
            _looking = null;
        }
    }

    private byte[] Compare(JsonObject seen, long last)
    {
        EventText text = new();
        HashSet<string> gone = [.. _told.Keys];
        foreach (JsonObject drive in seen["drives"]!.AsArray().OfType<JsonObject>())
        {
            (string key, string now) = ((string)drive["id"]!, drive.ToJsonString(JsonForm.OneLine));
            gone.Remove(key);
            if (_told.GetValueOrDefault(key) != now)
            {
                _told[key] = now;
                form.Drive(text, last, key, now);
            }
        }

        foreach (string key in gone)
        {
            _told.Remove(key);
            form.Drive(text, last, key, null);
        }

        return text.ToArray();
    }
}
