// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Service.Arming;

/// <summary>Which drives start by themselves, and how far their names have counted: <c>armed.json</c> in the folder of the station. One service at a time has it.</summary>
public sealed class ArmedDrives
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private ArmedDrivesFile _file;

    private ArmedDrives(string path, ArmedDrivesFile file) => (_path, _file) = (path, file);

    /// <summary>Reads them.</summary>
    /// <param name="folder">The folder of the station.</param>
    /// <exception cref="OperationFailedException"><c>armed-unreadable</c>.</exception>
    public static ArmedDrives In(string folder)
    {
        string path = Path.Combine(folder, "armed.json");
        try
        {
            return new(path, File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ArmingJson.Form.ArmedDrivesFile) ?? new() : new());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new OperationFailedException(new("armed-unreadable", $"which drives start by themselves can't be read from {path}: {e.Message}", "mend or remove that file; drives are armed anew on their pages"), e);
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<ArmedDrive> All
    {
        get
        {
            lock (_lock)
            {
                return _file.Drives;
            }
        }
    }

    /// <summary>One; null where that drive does not start by itself.</summary>
    public ArmedDrive? Of(string drive) => All.FirstOrDefault(armed => armed.Drive == drive);

    /// <summary>From now on each disc in that drive is imaged.</summary>
    /// <exception cref="OperationFailedException">It can't be written down.</exception>
    public void Arm(ArmedDrive armed) => Change(file => file with { Drives = [.. file.Drives.Where(other => other.Drive != armed.Drive), armed] });

    /// <summary>From now on nothing begins by itself in that drive.</summary>
    /// <exception cref="OperationFailedException">It can't be written down.</exception>
    public void Disarm(string drive) => Change(file => file with { Drives = [.. file.Drives.Where(other => other.Drive != drive)] });

    /// <summary>The next number of a template: no number is given twice.</summary>
    /// <exception cref="OperationFailedException">It can't be written down, and is not given.</exception>
    public int NextNumber(ArmedDrive armed)
    {
        string counter = $"{armed.Batch}\n{armed.NameTemplate}";
        int number = 0;
        Change(file =>
        {
            number = file.Counters.GetValueOrDefault(counter) + 1;
            return file with { Counters = new Dictionary<string, int>(file.Counters) { [counter] = number } };
        });
        return number;
    }

    private void Change(Func<ArmedDrivesFile, ArmedDrivesFile> change)
    {
        lock (_lock)
        {
            ArmedDrivesFile changed = change(_file);
            TargetFailure.Told(_path, () => Directory.CreateDirectory(Path.GetDirectoryName(_path)!));
            WholeFile.Write(_path, stream => JsonSerializer.Serialize(stream, changed, ArmingJson.Form.ArmedDrivesFile));
            _file = changed;
        }
    }
}

/// <summary>The file.</summary>
internal sealed record ArmedDrivesFile
{
    /// <summary>Of what form it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/armed/1";

    /// <summary>The drives.</summary>
    public IReadOnlyList<ArmedDrive> Drives { get; set; } = [];

    /// <summary>The last number that was given, by batch and template with a line feed between.</summary>
    public IReadOnlyDictionary<string, int> Counters { get; set; } = new Dictionary<string, int>();
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ArmedDrivesFile))]
internal sealed partial class ArmingJson : JsonSerializerContext
{
    public static ArmingJson Form { get; } = new(JsonForm.Options());
}
