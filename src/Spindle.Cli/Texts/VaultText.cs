// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;
using Spindle.Station.Vaults;
using Spindle.Vault.Objects;

namespace Spindle.Cli.Texts;

/// <summary>A vault, and what was done with it.</summary>
internal sealed class VaultText : IText<VaultDocument>
{
    private const int MostShown = 20;

    public void Write(VaultDocument document, TextLines lines)
    {
        if (!lines.IsQuiet)
        {
            switch (document)
            {
                case { Status: { } status }:
                    Write(document, status, lines);
                    break;
                case { Objects: { } objects }:
                    Write(objects, lines);
                    break;
                case { Buckets: { } buckets }:
                    Write(document.Task, buckets, lines);
                    break;
                case { Packed: { } packed }:
                    Write(packed, document.Copies, lines);
                    if (document.Burned is { } burned)
                    {
                        new BurnText().Write(burned, lines);
                    }

                    break;
                case { Evicted: { } evicted }:
                    Write(evicted, lines);
                    break;
                case { Thawed: { } thawed }:
                    Write(document, thawed, lines);
                    break;
                default:
                    break;
            }
        }

        if (document.Wanted is { } wanted)
        {
            Write(wanted, lines);
        }

        lines.Failures(document.Concerns, isBad: true);
    }

    private static void Write(VaultDocument document, VaultStatusPart status, TextLines lines)
    {
        if (document.Task == VaultTask.Init)
        {
            lines.Line($"[green]The vault is there.[/] 'spindle vault key add NAME' makes a key, 'spindle serve --s3-urls URL' lets programs in.");
        }

        lines.Value("Catalogue", document.Catalogue);
        lines.Value("Landing", $"{document.Landing}: {Figures.Size(status.LandingBytes)} held, {Figures.Size(status.FreeBytes)} free");
        lines.Value("Copies", $"{document.Copies} on discs, each read back, before room is given back");
        (string Name, AmountPart Amount)[] rows =
        [
            ("Landed", status.Landed), ("Packed", status.Packed), ("Written", status.Written), ("Cold", status.Cold),
            ("Queued", status.Queued), ("Warm", status.Warm), ("Lost", status.Lost), ("Deleted", status.Tombstone),
        ];
        foreach ((string name, AmountPart amount) in rows.Where(row => row.Amount.Objects > 0))
        {
            lines.Value(name, $"{TextLines.Count(amount.Objects, "object", "objects")}, {Figures.Size(amount.Bytes)}");
        }

        lines.Some(status.Dead, MostShown, disc => lines.Line($"  disc {disc.Number} '{disc.Label}': {Figures.Size(disc.DeadBytes)} of {Figures.Size(disc.Bytes)} are of no object any more"));
    }

    private static void Write(IReadOnlyList<VaultObjectPart> objects, TextLines lines)
    {
        foreach (VaultObjectPart one in objects)
        {
            string where = one.Discs.Count > 0 ? $"  {string.Join(", ", one.Discs)}" : "";
            lines.Line($"{JsonForm.Word(one.State),-9} {one.Size,14:N0} {one.Modified.UtcDateTime:yyyy-MM-dd HH:mm}  {one.Key}{where}");
        }

        lines.Aside($"{TextLines.Count(objects.Count, "object", "objects")}, {Figures.Size(objects.Sum(one => one.Size))}");
    }

    private static void Write(VaultTask task, IReadOnlyList<BucketPart> buckets, TextLines lines)
    {
        foreach (BucketPart bucket in buckets)
        {
            if (task != VaultTask.Rules)
            {
                lines.Line($"{bucket.Name,-40} {bucket.Owner,-20} {bucket.Created.UtcDateTime:yyyy-MM-dd HH:mm}");
                continue;
            }

            BucketRules rules = bucket.Rules;
            lines.Value("Bucket", $"{bucket.Name}, of {bucket.Owner}");
            lines.Value("Onto discs", rules.Archive.Count == 0 ? "all keys" : string.Join(", ", rules.Archive));
            lines.Value("From size", Figures.Size(rules.SmallestSize));
            lines.Value("From age", Days(rules.MinimumAge));
            lines.Value("Stays", $"{Days(rules.MinimumStay)} at least");
            lines.Value("Usual class", rules.DefaultClass ?? "none");
            lines.Value("Fetched is", rules.RestoredAsStandard ? "told as STANDARD" : "told as GLACIER");
            lines.Value("Deleting", rules.Hold ? "nothing can be deleted or overwritten" : rules.Worm ? "what is on a disc can't be deleted or overwritten" : "allowed to who has the right");
        }
    }

