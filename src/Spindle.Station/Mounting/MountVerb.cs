// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Spindle.Catalogue;
using Spindle.Files.Mounting;
using Spindle.Media;
using Spindle.Restoring.Mounting;
using Spindle.Station.Archiving;
using Spindle.Station.Contract;
using Spindle.Vault;
using Spindle.Vault.Moving;

namespace Spindle.Station.Mounting;

/// <summary><c>mount</c>: an archive as a drive, every name at once, contents from the discs at hand.</summary>
public static class MountVerb
{
    internal const string Name = "mount";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>The verb.</summary>
    public static Verb<MountRequest, MountDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = MountJson.Form.MountRequest,
        Document = MountJson.Form.MountDocument,
        Stopped = Failures.Stopped,
        RunAsync = RunAsync,
    };

    private static async Task<MountDocument> RunAsync(MountRequest request, Work work, CancellationToken cancellationToken)
    {
        string directory = DirectoryOf(request);
        string catalogue = Path.GetFullPath(request.Catalogue);
        await using OpenVault? vault = VaultOf(catalogue, work.Equipment.Time);
        Func<long, string?>? landed = vault is null ? null : content => new Packer(vault).PathOf(content) is { } file ? Encoding.UTF8.GetString(file) : null;
        DriveShelf shelf = new(catalogue, work.Equipment.OpenMedium, [.. request.Sources.Select(Path.GetFullPath)], work.Equipment.Time);
        using ArchiveTree tree = new(catalogue, request.Scan, request.At, new(shelf, landed, waits: request.Cold == ColdContent.Wait));
        using MountedDrive drive = Mount(directory, tree, request.Cold == ColdContent.Wait ? process => !Indexers.Is(process) : null);
        await ShowAsync(drive, shelf, directory, work, cancellationToken);
        (long opened, long read, long refused) = drive.Counts;
        return new() { Directory = directory, Catalogue = catalogue, Scan = tree.Scan, FilesOpened = opened, Bytes = read, Refused = refused, Problem = drive.Problem };
    }

    /// <summary>Shows it until it is taken down, or nobody wants it any more, which is how it ends: no failure.</summary>
    private static async Task ShowAsync(MountedDrive drive, DriveShelf shelf, string directory, Work work, CancellationToken cancellationToken)
    {
        while (!drive.Ended.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            work.Progress.Report(new("mounted", drive.Counts.Read, 0, WorkProgress.Bytes) { Item = ItemOf(drive, shelf) ?? directory });
            using CancellationTokenSource look = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _ = await Task.WhenAny(drive.Ended, Task.Delay(BetweenLooks, work.Equipment.Time, look.Token));
            await look.CancelAsync();
            shelf.CloseIdle();
            if (drive.Waiting.Count > 0 && !cancellationToken.IsCancellationRequested)
            {
                shelf.ForgetWanted();
                await Task.Run(drive.TryWaiting, CancellationToken.None);
            }
        }

        if (drive.Ended.IsCompleted)
        {
            await drive.Ended;
        }
    }

    /// <summary>Which disc somebody waits for, and who; null where nobody does.</summary>
    private static string? ItemOf(MountedDrive drive, DriveShelf shelf)
    {
        IReadOnlyList<int> waiting = drive.Waiting;
        IReadOnlyList<(int Number, string Label)> wanted = waiting.Count == 0 ? [] : shelf.Wanted;
        return wanted.Count == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"bring disc {string.Join(", ", wanted.Take(3).Select(disc => $"{disc.Number} {disc.Label}"))}{(wanted.Count > 3 ? "…" : "")} for {Indexers.NameOf(waiting[0]) ?? "a program"}{(waiting.Count > 1 ? $" and {waiting.Count - 1} more" : "")}");
    }

    private static MountedDrive Mount(string directory, ArchiveTree tree, Func<int, bool>? mayWait)
    {
        try
        {
            return MountedDrive.Mount(directory, tree, mayWait);
        }
        catch (MountFailedException e)
        {
            throw Failures.Of(directory, e);
        }
    }

    private static string DirectoryOf(MountRequest request)
    {
        string directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Directory));
        if (MountedDrive.IsStale(directory))
        {
            throw Failures.Of(directory, new(MountObstacle.Stale, ""));
        }

        if (!Directory.Exists(directory))
        {
            throw Failures.NoDirectory(directory);
        }

        directory = new DirectoryInfo(directory).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? directory;
        if (Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw Failures.NotEmpty(directory);
        }

        foreach (string source in request.Sources.Select(Path.GetFullPath))
        {
            if ((source + Path.DirectorySeparatorChar).StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw Usage.Error($"--from {source} would be below the drive itself");
            }
        }

        return directory;
    }

    private static OpenVault? VaultOf(string catalogue, TimeProvider time)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue);
        return VaultContents.Of(database, time);
    }
}

/// <summary>Which archive is to be a drive, and where.</summary>
public sealed record MountRequest
{
    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>An empty directory.</summary>
    public required string Directory { get; init; }

    /// <summary>What becomes of who opens a file whose disc is not at hand.</summary>
    public ColdContent Cold { get; set; }

    /// <summary>Images, drives, mounted discs, and folders of such; images that are where they were written need not be named.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>The archive as that scan found it; null for the newest that has ended.</summary>
    public long? Scan { get; init; }

    /// <summary>The archive as the last scan before that time found it; null for the newest that has ended.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>What becomes of who opens a file whose disc is not at hand.</summary>
[JsonConverter(typeof(JsonForm.Words<ColdContent>))]
public enum ColdContent
{
    /// <summary>It fails at once, with an input/output error.</summary>
    Fail,

    /// <summary>It waits until the disc is there, or nobody wants it any more; programs that open whatever there is, fail.</summary>
    Wait,
}

/// <summary>A drive that was, and is not any more.</summary>
public sealed record MountDocument : Document
{
    /// <summary>Where it was.</summary>
    public required string Directory { get; init; }

    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>The scan whose names it had; 0 where there was none.</summary>
    public required long Scan { get; init; }

    /// <summary>How often a file was opened.</summary>
    public required long FilesOpened { get; init; }

    /// <summary>Bytes that were read of files, beside those that the system had kept.</summary>
    public required long Bytes { get; init; }

    /// <summary>How often content was asked for, and was not to be had.</summary>
    public required long Refused { get; init; }

    /// <summary>What went wrong beside that, first: some requests failed; null where nothing did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Failure? Problem { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found => Problem is null ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => MountVerb.Name;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MountRequest))]
[JsonSerializable(typeof(MountDocument))]
internal sealed partial class MountJson : JsonSerializerContext
{
    public static MountJson Form { get; } = new(JsonForm.Options());
}
