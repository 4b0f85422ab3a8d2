// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Labels;

/// <summary><c>label</c>: what is printed on discs of an archive, or put into their cases.</summary>
public static class LabelVerb
{
    internal const string Name = "label";

    /// <summary>The verb.</summary>
    public static Verb<LabelRequest, LabelDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = LabelJson.Form.LabelRequest,
        Document = LabelJson.Form.LabelDocument,
        RunAsync = (request, _, cancellationToken) => Task.Run(() => Run(request, cancellationToken), CancellationToken.None),
    };

    /// <summary>What labels can be for: each has a template.</summary>
    public static IReadOnlyList<string> Forms => LabelTemplate.Forms;

    /// <summary>The papers that are known.</summary>
    public static IReadOnlyList<string> Papers => LabelSheet.Known;

    private static LabelDocument Run(LabelRequest request, CancellationToken cancellationToken)
    {
        if (!Forms.Contains(request.For) && request.Template is null)
        {
            throw Failures.NoForm(request.For);
        }

        if (request.SaveTemplate is { } place)
        {
            Write(place, request.Overwrite, stream => stream.Write(Encoding.UTF8.GetBytes(LabelTemplate.TextOf(request.For))));
            return new() { Labels = [], Template = place, Pages = 0, Concerns = [] };
        }

        string to = request.To ?? throw Failures.NothingAsked();
        bool isPaper = to.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase);
        if (!isPaper && !to.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw Failures.NoKind(to);
        }

        LabelTemplate template = request.Template is { } own ? LabelTemplate.Read(own) : LabelTemplate.OfForm(request.For);
        LabelSheet? sheet = isPaper ? new(LabelSheet.Known.Contains(request.Paper) ? request.Paper : throw Usage.Error($"--paper {request.Paper} is not known", $"one of {string.Join(", ", LabelSheet.Known)}"), template) : null;
        List<string> concerns = [];
        List<(LabelPart Label, XElement Drawing)> labels = [];
        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(request.Catalogue);
        DiscStore store = new(database);
        IReadOnlyList<DiscRecord> all = store.All();
        foreach (int number in request.Discs is { Count: > 0 } some ? some.Distinct() : all.Select(disc => disc.Number))
        {
            cancellationToken.ThrowIfCancellationRequested();
            DiscRecord disc = all.FirstOrDefault(one => one.Number == number) ?? store.Get(number);
            DiscContents contents = store.Contents(number);
            foreach (DiscCopy? copy in CopiesOf(disc, request.Copy))
            {
                XElement drawing = template.Fill(LabelFields.Of(disc, contents, copy, all.Count), cut => concerns.Add($"disc {disc.Number.ToString(CultureInfo.InvariantCulture)}: there was no room for all of {cut}"));
                labels.Add((new(disc.Number, disc.Label, copy?.Name), drawing));
            }
        }

        if (labels.Count == 0)
        {
            throw Failures.NoDisc(request.Catalogue);
        }

        return isPaper ? Print(to, request.Overwrite, labels, sheet!, concerns) : Draw(to, request.Overwrite, labels, concerns);
    }

    /// <summary>Without a word, a label that is right for each copy; a copy that is named is to be there.</summary>
    private static IEnumerable<DiscCopy?> CopiesOf(DiscRecord disc, string? copy)
    {
        if (copy == "all")
        {
            return disc.Copies;
        }

        DiscCopy? one = copy is null ? (disc.Copies is [var only] ? only : null) : disc.Copies.FirstOrDefault(one => one.Name == copy) ?? throw Failures.NoCopy(disc.Number, copy);
        return [one];
    }

    private static LabelDocument Print(string to, bool overwrite, List<(LabelPart Label, XElement Drawing)> labels, LabelSheet sheet, List<string> concerns)
    {
        List<PdfPage> pages = sheet.Lay([.. labels.Select(label => label.Drawing)]);
        int unknown = pages.Sum(page => page.Unknown);
        if (unknown > 0)
        {
            concerns.Add($"{Figures.Count(unknown, "letter", "letters")} that the font of a PDF has not: there stands a question mark; an SVG shows them");
        }

        Write(to, overwrite, stream => PdfWriter.Write(stream, pages));
        return new() { Labels = [.. labels.Select(label => label.Label with { File = to })], Pages = pages.Count, Concerns = concerns };
    }

    /// <summary>One drawing a file: with several labels, their numbers come into the names.</summary>
    private static LabelDocument Draw(string to, bool overwrite, List<(LabelPart Label, XElement Drawing)> labels, List<string> concerns)
    {
        List<LabelPart> told = [];
        foreach ((LabelPart label, XElement drawing) in labels)
        {
            string copy = label.Copy is { } name ? $"-{string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'))}" : "";
            string file = labels.Count == 1 ? to : string.Create(CultureInfo.InvariantCulture, $"{to[..^4]}-{label.Disc:D4}{copy}{to[^4..]}");
            Write(file, overwrite, stream => new XDocument(drawing).Save(stream, SaveOptions.DisableFormatting));
            told.Add(label with { File = file });
        }

        return new() { Labels = told, Pages = 0, Concerns = concerns };
    }

    private static void Write(string path, bool overwrite, Action<Stream> write)
    {
        if (File.Exists(path) && !overwrite)
        {
            throw Failures.Exists(path);
        }

        WholeFile.Write(path, write);
    }
}

/// <summary>Which labels are drawn.</summary>
public sealed record LabelRequest
{
    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>The discs, by their numbers; none for all.</summary>
    public IReadOnlyList<int>? Discs { get; init; }

    /// <summary>Which copy of each; <c>all</c> for a label each; null for the only one, or none in particular.</summary>
    public string? Copy { get; init; }

    /// <summary>What they are for: <c>disc</c>, <c>jewel</c>, <c>dvd</c>, <c>bd</c>, <c>sleeve</c>.</summary>
    public string For { get; set; } = "disc";

    /// <summary>A template of one's own; null for that of what they are for.</summary>
    public string? Template { get; init; }

    /// <summary>Where they belong: a file that ends in <c>.svg</c>, or <c>.pdf</c>.</summary>
    public string? To { get; init; }

    /// <summary>The paper of a PDF: <c>a4</c>, <c>letter</c>, <c>a3</c>.</summary>
    public string Paper { get; set; } = "a4";

    /// <summary>Writes the template into this file instead, to be changed.</summary>
    public string? SaveTemplate { get; init; }

    /// <summary>Whether files of that name may be replaced.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>Labels that were drawn.</summary>
public sealed record LabelDocument : Document
{
    /// <summary>The labels, in their order.</summary>
    public required IReadOnlyList<LabelPart> Labels { get; init; }

    /// <summary>Sheets of paper; 0 where there is none.</summary>
    public required int Pages { get; init; }

    /// <summary>Where the template was written to; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Template { get; init; }

    /// <summary>What could not be shown as it is, in plain English.</summary>
    public required IReadOnlyList<string> Concerns { get; init; }

    /// <inheritdoc/>
    protected override string Verb => LabelVerb.Name;
}

/// <summary>A label.</summary>
/// <param name="Disc">The number of its disc.</param>
/// <param name="Label">What that is called.</param>
/// <param name="Copy">Which copy; null for none in particular.</param>
public sealed record LabelPart(int Disc, string Label, string? Copy)
{
    /// <summary>The file in which it is.</summary>
    public string? File { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LabelRequest))]
[JsonSerializable(typeof(LabelDocument))]
internal sealed partial class LabelJson : JsonSerializerContext
{
    public static LabelJson Form { get; } = new(JsonForm.Options());
}
