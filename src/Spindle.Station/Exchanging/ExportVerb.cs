// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Catalogue;
using Spindle.Catalogue.Exchange;
using Spindle.Files;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Exchanging;

/// <summary><c>export</c>: the catalogue for people, other programs, and the next fifty years.</summary>
public static class ExportVerb
{
    internal const string Name = "export";

    private const string StandardOutput = "-";
    private const int UnixBrokenPipe = 32; // EPIPE

    /// <summary>The verb.</summary>
    public static Verb<ExportRequest, ExportDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = ExchangeJson.Form.ExportRequest,
        Document = ExchangeJson.Form.ExportDocument,
        RunAsync = (request, work, cancellationToken) => Task.Run(() => Export(request, work.Equipment, cancellationToken), CancellationToken.None),
    };

    private static ExportDocument Export(ExportRequest request, Equipment equipment, CancellationToken cancellationToken)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(request.Catalogue);
        (long newestScan, long newestPlan) = CatalogueJson.Newest(database);
        (long Scan, long Plan) at = (request.Scan ?? newestScan, request.Plan ?? newestPlan);
        if (at.Scan < 0 || at.Scan > newestScan || at.Plan < 0 || at.Plan > newestPlan)
        {
            throw Usage.Error($"there are scans up to {newestScan} and plans up to {newestPlan}", "leave --scan and --plan out for the newest");
        }

        bool isStandardOutput = request.File == StandardOutput;
        bool isPrinted = isStandardOutput || request.File.StartsWith("/dev/", StringComparison.Ordinal);
        if (!isPrinted && File.Exists(request.File) && !request.Overwrite)
        {
            throw new OperationFailedException(new("already-exists", $"there is a file {request.File}", "another name, or --overwrite"));
        }

        long left = 0;
        void Write(Stream stream) => left = CatalogueExport.Write(stream, database, request.Format, at, equipment.Time, cancellationToken);
        if (isPrinted)
        {
            Print(request.File, isStandardOutput ? equipment.StandardOutput : null, Write);
        }
        else
        {
            WriteFile(request.File, Write);
        }

        return new(left, isPrinted) { Written = isStandardOutput ? request.File : Path.GetFullPath(request.File), Format = request.Format };
    }

    private static void WriteFile(string path, Action<Stream> write)
    {
        try
        {
            WholeFile.Write(path, write);
        }
        finally
        {
            if (File.Exists(path + WholeFile.PartSuffix))
            {
                File.Delete(path + WholeFile.PartSuffix); // it would be begun anew, whatever became of it
            }
        }
    }

    // A pipe that breaks is no failure of a target: whoever opened it has seen enough.
    private static void Print(string device, Func<Stream>? standardOutput, Action<Stream> write)
    {
        if (device == StandardOutput)
        {
            write((standardOutput ?? throw Usage.Error("there is no standard output here", "name a file"))());
            return;
        }

        try
        {
            using FileStream stream = new(device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(stream);
            stream.Flush(flushToDisk: stream.CanSeek);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException { HResult: not UnixBrokenPipe })
        {
            throw TargetFailure.Of(device, e);
        }
    }
}

/// <summary>What is to be exported.</summary>
public sealed record ExportRequest
{
    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>The file to write; <c>-</c> is standard output.</summary>
    public required string File { get; init; }

    /// <summary>As what.</summary>
    [JsonConverter(typeof(JsonForm.Names<ExportFormat>))]
    public ExportFormat Format { get; init; }

    /// <summary>What was known after this scan; null for the newest.</summary>
    public long? Scan { get; init; }

    /// <summary>What was known after this plan; null for the newest.</summary>
    public long? Plan { get; init; }

    /// <summary>Whether a file of that name is replaced.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>A catalogue that was written down.</summary>
public sealed record ExportDocument : Document
{
    private readonly long _namesLeftOut;

    internal ExportDocument(long namesLeftOut, bool isPrinted) => (_namesLeftOut, IsTold) = (namesLeftOut, !isPrinted);

    /// <summary>The file, as a full path.</summary>
    public string Written { get; init; } = "";

    /// <summary>As what.</summary>
    [JsonConverter(typeof(JsonForm.Names<ExportFormat>))]
    public ExportFormat Format { get; init; }

    /// <summary>What is missing from it.</summary>
    public IReadOnlyList<Failure> Concerns => _namesLeftOut == 0
        ? []
        : [new("unwritable-names", $"{_namesLeftOut} {(_namesLeftOut == 1 ? "name is" : "names are")} not UTF-8, which this format has no way to write", "--format json holds every name")];

    /// <inheritdoc/>
    protected override Outcome Found => _namesLeftOut == 0 ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => ExportVerb.Name;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ExportRequest))]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(ImportRequest))]
[JsonSerializable(typeof(ImportDocument))]
internal sealed partial class ExchangeJson : JsonSerializerContext
{
    public static ExchangeJson Form { get; } = new(JsonForm.Options());
}
