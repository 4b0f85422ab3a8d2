// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Media;

namespace Spindle.Imaging.Auditing;

/// <summary>Says of an image what follows from its records and from what was read of it. It fails closed: where something is not known, it does not pass.</summary>
/// <param name="candidate">The image with its records.</param>
internal sealed class AuditVerdict(Candidate candidate)
{
    private readonly ImageClaim[] _claims = [.. candidate.Claims.Where(claim => claim.Vouches).OrderBy(claim => claim.Kind)]; // manifests first
    private readonly ImageClaim[] _broken = [.. candidate.Claims.Where(claim => claim.Unverifiable is not null)];

    /// <summary>The hashes that must be taken: those of the records, and SHA-256 in any case, by which an image is known for ever.</summary>
    public IReadOnlyList<HashKind> Kinds => [.. HashKind.All.Where(kind => kind == HashKind.Sha256 || _claims.Any(claim => claim.Hashes.ContainsKey(kind)))];

    /// <summary>What can be said before anything is read; null where it must be read.</summary>
    public AuditedImage? BeforeReading()
    {
        if (candidate.Unreadable is { } why)
        {
            return Unreadable(why);
        }

        if (candidate.Claims.Count > 0 && candidate.Claims.All(claim => claim.Skipped is not null))
        {
            return Of(AuditState.Skipped, Said(candidate.Claims[0], candidate.Claims[0].Skipped!), null);
        }

        if (candidate.Image is null)
        {
            return Unverifiable();
        }

        if (candidate.Size is not { } size)
        {
            return Of(AuditState.Missing, candidate.LinkTarget is { } target ? $"it is a link to {target}, which is not there" : "it is not there", "bring it back from a copy");
        }

        if (candidate.Claims.Count == 0)
        {
            return null; // there may be other witnesses
        }

        if (_claims.Length == 0)
        {
            return Unverifiable();
        }

        return _claims.FirstOrDefault(claim => claim.Size is { } said && said != size) is { } other ? OfOtherSize(size, other) : null;
    }

    /// <summary>Of an image for which nothing vouches.</summary>
    public AuditedImage WithoutRecord() => Of(AuditState.NoRecord, "nothing says what it must be", "--adopt makes a record that vouches for it from now on");

    /// <summary>What can be said when it was read.</summary>
    /// <param name="found">The hashes that it has.</param>
    /// <param name="unreadable">What the storage did not give.</param>
    /// <param name="wasWritten">Whether it was written to meanwhile.</param>
    public AuditedImage AfterReading(IReadOnlyDictionary<HashKind, string> found, IReadOnlyList<SectorRange> unreadable, bool wasWritten)
    {
        if (unreadable.Count > 0)
        {
            string where = string.Create(CultureInfo.InvariantCulture, $"from sector {unreadable[0].Start} on");
            string lost = Figures.Count(unreadable.Sum(range => range.Count), "sector", "sectors");
            AuditedImage failing = Of(AuditState.Unreadable, $"{lost} of it can't be read, {where}", "its storage fails: copy what can be read, and bring the rest back from a copy");
            return failing with { Differing = unreadable };
        }

        (ImageClaim Claim, HashKind Kind)[] against = [.. _claims.SelectMany(claim => claim.Hashes.Where(hash => found[hash.Key] != hash.Value).Select(hash => (claim, hash.Key)))];
        AuditedImage image = Of(AuditState.Pass, Passed(), null) with { Hashes = Hashes(found) };
        if (against.Length == 0 && _broken.Length == 0)
        {
            // It is as it was, and was never good: checksums beside it are of what there was.
            return candidate.Claims.FirstOrDefault(claim => claim.IsOfFailedRun) is not { } failed ? image : image with
            {
                State = AuditState.Unverifiable,
                Detail = $"{Path.GetFileName(failed.Record)} is of a run that failed; {image.Detail}",
                Hint = "image its disc again; the log beside it says what failed",
            };
        }

        if (against.Length == 0)
        {
            return image with
            {
                State = AuditState.Unverifiable,
                Detail = $"{Said(_broken[0], _broken[0].Unverifiable!)}; {image.Detail}",
                Hint = $"another record vouches for it: put a whole one in the place of {Path.GetFileName(_broken[0].Record)}",
            };
        }

        if (wasWritten)
        {
            return image with { State = AuditState.Unreadable, Detail = "it was written to while it was read", Hint = "audit it again when nothing writes to it" };
        }

        ImageClaim? agrees = _claims.FirstOrDefault(claim => claim.Hashes.Count > 0 && claim.Hashes.All(hash => found[hash.Key] == hash.Value));
        return agrees is not null
            ? image with
            {
                State = AuditState.Unverifiable,
                Detail = $"its records contradict each other: it is what {Path.GetFileName(agrees.Record)} says, and not what {Path.GetFileName(against[0].Claim.Record)} says",
                Hint = "find out which of them is right",
            }
            : image with
            {
                State = AuditState.Changed,
                Detail = $"its {string.Join(" and ", against.Select(one => one.Kind.Title).Distinct())} {(against.Select(one => one.Kind).Distinct().Count() == 1 ? "is" : "are")} not what {Path.GetFileName(against[0].Claim.Record)} says",
                Hint = "bring it back from a copy; --copies FOLDER looks for a whole one",
            };
    }