    private static string Days(double days) => string.Create(CultureInfo.InvariantCulture, $"{days:0.##} {(days == 1 ? "day" : "days")}");

    private static void Write(PackedPart packed, int copies, TextLines lines)
    {
        foreach (PackedDiscPart disc in packed.Discs)
        {
            lines.Line(disc.Copies >= copies
                ? (FormattableString)$"[green]Disc {disc.Number} '{disc.Label}'[/]: {TextLines.Count(disc.Copies, "verified copy", "verified copies")}"
                : $"[yellow]Disc {disc.Number} '{disc.Label}'[/]: {TextLines.Count(disc.Copies, "verified copy", "verified copies")} of {copies}");
            foreach (string image in disc.Images)
            {
                lines.Line($"  {image}");
            }
        }

        if (packed.WaitingBytes > 0)
        {
            lines.Line($"{Figures.Size(packed.WaitingBytes)} wait for a disc to become full; --now makes one that is not.");
        }
        else if (packed.Discs.Count == 0)
        {
            lines.Line($"Nothing is to be brought onto a disc.");
        }
    }

    private static void Write(EvictedPart evicted, TextLines lines)
    {
        lines.Line($"{TextLines.Count(evicted.Objects, "object", "objects")} taken out of the landing: {Figures.Size(evicted.Bytes)} are free now, {Figures.Size(evicted.LandingBytes)} are held still.");
        foreach (KeptPart kept in evicted.Kept)
        {
            lines.Value("Stays", $"{TextLines.Count(kept.Objects, "object", "objects")}, {Figures.Size(kept.Bytes)}: {Why(kept.Why)}");
        }
    }

    private static string Why(string why) => why switch
    {
        "not-packed" => "on no disc yet",
        "too-few-copies" => "on too few discs that were read back",
        "stays-for-now" => "stays for a while yet",
        _ => "could go, and was to be left",
    };

    private static void Write(VaultDocument document, ThawedPart thawed, TextLines lines)
    {
        if (document.Wanted is null)
        {
            lines.Line(thawed.Discs.Count == 0 ? (FormattableString)$"All of it is here." : $"It takes {TextLines.Count(thawed.Discs.Count, "disc", "discs")}, {Figures.Size(thawed.Discs.Sum(disc => disc.Bytes))}:");
            lines.Some(thawed.Discs, MostShown, disc => lines.Line($"  {Told(disc)}"));
            return;
        }

        if (thawed.Asked > 0)
        {
            lines.Line($"{TextLines.Count(thawed.Asked, "object", "objects")} asked for.");
        }

        lines.Line($"{TextLines.Count(thawed.Fetched, "object", "objects")} fetched, {Figures.Size(thawed.Bytes)}.");
    }

    private static void Write(IReadOnlyList<WantedDiscPart> wanted, TextLines lines)
    {
        if (wanted.Count == 0)
        {
            lines.Aside($"Nobody waits for a disc.");
        }

        lines.Some(wanted, int.MaxValue, disc => lines.Line($"[yellow]Wanted[/] {Told(disc)}, since {disc.Since.UtcDateTime:yyyy-MM-dd HH:mm}, by {string.Join(", ", disc.By)}"));
    }

    private static string Told(WantedDiscPart disc) =>
        $"disc {disc.Number} '{disc.Label}'{(disc.Places is { } places ? $" ({places})" : "")}: {TextLines.Count(disc.Objects, "object", "objects")}, {Figures.Size(disc.Bytes)}{(disc.AtHand ? ", its image is at hand" : "")}";
}

/// <summary>Keys of a vault.</summary>
internal sealed class VaultKeyText : IText<VaultKeyDocument>
{
    public void Write(VaultKeyDocument document, TextLines lines)
    {
        if (document.SecretAccessKey is { } secret)
        {
            lines.Value("Access key ID", document.AccessKeyId!);
            lines.Value("Secret key", secret);
            lines.Aside($"The secret is not told again.");
            return;
        }

        foreach (VaultKeyPart key in document.Keys)
        {
            string buckets = key.Buckets.Count > 0 ? $"  {string.Join(", ", key.Buckets)}" : "";
            lines.Line($"{key.AccessKeyId}  {key.Name,-24} {key.Rights,-4}{buckets}");
        }
    }
}
