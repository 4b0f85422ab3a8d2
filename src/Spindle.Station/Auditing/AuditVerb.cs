// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Catalogue;
using Spindle.Imaging.Auditing;
using Spindle.Media;
using Spindle.Restoring.Verifying;
using Spindle.Station.Contract;

namespace Spindle.Station.Auditing;

/// <summary><c>audit</c>: whether the images of a collection are still what their records say.</summary>
public static class AuditVerb
{
    internal const string Name = "audit";

    private const int MostJobs = 64;

    /// <summary>The verb.</summary>
    public static Verb<AuditCollectionRequest, AuditDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = AuditJson.Form.AuditCollectionRequest,
        Document = AuditJson.Form.AuditDocument,
        RunAsync = (request, work, cancellationToken) => Task.FromResult(Run(request, work, cancellationToken)),
    };

    private static AuditDocument Run(AuditCollectionRequest request, Work work, CancellationToken cancellationToken)
    {
        Require(request);
        AuditMemory? memory = null;
        AuditTable? table = null;
        try
        {
            memory = request.Catalogue is { } catalogue ? new(catalogue, work.Equipment.Time, CatalogueWait.ToEnter(work.Progress, cancellationToken)) : null;
            Auditor auditor = new(work.Equipment.Time, memory, new OwnLists(new Verifier(work.Equipment.OpenMedium, work.Equipment.Time)));
            IReadOnlySet<string> done = new HashSet<string>();
            AuditRequest wanted = new()
            {
                Paths = request.Paths,
                Jobs = request.Jobs,
                OlderThan = request.OlderThanDays is { } days ? TimeSpan.FromDays(days) : null,
                Share = request.SamplePercent / 100,
                Adopts = request.Adopt,
                Copies = request.Copies,
            };
            _ = auditor.Audit(wanted, work.Progress, cancellationToken); // says what is not there before a table is begun
            if (request.Csv is { } path)
            {
                (table, done) = request.Resume ? AuditTable.GoOn(path, memory is null ? null : memory.CatchUp) : (AuditTable.Begin(path, request.Overwrite), done);
            }

            return new(auditor.Audit(wanted with { Done = done }, work.Progress, cancellationToken), table, memory, cancellationToken);
        }
        catch
        {
            table?.Dispose();
            memory?.Dispose();
            throw;
        }
    }

    private static void Require(AuditCollectionRequest request)
    {
        if (request.Jobs is < 1 or > MostJobs)
        {
            throw Usage.Error($"--jobs {request.Jobs} is not between 1 and {MostJobs}");
        }

        if (request.OlderThanDays is < 0 or > 36_500 or double.NaN)
        {
            throw Usage.Error("--older-than is a number of days, 0 at least and 36500 at most");
        }

        if (request.OlderThanDays is not null && request.Catalogue is null)
        {
            throw Usage.Error("--older-than needs a catalogue that remembers when images were audited", "--catalogue FILE; it is made where there is none");
        }

        if (!(request.SamplePercent is > 0 and <= 100))
        {
            throw Usage.Error("--sample is a share in percent, above 0 and 100 at most");
        }

        if (request.Resume && request.Csv is null)
        {
            throw Usage.Error("--resume goes on with a table, and none is named", "--csv FILE; with a catalogue, --older-than 1 leaves out what passed today");
        }
    }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AuditCollectionRequest))]
[JsonSerializable(typeof(AuditDocument))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    public static AuditJson Form { get; } = new(JsonForm.Options());
}
