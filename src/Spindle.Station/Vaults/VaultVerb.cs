// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Vault;
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;

namespace Spindle.Station.Vaults;

/// <summary><c>vault</c>: objects that programs put here, on their way to discs and back.</summary>
public static class VaultVerb
{
    internal const string Name = "vault";

    /// <summary>The verb.</summary>
    public static Verb<VaultRequest, VaultDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = VaultJson.Form.VaultRequest,
        Document = VaultJson.Form.VaultDocument,
        Stopped = Failures.Stopped,
        RunAsync = RunAsync,
    };

    /// <summary>What is told of any vault.</summary>
    internal static VaultDocument Of(VaultRequest request, OpenVault vault) => new() { Task = request.Task, Catalogue = vault.Catalogue, Landing = vault.Settings.Landing, Copies = vault.Settings.Copies };

    /// <summary>A size as people write it.</summary>
    internal static long? Bytes(string? text, string option) => text is null ? null
        : ByteSize.TryParse(text, out long bytes) ? bytes
        : throw Usage.Error($"{option} {text} is not a size", "such as 500GB, 1.5TB, 64MiB or 1000000");

    private static async Task<VaultDocument> RunAsync(VaultRequest request, Work work, CancellationToken cancellationToken)
    {
        request = request with { Catalogue = Path.GetFullPath(request.Catalogue) };
        if (request.Task == VaultTask.Init)
        {
            Make(request, work, cancellationToken);
        }

        await using OpenVault vault = OpenVault.Open(request.Catalogue, work.Equipment.Time);
        return request.Task switch
        {
            VaultTask.Init or VaultTask.Status => Status(request, vault),
            VaultTask.Ls => List(request, vault, cancellationToken),
            VaultTask.Wanted => Of(request, vault) with { Wanted = [.. vault.Objects.Read(VaultViews.Wanted).Select(WantedDiscPart.Of)] },
            VaultTask.Rules => await RulesAsync(request, vault),
            VaultTask.Pack => await VaultPacking.RunAsync(request, vault, work, cancellationToken),
            VaultTask.Evict => await EvictAsync(request, vault, cancellationToken),
            _ => await VaultFetching.RunAsync(request, vault, work, cancellationToken),
        };
    }

    private static void Make(VaultRequest request, Work work, CancellationToken cancellationToken)
    {
        string landing = request.Landing ?? throw Usage.Error("--landing says no folder");
        int copies = request.Copies ?? 1;
        if (copies is < 1 or > 100)
        {
            throw Usage.Error($"--copies {copies} is not a number from 1 to 100");
        }

        OpenVault.Make(request.Catalogue, new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(landing)), copies, Bytes(request.LandingSize, "--landing-size")), CatalogueWait.ToWork(work.Progress, cancellationToken));
    }

    private static VaultDocument Status(VaultRequest request, OpenVault vault)
    {
        Dictionary<Standing, AmountPart> counts = vault.Objects.Read(VaultViews.Count).ToDictionary(count => count.Standing, count => new AmountPart(count.Objects, count.Bytes));
        AmountPart At(Standing standing) => counts.GetValueOrDefault(standing) ?? new(0, 0);
        return Of(request, vault) with
        {
            Status = new(
                At(Standing.Landed), At(Standing.Packed), At(Standing.Written), At(Standing.Cold), At(Standing.Queued), At(Standing.Warm), At(Standing.Lost), At(Standing.Tombstone),
                vault.Objects.Read(Evictor.Held), vault.Landing.FreeSpace(),
                [.. vault.Objects.Read(VaultViews.DeadShares).Select(disc => new DeadSharePart(disc.Number, disc.Label, disc.Bytes, disc.DeadBytes))]),
        };
    }

    private static VaultDocument List(VaultRequest request, OpenVault vault, CancellationToken cancellationToken)
    {
        if (request.What is null)
        {
            return Of(request, vault) with { Buckets = [.. vault.Objects.Read(Buckets.All).Select(BucketPart.Of)] };
        }

        if (request.Limit is < 1)
        {
            throw Usage.Error($"--limit {request.Limit} is not a number from 1");
        }

        (string bucket, string prefix) = Split(request.What);
        _ = vault.Objects.Read(rows => Buckets.Find(rows, bucket)) ?? throw vault.NoSuchBucket(bucket);
        return Of(request, vault) with
        {
            Objects = vault.Objects.Read(rows => (IReadOnlyList<VaultObjectPart>)[.. VaultViews.List(rows, bucket, prefix).Take(request.Limit ?? int.MaxValue).Select(view =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return new VaultObjectPart(
                    view.Bucket, view.One.Key, view.One.Size, view.One.ModifiedAt, view.Standing, view.StorageClass, view.Copies,
                    view.One.Content is { } content ? Placing.Told(rows, content) : [], view.One.ETag, Convert.ToHexStringLower(view.One.Sha256));
            })]),
        };
    }

    /// <summary>The bucket and the prefix that a text names.</summary>
    internal static (string Bucket, string Prefix) Split(string what)
    {
        int slash = what.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (what, "") : (what[..slash], what[(slash + 1)..]);
    }

    private static async Task<VaultDocument> RulesAsync(VaultRequest request, OpenVault vault)
    {
        string name = request.What ?? throw Usage.Error("no bucket is named");
        if (request.Rules is { } choice)
        {
            if (choice.DefaultClass is { } named && named != "none" && !ObjectTier.Classes.Contains(named))
            {
                throw Usage.Error($"--default-class {named} is no storage class", $"none, or one of {string.Join(", ", ObjectTier.Classes)}");
            }

            long? smallest = Bytes(choice.SmallestSize, "--smallest");
            await vault.Objects.WriteAsync(rows =>
            {
                VaultBucket bucket = Buckets.Find(rows, name) ?? throw vault.NoSuchBucket(name);
                BucketRules old = bucket.Rules;
                Buckets.SetRules(rows, bucket.Id, old with
                {
                    Archive = choice.Archive ?? old.Archive,
                    SmallestSize = smallest ?? old.SmallestSize,
                    MinimumAge = choice.MinimumAge ?? old.MinimumAge,
                    MinimumStay = choice.MinimumStay ?? old.MinimumStay,
                    DefaultClass = choice.DefaultClass is { } set ? set == "none" ? null : set : old.DefaultClass,
                    RestoredAsStandard = choice.RestoredAsStandard ?? old.RestoredAsStandard,
                    Worm = choice.Worm ?? old.Worm,
                    Hold = choice.Hold ?? old.Hold,
                });
                return true;
            });
        }

        return Of(request, vault) with { Buckets = [BucketPart.Of(vault.Objects.Read(rows => Buckets.Find(rows, name)) ?? throw vault.NoSuchBucket(name))] };
    }

    private static async Task<VaultDocument> EvictAsync(VaultRequest request, OpenVault vault, CancellationToken cancellationToken)
    {
        Evicted evicted = await new Evictor(vault).RunAsync(Bytes(request.Keep, "--keep") ?? 0, cancellationToken);
        return Of(request, vault) with { Evicted = new(evicted.Objects, evicted.Bytes, evicted.Held, [.. evicted.Kept.Select(kept => new KeptPart(kept.Why, kept.Objects, kept.Bytes))]) };
    }
}
