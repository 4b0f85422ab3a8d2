// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Locks;
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Contract;
using Spindle.Vault;
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;

namespace Spindle.Station.Vaults;

/// <summary>Objects come back: all that is wanted of a disc is read in one go, and held against its hash before it is told to be here.</summary>
internal static class VaultFetching
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    public static async Task<VaultDocument> RunAsync(VaultRequest request, OpenVault vault, Work work, CancellationToken cancellationToken)
    {
        if (request.Days is < 1 or > 36_500)
        {
            throw Usage.Error($"--days {request.Days} is not a number from 1 to 36500");
        }

        long asked = request.What is { } what ? await AskAsync(what, request, vault, work.Equipment.Time.GetUtcNow(), cancellationToken) : 0;
        IReadOnlyList<WantedDisc> before = request is { DryRun: true, What: { } only } ? vault.Objects.Read(rows => Fetching.Needed(rows, VaultVerb.Split(only))) : vault.Objects.Read(VaultViews.Wanted);
        if (request.DryRun || before.Count == 0)
        {
            return VaultVerb.Of(request, vault) with { Thawed = new(asked, 0, 0, [.. before.Select(WantedDiscPart.Of)], []) };
        }

        List<Failure> concerns = [];
        (long fetched, long bytes, IReadOnlyList<LostObjectPart> lost) = await FetchAsync(request, vault, before, concerns, work, cancellationToken);
        concerns.AddRange(lost.Select(one => Failures.ObjectLost(one.Bucket, one.Key, one.Why)));
        return VaultVerb.Of(request, vault) with
        {
            Thawed = new(asked, fetched, bytes, [.. before.Select(WantedDiscPart.Of)], lost),
            Wanted = [.. vault.Objects.Read(VaultViews.Wanted).Select(WantedDiscPart.Of)],
            Concerns = concerns,
        };
    }

    private static async Task<long> AskAsync(string what, VaultRequest request, OpenVault vault, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (string name, string prefix) = VaultVerb.Split(what);
        VaultBucket bucket = vault.Objects.Read(rows => Buckets.Find(rows, name)) ?? throw vault.NoSuchBucket(name);
        return request.DryRun ? 0 : await vault.Objects.WriteAsync(rows => Fetching.Ask(rows, bucket.Id, prefix, request.Days, "spindle", now, cancellationToken));
    }

    private static async Task<FileLock> TakeTurnAsync(string path, Work work, CancellationToken cancellationToken)
    {
        FileLock? mine;
        while ((mine = FileLock.TryTake(path)) is null)
        {
            work.Progress.Report(new("waiting-for-another-fetch", 0, 0, "objects"));
            await Task.Delay(BetweenLooks, cancellationToken);
        }

        return mine;
    }

    private static async Task<(long Fetched, long Bytes, IReadOnlyList<LostObjectPart> Lost)> FetchAsync(
        VaultRequest request, OpenVault vault, IReadOnlyList<WantedDisc> discs, List<Failure> concerns, Work work, CancellationToken cancellationToken)
    {
        string[] sources = [.. request.Sources.Select(Path.GetFullPath).Concat(vault.Objects.Read(rows => Fetching.ImagesAtHand(rows, discs.Select(disc => disc.Number)))).Distinct()];
        if (sources.Length == 0 && !(request.Wait && work.Fetcher is not null))
        {
            return (0, 0, []);
        }

        // One at a time: each is one reading of all discs that are at hand. What another one fetches meanwhile is not wanted any more.
        string target = Path.Combine(vault.Settings.Landing, "fetching");
        using FileLock mine = await TakeTurnAsync(target + "-lock", work, cancellationToken);
        IReadOnlyList<WantedContent> wanted = vault.Objects.Read(Fetching.Contents);
        if (wanted.Count == 0)
        {
            return (0, 0, []);
        }

        // Room first: else a person brings a disc for nothing.
        long needed = wanted.Sum(one => one.Size);
        if (needed > vault.Landing.FreeSpace())
        {
            throw Failures.NoRoom(needed, vault.Landing.FreeSpace());
        }

        try
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenForReading(request.Catalogue);
            Restorer restorer = new(work.Equipment.OpenMedium, request.Wait && work.Fetcher is { } person ? new VaultDiscs(person, vault, request.Sources, work.Equipment) : null, work.Equipment.Time);
            RestoreResult result = await restorer.RunAsync(
                database, new() { Sources = sources, Target = target, Contents = [.. wanted.Select(one => one.Content)], Overwrite = true }, work.Progress, cancellationToken);
            concerns.AddRange(result.Problems);
            Dictionary<string, string> damaged = result.Damaged.GroupBy(file => file.Path).ToDictionary(file => file.Key, file => $"disc {file.First().Disc} is damaged where it lies");
            (long fetched, long bytes) = (0, 0);
            List<LostObjectPart> lost = [];
            foreach (WantedContent one in wanted)
            {
                string file = Path.Combine(target, one.Path);
                if (File.Exists(file))
                {
                    fetched += await Fetching.TakeAsync(vault, one, file);
                    bytes += one.Size;
                }
                else if (damaged.TryGetValue(one.Path, out string? why))
                {
                    lost.AddRange((await Fetching.LoseAsync(vault, one, why)).Select(name => new LostObjectPart(name.Bucket, name.Key, why)));
                }
            }

            return (fetched, bytes, lost);
        }
        finally
        {
            TargetFailure.Told(target, () =>
            {
                if (Directory.Exists(target))
                {
                    Directory.Delete(target, recursive: true);
                }

                return true;
            });
        }
    }
}
