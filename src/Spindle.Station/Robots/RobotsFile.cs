// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Changers.Opening;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Robots;

/// <summary>The robots of a station, as people wrote them down: <c>robots.json</c> in its folder (docs/formats/robots.md).</summary>
internal static class RobotsFile
{
    private const string FileName = "robots.json";

    /// <summary>Reads it; none where there is no such file.</summary>
    /// <exception cref="OperationFailedException"><c>robots-unreadable</c>.</exception>
    public static IReadOnlyDictionary<string, RobotSettings> In(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new Dictionary<string, RobotSettings>();
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(Strict(File.ReadAllBytes(path)));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("robots", out JsonElement robots) || robots.ValueKind != JsonValueKind.Object)
            {
                throw Unreadable(path, "it has no \"robots\"", null);
            }

            return robots.EnumerateObject().ToDictionary(robot => NameOf(robot.Name, path), robot => Read(robot, path), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            throw Unreadable(path, e.Message, e);
        }
    }

    /// <summary>The same without what people may write, and JSON has not.</summary>
    private static ReadOnlyMemory<byte> Strict(byte[] text)
    {
        using JsonDocument loose = JsonDocument.Parse(text, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        using MemoryStream strict = new();
        using (Utf8JsonWriter writer = new(strict))
        {
            loose.RootElement.WriteTo(writer);
        }

        return strict.ToArray();
    }

    private static string NameOf(string name, string path) => name.Length is > 0 and <= 60 && !name.Any(character => char.IsControl(character) || character == ':') ? name
        : throw Unreadable(path, "a robot's name has 1 to 60 characters, and no colon, which stands in front of slots", null);

    private static RobotSettings Read(JsonProperty robot, string path)
    {
        try
        {
            return RequestReader.Read(robot.Value, RobotJson.Form.RobotSettings);
        }
        catch (OperationFailedException e)
        {
            throw Unreadable(path, $"of {robot.Name}: {e.Failure.What.Replace("the request", "it", StringComparison.Ordinal)}", e);
        }
    }

    private static OperationFailedException Unreadable(string path, string why, Exception? cause) => new(
        new("robots-unreadable", $"the robots in {path} can't be read: {why}", "docs/formats/robots.md says what that file is"), cause);
}
