// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Media;
using Spindle.Service.Arming;
using Spindle.Service.Documents;
using Spindle.Service.Drives;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Discs;
using Spindle.Service.Pages.Working;
using Spindle.Station.Contract;
using Spindle.Station.Discs;
using Spindle.Station.Finding;
using Spindle.Station.Vaults;

namespace Spindle.Service.Pages;

/// <content>Drives, discs and catalogues.</content>
internal sealed partial class PageDesk
{
    private const string CatalogueResource = "catalogue:";

    /// <summary>The drives, each with the job that has it.</summary>
    public StationDrives Drives => drives;

    /// <summary>The last image that was made in a drive; null where there is none.</summary>
    public async Task<LastImage?> LastImageAsync(StationDrive drive, CancellationToken cancellationToken) =>
        (await ListAsync(new() { Verb = OrderForms.Image.Verb, States = [JobState.Ended], Resource = drive.Resource }, null, 1, cancellationToken)).Jobs is [var job]
            ? new(job, ImageFacts.Of(await register.DocumentAsync(job.Id, cancellationToken)))
            : null;

    /// <summary>What the form for the next disc has: what was said of the last one in that drive and stays, and the name behind its name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NextDiscAsync(StationDrive drive, CancellationToken cancellationToken)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal) { ["source"] = drive.Drive.Path };
        Job? last = (await register.ListAsync(new() { Verb = OrderForms.Image.Verb, Resource = drive.Resource }, null, 1, cancellationToken)).FirstOrDefault()
            ?? (await register.ListAsync(new() { Verb = OrderForms.Image.Verb }, null, 1, cancellationToken)).FirstOrDefault();
        if (last is null)
        {
            return values;
        }

        IReadOnlyDictionary<string, string> before = OrderForms.Image.ValuesOf(Request(last));
        foreach (string key in new[] { "directory", "operator", "place", "catalogue", "verify", "eject", "retries", "speed", "bag", "premis" })
        {
            if (before.TryGetValue(key, out string? value))
            {
                values[key] = value;
            }
        }

        values["name"] = NextName.After(before.GetValueOrDefault("name"));
        values["batch"] = last.Order.Batch ?? "";
        return values;
    }

    /// <summary>What the form has by which a drive is armed: what is set, else what was said of the last disc.</summary>
    public static IReadOnlyDictionary<string, string> ArmedValues(StationDrive drive, IReadOnlyDictionary<string, string> next)
    {
        if (drive.Armed is not { } set)
        {
            return next;
        }

        using JsonDocument request = JsonDocument.Parse(set.Request);
        return new Dictionary<string, string>(OrderForms.EachDisc.ValuesOf(request.RootElement), StringComparer.Ordinal) { ["template"] = set.NameTemplate ?? "", ["batch"] = set.Batch ?? "" };
    }

    /// <summary>From now on each disc in a drive is imaged, or none is any more.</summary>
    /// <exception cref="OperationFailedException">What is asked for makes no sense.</exception>
    public async Task ArmAsync(string name, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        StationDrive drive = await drives.FindAsync(name, cancellationToken);
        if (values.ContainsKey("off"))
        {
            drives.Disarm(drive);
            return;
        }

        string? Value(string key) => values.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
        drives.Arm(drive, Value("template"), Value("batch"), OrderForms.EachDisc.Read(values));
    }

    /// <summary>The label of the disc that a job made an image of; null where it made none.</summary>
    public static Label? LabelOf(JobView view)
    {
        if (view.Image is not { Id: { } id } image)
        {
            return null;
        }

        return new(
            image.Name ?? view.Job.Title, image.Volume, view.Job.EndedAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"urn:uuid:{id}",
            image.Hash is { } hash ? $"{hash.Kind} {hash.Value[..Math.Min(Label.ChecksumLength, hash.Value.Length)]}" : null);
    }

    /// <summary>The label of a disc of an archive.</summary>
    public static Label LabelOf(ArchiveDiscPart disc) => new(
        disc.Label, string.Create(CultureInfo.InvariantCulture, $"disc {disc.Number}"), disc.Written is { Length: >= 10 } written ? written[..10] : null, $"urn:uuid:{disc.Uuid}",
        disc.Sha256 is { Length: >= Label.ChecksumLength } hash ? $"sha256 {hash[..Label.ChecksumLength]}" : null);

    /// <summary>Catalogues that are known here: that of the vault which is served, and those that the last jobs had to do with, the newest first.</summary>
    public async Task<IReadOnlyList<string>> CataloguesAsync(CancellationToken cancellationToken)
    {
        const int Jobs = 200, Most = 20;
        IReadOnlyList<Job> last = await register.ListAsync(JobFilter.All, null, Jobs, cancellationToken);
        return [.. new[] { settings.Vault }.OfType<string>().Concat(last.SelectMany(Of)).Distinct(StringComparer.Ordinal).Take(Most)];

        static IEnumerable<string> Of(Job job)
        {
            foreach (string resource in job.Order.Resources.Where(resource => resource.StartsWith(CatalogueResource, StringComparison.Ordinal)))
            {
                yield return resource[CatalogueResource.Length..];
            }

            if (Request(job).TryGetProperty("catalogue", out JsonElement catalogue) && catalogue.ValueKind == JsonValueKind.String)
            {
                yield return catalogue.GetString()!;
            }
        }
    }

    /// <summary>Files of a catalogue.</summary>
    public async Task<IReadOnlyList<FoundFilePart>> FindAsync(string catalogue, string pattern, int most, CancellationToken cancellationToken)
    {
        roots.Require(catalogue);
        using FindDocument found = await FindVerb.Verb.RunAsync(new() { Catalogue = catalogue, Pattern = pattern }, Work.Unattended(equipment), cancellationToken);
        return [.. found.Matches.Take(most)];
    }

    /// <summary>Discs of a catalogue.</summary>
    public Task<DiscsDocument> DiscsAsync(string catalogue, CancellationToken cancellationToken)
    {
        roots.Require(catalogue);
        return DiscsVerb.Verb.RunAsync(new() { Catalogue = catalogue }, Work.Unattended(equipment), cancellationToken);
    }

    /// <summary>What a vault tells: of itself and its buckets, or of objects.</summary>
    /// <param name="catalogue">Its catalogue.</param>
    /// <param name="what">The bucket, and what keys begin with; null for the vault as a whole.</param>
    /// <param name="most">Objects at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<VaultDocument>> VaultAsync(string catalogue, string? what, int most, CancellationToken cancellationToken)
    {
        roots.Require(catalogue);
        return what is not null
            ? [await TellAsync(new() { Catalogue = catalogue, Task = VaultTask.Ls, What = what, Limit = most })]
            : [await TellAsync(new() { Catalogue = catalogue, Task = VaultTask.Wanted }), await TellAsync(new() { Catalogue = catalogue, Task = VaultTask.Status }), await TellAsync(new() { Catalogue = catalogue, Task = VaultTask.Ls })];

        Task<VaultDocument> TellAsync(VaultRequest request) => VaultVerb.Verb.RunAsync(request, Work.Unattended(equipment), cancellationToken);
    }

    /// <summary>How discs of a catalogue age, as a drawing (SVG).</summary>
    public async Task<byte[]> ChartAsync(string catalogue, CancellationToken cancellationToken)
    {
        roots.Require(catalogue);
        string path = Path.Combine(equipment.Folder, $"chart-{Guid.NewGuid():N}.svg");
        try
        {
            await DiscsVerb.Verb.RunAsync(new() { Catalogue = catalogue, Chart = path }, Work.Unattended(equipment), cancellationToken);
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
