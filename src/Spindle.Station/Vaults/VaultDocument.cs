// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Station.Archiving;
using Spindle.Station.Burning;
using Spindle.Station.Contract;
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;

namespace Spindle.Station.Vaults;

/// <summary>A vault, and what was done with it.</summary>
public sealed record VaultDocument : Document
{
    /// <summary>What was done.</summary>
    public required VaultTask Task { get; init; }

    /// <summary>The catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>The folder for what is not on discs only.</summary>
    public required string Landing { get; init; }

    /// <summary>How many verified copies an object must have on discs before its room is given back.</summary>
    public required int Copies { get; init; }

    /// <summary>How much is where; of the status alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VaultStatusPart? Status { get; init; }

    /// <summary>The buckets; of a list without a bucket's name, and of rules.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BucketPart>? Buckets { get; init; }

    /// <summary>The objects; of a list with a bucket's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<VaultObjectPart>? Objects { get; init; }

    /// <summary>The discs that are waited for: first those that are most urgent, then those that were asked for longest ago.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WantedDiscPart>? Wanted { get; init; }

    /// <summary>What came onto discs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PackedPart? Packed { get; init; }

    /// <summary>What was burned of it, as of <c>burn</c>; null where nothing was to be, or it came to nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BurnDocument? Burned { get; init; }

    /// <summary>Why nothing was burned; null where something was, or was not to be.</summary>
    [JsonIgnore]
    public Failure? NotBurned { get; init; }

    /// <summary>What was taken out of the landing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvictedPart? Evicted { get; init; }

    /// <summary>What was asked for, and fetched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ThawedPart? Thawed { get; init; }

    /// <summary>All that keeps it from being a success.</summary>
    public IReadOnlyList<Failure> Concerns { get; init; } = [];

    /// <inheritdoc/>
    protected override Failure? Ended => NotBurned ?? Burned?.Error;

    /// <inheritdoc/>
    protected override Outcome Found => Concerns.Count == 0 && Wanted is null or { Count: 0 } && (Burned?.Outcome ?? Outcome.Done) == Outcome.Done ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => VaultVerb.Name;
}

/// <summary>How much is where.</summary>
/// <param name="Landed">In the landing, on no disc.</param>
/// <param name="Packed">In the landing, planned onto a disc.</param>
/// <param name="Written">In the landing, and on discs.</param>
/// <param name="Cold">On discs only.</param>
/// <param name="Queued">On discs only, and asked for.</param>
/// <param name="Warm">Fetched from discs, and in the landing for a while.</param>
/// <param name="Lost">On discs only, and could not be had of them.</param>
/// <param name="Tombstone">Deleted or overwritten, and still on discs.</param>
/// <param name="LandingBytes">Bytes that the landing holds.</param>
/// <param name="FreeBytes">Bytes that are free where the landing is.</param>
/// <param name="Dead">Discs that hold what no object is any more: first those of which most is.</param>
public sealed record VaultStatusPart(
    AmountPart Landed, AmountPart Packed, AmountPart Written, AmountPart Cold, AmountPart Queued, AmountPart Warm, AmountPart Lost, AmountPart Tombstone, long LandingBytes, long FreeBytes,
    IReadOnlyList<DeadSharePart> Dead);

/// <summary>How much of a disc nobody wants any more.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Bytes">Bytes of contents that it holds.</param>
/// <param name="DeadBytes">Bytes of those that were deleted or overwritten, and are no other object's.</param>
public sealed record DeadSharePart(int Number, string Label, long Bytes, long DeadBytes);

/// <summary>How much.</summary>
/// <param name="Objects">Objects.</param>
/// <param name="Bytes">Bytes of them.</param>
public sealed record AmountPart(long Objects, long Bytes);

/// <summary>A bucket.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The name of the key that it belongs to.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Rules">What becomes of its objects.</param>
public sealed record BucketPart(string Name, string Owner, DateTimeOffset Created, BucketRules Rules)
{
    internal static BucketPart Of(VaultBucket bucket) => new(bucket.Name, bucket.Owner, bucket.CreatedAt, bucket.Rules);
}

