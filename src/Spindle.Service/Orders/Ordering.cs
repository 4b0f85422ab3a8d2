// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Station.CommandLines;
using Spindle.Station.Contract;
using Spindle.Station.Imaging;

namespace Spindle.Service.Orders;

/// <summary>Makes a job of what somebody asks for: what makes no sense is refused now, and not when its turn comes.</summary>
public static class Ordering
{
    private const string NoMap = "none"; // in the place of a map
    private const string CommandLineKey = "commandLine"; // of a request for an image
    private const string StandardOutput = "-", Devices = "/dev/";

    /// <summary>Makes the order of a job.</summary>
    /// <param name="verb">What is asked.</param>
    /// <param name="request">Its request, as of docs/formats/requests.md.</param>
    /// <param name="driveIdentity">Names the drive that a path is, as <see cref="Equipment.DriveIdentity"/>.</param>
    /// <param name="details">What is said beside.</param>
    /// <exception cref="OperationFailedException"><c>not-a-request</c>: it is no request of the verb, or names a path of which nothing says where it begins. Else a drive
    /// that it names can't be looked at.</exception>
    public static JobOrder Of(IVerb verb, JsonElement request, Func<string, string?> driveIdentity, OrderDetails details)
    {
        OrderRule rule = OrderRules.Of(verb.Name) ?? throw Failures.NoJob(verb.Name);
        if (details.Priority is < -JobOrder.MostPriority or > JobOrder.MostPriority)
        {
            throw Failures.OddPriority(details.Priority, JobOrder.MostPriority);
        }

        verb.GiveAsync(new Reader(request)).GetAwaiter().GetResult();
        JsonNode root = Parse(request);
        SortedSet<string> resources = new(StringComparer.Ordinal);
        foreach ((string key, PathUse use) in rule.Paths)
        {
            RequestTexts.Change(root, key, path =>
            {
                if (use == PathUse.Disc && DriveOf(path, driveIdentity) is { } drive)
                {
                    resources.Add($"drive:{drive}");
                    return path;
                }

                string whole = Whole(path, key, use, details.Folder);
                if (use == PathUse.Holds)
                {
                    resources.Add($"catalogue:{RealPath.Of(whole)}");
                }

                return whole;
            });
        }

        bool hasDrive = resources.Any(name => name.StartsWith("drive:", StringComparison.Ordinal));
        resources.UnionWith(Targets(root, rule).Select(path => $"target:{RealPath.Of(path)}"));
        bool isMovable = rule.OnlyReads && resources.Count == 0 && !rule.Paths.Any(path => path.Use == PathUse.Enters && RequestTexts.Get(root, path.Key).Count > 0);
        if (rule.NeedsProcessor && !hasDrive)
        {
            resources.Add(JobOrder.Processor);
        }

        return new()
        {
            Id = details.Id ?? Guid.CreateVersion7(),
            Verb = verb.Name,
            Title = details.Title ?? TitleOf(root, rule, driveIdentity),
            Request = Recorded(verb.Name, root).ToJsonString(),
            Resources = [.. resources],
            Station = details.Station,
            IsMovable = isMovable,
            Priority = details.Priority,
            Batch = details.Batch,
            Operator = details.Operator ?? RequestTexts.Get(root, "operator").FirstOrDefault(),
        };
    }

    /// <summary>The request with which a job goes on that was cut off: by a kill, a crash, a pulled plug, or because somebody stopped it.</summary>
    /// <param name="verb">The verb's name.</param>
    /// <param name="request">Its request, as JSON.</param>
    public static string GoingOn(string verb, string request)
    {
        if (OrderRules.Of(verb) is not { GoesOnBy: { } key } rule || JsonNode.Parse(request) is not JsonObject root
            || (rule.GoesOnWith is { } with && RequestTexts.Get(root, with).Count == 0))
        {
            return request;
        }

        root[key] = true;
        return (root.Remove(CommandLineKey) ? Recorded(verb, root) : root).ToJsonString();
    }

    /// <summary>The record of an image says with which command it was made: where nobody wrote one, it is what would have been written.</summary>
    private static JsonNode Recorded(string verb, JsonNode root)
    {
        if (verb == ImageVerb.Verb.Name && root is JsonObject request && string.IsNullOrEmpty((string?)request[CommandLineKey]))
        {
            request.Remove(CommandLineKey);
            using JsonDocument document = JsonDocument.Parse(request.ToJsonString());
            request[CommandLineKey] = CommandLine.Of(verb, document.RootElement);
        }

        return root;
    }

