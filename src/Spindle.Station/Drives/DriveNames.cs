// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Files;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Drives;

/// <summary>What people call the drives of this station, such as <c>left</c>: a name sticks to the drive, and not to the number that it has today.</summary>
public sealed class DriveNames
{
    private const int LongestName = 60; // characters

    private readonly string _path;
    private readonly Dictionary<string, string> _names;

    private DriveNames(string path, Dictionary<string, string> names) => (_path, _names) = (path, names);

    /// <summary>Reads them.</summary>
    /// <param name="folder">Where this station keeps what it knows of itself.</param>
    /// <exception cref="OperationFailedException"><c>names-unreadable</c>.</exception>
    public static DriveNames In(string folder)
    {
        string path = Path.Combine(folder, "drives.json");
        try
        {
            return new(path, File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), DrivesJson.Form.DriveNamesFile)?.Names ?? [] : []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new OperationFailedException(new("names-unreadable", $"the names of the drives in {path} can't be read: {e.Message}", "mend or remove that file; names are given anew with 'spindle drives --name'"), e);
        }
    }

    /// <summary>What a drive is called; null for a drive without a name.</summary>
    /// <param name="identity">As <see cref="Spindle.Imaging.Sources.DriveReport.Identity"/> has it; null where the drive has none.</param>
    public string? this[string? identity] => identity is null ? null : _names.GetValueOrDefault(identity);

    /// <summary>Calls a drive something else, or nothing.</summary>
    /// <param name="identity">The drive.</param>
    /// <param name="name">1 to 60 characters that can be shown; empty for none.</param>
    /// <exception cref="OperationFailedException"><c>usage</c>; or what the target refuses.</exception>
    public void Set(string identity, string name)
    {
        name = name.Trim();
        if (name.Length > LongestName || name.Any(char.IsControl))
        {
            throw Usage.Error($"a name has {LongestName} characters at most, none of them a control character", "such as 'left'");
        }

        if (_names.FirstOrDefault(other => other.Key != identity && string.Equals(other.Value, name, StringComparison.OrdinalIgnoreCase)) is { Key: { } taken } && name.Length > 0)
        {
            throw Usage.Error($"the drive {taken} is called {name} already", "give it another name first; --name '' takes one away");
        }

        _names.Remove(identity);
        if (name.Length > 0)
        {
            _names[identity] = name;
        }

        TargetFailure.Told(_path, () => Directory.CreateDirectory(Path.GetDirectoryName(_path)!));
        WholeFile.Write(_path, stream => JsonSerializer.Serialize(stream, new DriveNamesFile(_names), DrivesJson.Form.DriveNamesFile));
    }
}

/// <summary>The file in which the names are kept.</summary>
/// <param name="Names">By identity.</param>
internal sealed record DriveNamesFile(Dictionary<string, string> Names)
{
    /// <summary>Of what form it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/drive-names/1";
}
