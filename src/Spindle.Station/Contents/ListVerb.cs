// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Contents;

/// <summary><c>ls</c>: what is in a directory of a disc.</summary>
public static class ListVerb
{
    internal const string Name = "ls";

    /// <summary>The verb.</summary>
    public static Verb<ListRequest, ListDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ListJson.Form.ListRequest,
        Document = ListJson.Form.ListDocument,
        RunAsync = (request, _, cancellationToken) => Task.FromResult(ListDocument.Open(request, cancellationToken)),
    };
}

/// <summary><c>tree</c>: all that is on a disc.</summary>
public static class TreeVerb
{
    internal const string Name = "tree";

    /// <summary>The verb.</summary>
    public static Verb<DiscChoice, TreeDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ListJson.Form.DiscChoice,
        Document = ListJson.Form.TreeDocument,
        RunAsync = (request, _, cancellationToken) => Task.FromResult(new TreeDocument(OpenedDisc.Open(request, cancellationToken), cancellationToken)),
    };
}

/// <summary>What is to be listed.</summary>
public sealed record ListRequest
{
    /// <summary>Of which disc.</summary>
    public required DiscChoice Disc { get; init; }

    /// <summary>The directory or file: names as recorded, separated by <c>/</c>.</summary>
    public string Path { get; set; } = "/";

    /// <summary>Whether what is below is listed, too.</summary>
    public bool Recursive { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DiscChoice))]
[JsonSerializable(typeof(ListRequest))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(TreeDocument))]
internal sealed partial class ListJson : JsonSerializerContext
{
    public static ListJson Form { get; } = new(JsonForm.Options());
}