    /// <summary>Whether a path of a job leads to another drive now than when it was ordered: the system counts its drives anew when it starts, and as they are plugged in.</summary>
    /// <param name="order">The job.</param>
    /// <param name="driveIdentity">Names the drive that a path is.</param>
    /// <returns>The path, and the drive that is there now; null where all are as they were, or can't be looked at.</returns>
    public static (string Path, string Drive)? OtherDrive(JobOrder order, Func<string, string?> driveIdentity)
    {
        if (!order.Resources.Any(name => name.StartsWith("drive:", StringComparison.Ordinal)) || OrderRules.Of(order.Verb) is not { } rule)
        {
            return null;
        }

        JsonNode? root = JsonNode.Parse(order.Request);
        foreach (string path in rule.Paths.Where(path => path.Use == PathUse.Disc).SelectMany(path => RequestTexts.Get(root, path.Key)))
        {
            try
            {
                if (driveIdentity(path) is { } drive && !order.Resources.Contains($"drive:{drive}") && !order.Resources.Contains($"drive:{path}"))
                {
                    return (path, drive);
                }
            }
            catch (OperationFailedException)
            {
                // The work itself will say what is wrong with it.
            }
        }

        return null;
    }

    private static JsonNode Parse(JsonElement request)
    {
        try
        {
            return JsonNode.Parse(request.GetRawText(), documentOptions: new() { AllowDuplicateProperties = false })!;
        }
        catch (JsonException e)
        {
            throw Failures.SaysTwice(e);
        }
    }

    private static string? DriveOf(string path, Func<string, string?> driveIdentity)
    {
        try
        {
            return driveIdentity(path);
        }
        catch (OperationFailedException e) when (e.Failure.Code == "source-busy")
        {
            return path; // a drive, and that it is busy now says nothing of later
        }
    }

    private static string Whole(string path, string key, PathUse use, string? folder) =>
        use == PathUse.Reads && path == NoMap && key.EndsWith("map", StringComparison.Ordinal) ? path
        : use == PathUse.Writes && (path == StandardOutput || path.StartsWith(Devices, StringComparison.Ordinal)) ? throw Failures.StandardOutput(key)
        : Path.IsPathFullyQualified(path) ? Path.GetFullPath(path)
        : Path.GetFullPath(path, folder ?? throw Failures.RelativePath(key, path));

    private static IEnumerable<string> Targets(JsonNode root, OrderRule rule)
    {
        IReadOnlyList<string> written = rule.Writes.Select(key => RequestTexts.Get(root, key)).FirstOrDefault(paths => paths.Count > 0) ?? [];
        if (rule.Name is null)
        {
            return written;
        }

        string? name = RequestTexts.Get(root, rule.Name).FirstOrDefault();
        return name is null ? [] : written.Select(path => Path.Combine(path, ImageName.Of(name)!)); // without a name, it is the volume's
    }

    private static string TitleOf(JsonNode root, OrderRule rule, Func<string, string?> driveIdentity)
    {
        string? key = rule.Title.FirstOrDefault(key => RequestTexts.Get(root, key).Count > 0);
        if (key is null)
        {
            return rule.Verb;
        }

        IReadOnlyList<string> texts = RequestTexts.Get(root, key);
        bool isPath = rule.Paths.Any(path => path.Key == key);
        string first = isPath && DriveOf(texts[0], driveIdentity) is null && Path.GetFileName(Path.TrimEndingDirectorySeparator(texts[0])) is { Length: > 0 } name ? name : texts[0];
        return texts.Count == 1 ? first : $"{first} and {Figures.Count(texts.Count - 1, "other", "others")}";
    }

    private sealed class Reader(JsonElement request) : IVerbUser<bool>
    {
        public Task<bool> UseAsync<TRequest, TDocument>(Verb<TRequest, TDocument> verb)
            where TRequest : notnull
            where TDocument : Document
        {
            RequestReader.Read(request, verb.Request);
            return Task.FromResult(true);
        }
    }
}
