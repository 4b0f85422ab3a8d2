// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Files;
using Spindle.Files.Locks;
using Spindle.Media;

namespace Spindle.Changers.Moving;

/// <summary>
/// What is known of a robot beyond what it says itself: which disc lies where, and the move that is under way. A file in the station's folder, whole
/// after each change, so that who is killed in the middle of a move leaves word of it.
/// </summary>
/// <remarks>Read and changed only by who has its <see cref="TryLock"/>.</remarks>
public sealed class RobotMemory
{
    private readonly string _path;
    private readonly Dictionary<RobotPlace, KnownDisc> _known = [];

    private RobotMemory(string path) => _path = path;

    /// <summary>The discs that were looked at, and where they are now.</summary>
    public IReadOnlyDictionary<RobotPlace, KnownDisc> Known => _known;

    /// <summary>The move that is under way, or was when its program ended; null where there is none.</summary>
    public UnfinishedMove? Move { get; private set; }

    /// <summary>Takes a robot for one move or look: another program of Spindle waits meanwhile.</summary>
    /// <param name="folder">Of the station.</param>
    /// <param name="robot">The robot's own name (<see cref="KeyOf"/>).</param>
    /// <returns>Null where another one has it.</returns>
    /// <exception cref="OperationFailedException">The folder can't be written.</exception>
    public static FileLock? TryLock(string folder, string robot)
    {
        string path = PathOf(folder, robot);
        return TargetFailure.Told(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return FileLock.TryTake(path + ".lock");
        });
    }

    /// <summary>Reads what is known of a robot; nothing where nothing was written yet.</summary>
    /// <exception cref="OperationFailedException"><c>robot-state-unreadable</c>.</exception>
    public static RobotMemory Open(string folder, string robot)
    {
        RobotMemory memory = new(PathOf(folder, robot));
        try
        {
            RobotMemoryFile? file = File.Exists(memory._path) ? JsonSerializer.Deserialize(File.ReadAllBytes(memory._path), RobotMemoryJson.Form.RobotMemoryFile) : null;
            memory.Move = file?.Move;
            foreach ((string text, KnownDisc disc) in file?.Known ?? [])
            {
                if (RobotPlace.TryParse(text, out RobotPlace place))
                {
                    memory._known[place] = disc;
                }
            }

            return memory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Failures.NotRemembered(memory._path, e);
        }
    }

    /// <summary>A robot's name as part of a file's name: letters, digits, and few signs.</summary>
    public static string KeyOf(string robot)
    {
        string key = string.Concat(robot.Select(character => char.IsAsciiLetterOrDigit(character) || "._-".Contains(character) ? character : '_')).Trim('_', '.');
        return key.Length == 0 ? "robot" : key[..Math.Min(key.Length, 100)];
    }

    /// <summary>Writes down that a move begins.</summary>
    public void Begin(RobotPlace from, RobotPlace to, DateTimeOffset now)
    {
        Move = new(from.ToString(), to.ToString(), now);
        Store();
    }

    /// <summary>Writes down how the move has ended: what was known of the disc goes with it.</summary>
    /// <param name="at">Where the disc is now; null where nobody knows.</param>
    public void End(RobotPlace? at)
    {
        if (Move is { } move && RobotPlace.TryParse(move.From, out RobotPlace from) && RobotPlace.TryParse(move.To, out RobotPlace to))
        {
            _known.Remove(from, out KnownDisc? disc);
            _known.Remove(to);
            if (at is { IsPile: false } place && disc is not null)
            {
                _known[place] = from.Kind == PlaceKind.Slot && place.Kind == PlaceKind.Drive ? disc with { Home = from.ToString() } : disc;
            }
        }

        Move = null;
        Store();
    }

    /// <summary>Enters what a disc is that was looked at.</summary>
    public void Know(RobotPlace place, KnownDisc disc)
    {
        _known[place] = disc;
        Store();
    }

    /// <summary>Drops all that can't be true any more, seeing what a robot says; it has told of no more than was asked.</summary>
    /// <param name="inventory">What it says.</param>
    /// <returns>The places of which something was known that is not believed any more.</returns>
    public IReadOnlyList<RobotPlace> Agree(RobotInventory inventory)
    {
        RobotPlace[] forgotten = [.. _known.Where(pair => inventory.Events.Count > 0 || IsRefuted(pair.Value, inventory[pair.Key])).Select(pair => pair.Key)];
        foreach (RobotPlace place in forgotten)
        {
            _known.Remove(place);
        }

        if (forgotten.Length > 0)
        {
            Store();
        }

        return forgotten;
    }

    private static bool IsRefuted(KnownDisc disc, RobotElement? element) =>
        element is null || element.Content == PlaceContent.Empty || (element.Content == PlaceContent.Full && disc.Barcode is not null && disc.Barcode != element.Barcode);

    private static string PathOf(string folder, string robot) => Path.Combine(folder, "robots", $"{KeyOf(robot)}.json");

    private void Store() => WholeFile.Write(_path, stream => JsonSerializer.Serialize(
        stream, new RobotMemoryFile(_known.OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Number).ToDictionary(pair => pair.Key.ToString(), pair => pair.Value), Move), RobotMemoryJson.Form.RobotMemoryFile));
}

/// <summary>The file in which it is kept (docs/formats/robots.md).</summary>
/// <param name="Known">By places.</param>
/// <param name="Move">What is under way.</param>
internal sealed record RobotMemoryFile(Dictionary<string, KnownDisc>? Known, UnfinishedMove? Move)
{
    /// <summary>Of what form it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/robot-state/1";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RobotMemoryFile))]
internal sealed partial class RobotMemoryJson : JsonSerializerContext
{
    public static RobotMemoryJson Form { get; } = new(JsonForm.Options());
}
