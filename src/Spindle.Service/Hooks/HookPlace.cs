// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Files;

namespace Spindle.Service.Hooks;

/// <summary>How far a hook was told: the next service goes on there.</summary>
/// <param name="Event">The last event of the register that needs not be told any more.</param>
/// <param name="Day">The last day of which it got the digest, or needs none.</param>
internal sealed record HookPlace(long Event, DateOnly Day)
{
    private const string Name = "hook.json";

    /// <summary>Reads it; null where there is none yet.</summary>
    public static HookPlace? Read(string folder)
    {
        try
        {
            string path = Path.Combine(folder, Name);
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), HookJson.Form.HookPlace) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps it.</summary>
    /// <exception cref="Media.OperationFailedException">It can't be written.</exception>
    public void Write(string folder) => WholeFile.Write(Path.Combine(folder, Name), stream => JsonSerializer.Serialize(stream, this, HookJson.Form.HookPlace));
}
