// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Catalogue;
using Spindle.Catalogue.Finding;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Finding;

/// <summary><c>find</c>: which disc has files, and where that is kept.</summary>
public static class FindVerb
{
    internal const string Name = "find";

    /// <summary>The verb.</summary>
    public static Verb<FindRequest, FindDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = FindJson.Form.FindRequest,
        Document = FindJson.Form.FindDocument,
        RunAsync = (request, _, cancellationToken) => Task.FromResult(new FindDocument(Required(request), cancellationToken)),
    };

    private static FindRequest Required(FindRequest request)
    {
        const int Digits = 64;
        string? hash = request.Sha256?.ToLowerInvariant();
        return hash is null || (hash.Length is > 0 and <= Digits && hash.All(char.IsAsciiHexDigit))
            ? request with { Sha256 = hash }
            : throw Usage.Error($"--sha256 {hash} is no hash", $"give up to {Digits} hexadecimal digits");
    }
}

/// <summary><c>where</c>: every version of a file, and where it is.</summary>
public static class WhereVerb
{
    internal const string Name = "where";

    /// <summary>The verb.</summary>
    public static Verb<WhereRequest, WhereDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = FindJson.Form.WhereRequest,
        Document = FindJson.Form.WhereDocument,
        RunAsync = (request, _, _) =>
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenForReading(request.Catalogue);
            return Task.FromResult(new WhereDocument { Matches = [.. new FileFinder(database).Where(request.Path).Select(FoundFilePart.Of)] });
        },
    };
}

/// <summary>Which file is sought.</summary>
/// <param name="Catalogue">The catalogue.</param>
/// <param name="Path">From the root of the archive, or of a disc that was imaged.</param>
public sealed record WhereRequest(string Catalogue, string Path);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(FindRequest))]
[JsonSerializable(typeof(FindDocument))]
[JsonSerializable(typeof(WhereRequest))]
[JsonSerializable(typeof(WhereDocument))]
internal sealed partial class FindJson : JsonSerializerContext
{
    public static FindJson Form { get; } = new(JsonForm.Options());
}