    /// <summary>Of an image that could not be read.</summary>
    public AuditedImage Unreadable(string why) => Of(AuditState.Unreadable, why, "see to its permissions and its disk, and audit it again");

    /// <summary>The image in a state, with all that its records say.</summary>
    public AuditedImage Of(AuditState state, string detail, string? hint) => new()
    {
        State = state,
        Image = candidate.Image,
        Records = [.. candidate.Claims.Select(claim => claim.Record).Distinct()],
        Kind = candidate.Claims.Count > 0 ? candidate.Claims.Min(claim => claim.Kind) : null,
        Size = candidate.Size,
        RunId = candidate.Claims.Select(claim => claim.RunId).FirstOrDefault(run => run is not null),
        Since = candidate.Claims.Min(claim => claim.Since),
        Hashes = Hashes(new Dictionary<HashKind, string>()),
        Detail = detail,
        Hint = hint,
        At = default,
    };

    private AuditedImage Unverifiable() => Of(AuditState.Unverifiable, Said(_broken[0], _broken[0].Unverifiable!), "find the record as it was, or take the image anew from its disc");

    private AuditedImage OfOtherSize(long size, ImageClaim claim)
    {
        long missing = claim.Size!.Value - size;
        return Of(
            AuditState.Changed,
            $"it is {Figures.Count(Math.Abs(missing), "byte", "bytes")} too {(missing > 0 ? "short" : "long")} by {Path.GetFileName(claim.Record)}; it was not read",
            "bring it back from a copy; --copies FOLDER looks for a whole one");
    }

    /// <summary>What it passed by: where nothing strong vouches for it, that is said.</summary>
    private string Passed()
    {
        HashKind[] by = [.. HashKind.All.Where(kind => _claims.Any(claim => claim.Hashes.ContainsKey(kind)))];
        bool isWeak = by.All(kind => kind.Bits < HashKind.Sha256.Bits);
        string all = $"it has its {string.Join(" and ", by.Select(kind => kind.Title))}{(isWeak ? " (no stronger hash is recorded)" : "")}";
        long lost = _claims.Select(claim => claim.UnreadableSectors).DefaultIfEmpty().Max();
        return all + (lost > 0 ? $"; {Figures.Count(lost, "sector was", "sectors were")} never read from its disc" : "") + (candidate.LinkTarget is { } target ? $"; it is a link to {target}" : "");
    }

    private AuditedHash[] Hashes(IReadOnlyDictionary<HashKind, string> found) =>
    [
        .. HashKind.All.Select(kind => new AuditedHash(kind, _claims.Select(claim => claim.Hashes.GetValueOrDefault(kind)).FirstOrDefault(hash => hash is not null), found.GetValueOrDefault(kind)))
            .Where(hash => hash.Expected is not null || hash.Found is not null),
    ];

    private static string Said(ImageClaim claim, string what) => $"{Path.GetFileName(claim.Record)} {what}";
}
