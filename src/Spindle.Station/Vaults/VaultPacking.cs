// SPDX-License-Identifier: MIT
using Spindle.Archiving.Discs;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Archiving;
using Spindle.Station.Burning;
using Spindle.Station.Contract;
using Spindle.Vault;
using Spindle.Vault.Moving;
using Spindle.Vault.Packing;

namespace Spindle.Station.Vaults;

/// <summary>Objects come onto discs: they are scanned as a tree, planned and written as any archive is, and each image is copied, or burned, as often as was promised.</summary>
internal static class VaultPacking
{
    private const double Full = 0.9; // of a disc, from which on one is made without --now

    public static async Task<VaultDocument> RunAsync(VaultRequest request, OpenVault vault, Work work, CancellationToken cancellationToken)
    {
        PlanChoice choice = request.Plan ?? throw Usage.Error("--size says no capacity", "such as bd, dvd or 25GB");
        Capacity capacity = choice.ToRequest().Capacity;
        if (request.Directories.Count == 0)
        {
            throw Usage.Error("--to says no folder for the images");
        }

        if (request.Burn is { } burn)
        {
            BurnVerb.Require(burn, work.Equipment); // before anything is made
        }

        foreach (string directory in request.Directories)
        {
            WriteVerb.CreateDirectory(new() { Directory = directory });
        }

        VaultDocument packed = await PackAsync(request, choice, capacity, vault, work, cancellationToken);
        return request.Burn is null || request.Burn.Simulate ? packed : await BurnAsync(packed, request, vault, work, cancellationToken);
    }

    private static async Task<VaultDocument> PackAsync(VaultRequest request, PlanChoice choice, Capacity capacity, OpenVault vault, Work work, CancellationToken cancellationToken)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenForWriting(request.Catalogue, CatalogueWait.ToWork(work.Progress, cancellationToken));
        Packer packer = new(vault);
        VaultTree tree = new(vault);
        await new Scanner(work.Equipment.Time) { System = tree }.ScanAsync(database, new() { Sources = [vault.Settings.Landing] }, work.Progress, cancellationToken);
        await packer.JoinAsync();
        List<Failure> concerns = [.. tree.Changed.Distinct().Select(one => Failures.ObjectChanged(one.Bucket, one.Key))];

        DiscStore discs = new(database);
        IReadOnlyList<int> waiting = discs.ToBeWritten();
        long unplanned = Unplanned(database);
        bool isDue = request.Now || unplanned >= capacity.Bytes * Full;
        PlanDocument? plan = unplanned > 0 && isDue ? await PlanVerb.PlanAsync(database, choice, work, cancellationToken) : null;
        DiscWriter writer = new(database, work.Equipment.Time) { Places = packer.PathOf };
        List<PackedDiscPart> made = [];
        foreach (DiscRecord disc in discs.All().Where(disc => disc.Status is "planned" or "written"))
        {
            if (await MakeAsync(disc, request, vault, packer, writer, concerns, work, cancellationToken) is { } part)
            {
                made.Add(part);
            }
        }

        return VaultVerb.Of(request, vault) with
        {
            Packed = new(plan?.Files ?? 0, isDue ? 0 : unplanned, plan is null ? null : plan with { Waiting = [.. waiting.Except(made.Select(disc => disc.Number))] }, made),
            Concerns = concerns,
        };
    }

    /// <summary>All discs that lack burned copies, those of earlier calls, too: so the same command goes on. What was made is told in any case.</summary>
    private static async Task<VaultDocument> BurnAsync(VaultDocument packed, VaultRequest request, OpenVault vault, Work work, CancellationToken cancellationToken)
    {
        try
        {
            BurnChoice how = request.Burn! with { Copies = Math.Max(request.Burn!.Copies, vault.Settings.Copies) };
            BurnDocument burned = await BurnVerb.RunAsync(new() { All = true, Catalogue = request.Catalogue, How = how }, work, cancellationToken);
            return packed with
            {
                Burned = burned,
                Packed = packed.Packed! with { Discs = [.. packed.Packed.Discs.Select(disc => disc with { Copies = vault.Objects.Read(rows => VaultViews.CopiesOf(rows, disc.Number)) })] },
            };
        }
        catch (OperationFailedException e)
        {
            return packed with { NotBurned = e.Failure };
        }
        catch (OperationCanceledException)
        {
            return packed with { NotBurned = Failures.NotBurned };
        }
    }

    /// <summary>Bytes of contents that no disc has, and none is planned for.</summary>
    private static long Unplanned(CatalogueDatabase database)
    {
        using Statement found = database.Prepare("""
            SELECT coalesce(sum(size), 0) FROM content WHERE NOT EXISTS (SELECT 1 FROM placement p JOIN disc d ON d.number = p.disc WHERE p.content = content.id AND d.status <> 'withdrawn')
                AND EXISTS (SELECT 1 FROM entry WHERE entry.content = content.id AND gone_scan IS NULL)
            """);
        return found.Scalar()!.Value;
    }

    /// <summary>Makes a disc's image, unless it is there, and further ones until there are as many verified copies as was promised.</summary>
    /// <returns>Null where nothing was to be done.</returns>
    private static async Task<PackedDiscPart?> MakeAsync(
        DiscRecord disc, VaultRequest request, OpenVault vault, Packer packer, DiscWriter writer, List<Failure> concerns, Work work, CancellationToken cancellationToken)
    {
        int copies = vault.Objects.Read(rows => VaultViews.CopiesOf(rows, disc.Number));
        if (disc.Status == "written" && copies >= vault.Settings.Copies)
        {
            return null;
        }

        List<string> images = [];
        if (disc.Status == "planned")
        {
            WriteResult written = await writer.WriteAsync(new() { Disc = disc.Number, Directory = Path.GetFullPath(request.Directories[0]) }, work.Progress, cancellationToken);
            if (!written.IsGood || written.Image is null)
            {
                concerns.AddRange(written.Problems.Select(problem => problem.Failure));
                return new(disc.Number, disc.Label, [], copies);
            }

            disc = written.Disc;
            if (written.IsReadBack)
            {
                await packer.EnterImageAsync(disc.Number, Path.GetFullPath(written.Image));
                images.Add(Path.GetFullPath(written.Image));
                copies++;
            }
        }

        // Where discs are burned, an image more would be a copy that lies beside the first one.
        for (int number = 0; request.Burn is null && copies < vault.Settings.Copies && disc is { Image: { } source, Sha256: { } sha256 }; number++)
        {
            if (number > vault.Settings.Copies || !File.Exists(source))
            {
                concerns.Add(Failures.TooFewCopies(disc.Number, copies, vault.Settings.Copies, source));
                break;
            }

            string copy = Path.Combine(FolderOf(request.Directories, number), Path.GetFileName(source));
            if (await ImageCopy.MakeAsync(source, copy, sha256, work.Progress, cancellationToken) && await packer.EnterImageAsync(disc.Number, copy) is not null)
            {
                images.Add(copy);
                copies++;
            }
        }

        return new(disc.Number, disc.Label, images, copies);
    }

    /// <summary>Where a copy goes: each into a folder of its own.</summary>
    private static string FolderOf(IReadOnlyList<string> directories, int number) =>
        Path.GetFullPath(number < directories.Count ? directories[number] : Path.Combine(directories[0], $"copy-{number + 1}"));
}