/// <summary>An object.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">Its key.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When it was put.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="StorageClass">What clients are told of that.</param>
/// <param name="Copies">Verified copies of it on discs.</param>
/// <param name="Discs">The discs that it is on.</param>
/// <param name="ETag">What clients know its content by.</param>
/// <param name="Sha256">SHA-256 of its content.</param>
public sealed record VaultObjectPart(
    string Bucket, string Key, long Size, DateTimeOffset Modified, Standing State, string StorageClass, int Copies, IReadOnlyList<string> Discs, [property: JsonPropertyName("etag")] string ETag, string Sha256);

/// <summary>A disc that is waited for.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Uuid">Names it for ever.</param>
/// <param name="Places">Its copies, and where they are kept; null where none is known.</param>
/// <param name="Objects">Objects that are wanted of it.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="Since">When the first of them was asked for.</param>
/// <param name="By">The names of the keys that asked.</param>
/// <param name="AtHand">Whether an image of it is where it was written.</param>
public sealed record WantedDiscPart(int Number, string Label, string Uuid, string? Places, long Objects, long Bytes, DateTimeOffset Since, IReadOnlyList<string> By, bool AtHand)
{
    internal static WantedDiscPart Of(WantedDisc disc) => new(disc.Number, disc.Label, disc.Uuid, disc.Copies, disc.Objects, disc.Bytes, disc.Since, disc.By, disc.Image is { } image && File.Exists(image));
}

/// <summary>What came onto discs.</summary>
/// <param name="Objects">Objects that are on a disc for the first time.</param>
/// <param name="WaitingBytes">Bytes of objects that wait for a disc to become full; with <c>--now</c>, they don't.</param>
/// <param name="Plan">What was planned; null where nothing was.</param>
/// <param name="Discs">Discs that were made, or got copies.</param>
public sealed record PackedPart(long Objects, long WaitingBytes, PlanDocument? Plan, IReadOnlyList<PackedDiscPart> Discs);

/// <summary>A disc that was made, or got copies.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Images">The images that were made now, each read back and found whole.</param>
/// <param name="Copies">Verified copies that there are.</param>
public sealed record PackedDiscPart(int Number, string Label, IReadOnlyList<string> Images, int Copies);

/// <summary>What was taken out of the landing.</summary>
/// <param name="Objects">Objects.</param>
/// <param name="Bytes">Bytes that are free now.</param>
/// <param name="LandingBytes">Bytes that the landing holds still.</param>
/// <param name="Kept">What stays, and why.</param>
public sealed record EvictedPart(long Objects, long Bytes, long LandingBytes, IReadOnlyList<KeptPart> Kept);

/// <summary>What stays in the landing.</summary>
/// <param name="Why"><c>not-packed</c>, <c>too-few-copies</c>, <c>stays-for-now</c> or <c>may-go</c>.</param>
/// <param name="Objects">Objects.</param>
/// <param name="Bytes">Bytes of them.</param>
public sealed record KeptPart(string Why, long Objects, long Bytes);

/// <summary>What was asked for, and fetched.</summary>
/// <param name="Asked">Objects that were asked for by this.</param>
/// <param name="Fetched">Objects that came, each held against its SHA-256.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="Discs">The discs that it takes, or took.</param>
/// <param name="Lost">Objects that could not be had.</param>
public sealed record ThawedPart(long Asked, long Fetched, long Bytes, IReadOnlyList<WantedDiscPart> Discs, IReadOnlyList<LostObjectPart> Lost);

/// <summary>An object that could not be had.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">Its key.</param>
/// <param name="Why">In words for people.</param>
public sealed record LostObjectPart(string Bucket, string Key, string Why);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(VaultRequest))]
[JsonSerializable(typeof(VaultDocument))]
[JsonSerializable(typeof(VaultKeyRequest))]
[JsonSerializable(typeof(VaultKeyDocument))]
internal sealed partial class VaultJson : JsonSerializerContext
{
    public static VaultJson Form { get; } = new(JsonForm.Options());
}
