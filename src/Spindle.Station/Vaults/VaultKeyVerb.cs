// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Vault;
using Spindle.Vault.Keys;

namespace Spindle.Station.Vaults;

/// <summary><c>vault key</c>: who is let into a vault. It is no job: its answer holds a secret, and jobs keep their answers.</summary>
public static class VaultKeyVerb
{
    internal const string Name = "vault-key";

    /// <summary>The verb.</summary>
    public static Verb<VaultKeyRequest, VaultKeyDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = VaultJson.Form.VaultKeyRequest,
        Document = VaultJson.Form.VaultKeyDocument,
        RunAsync = RunAsync,
    };

    private static async Task<VaultKeyDocument> RunAsync(VaultKeyRequest request, Work work, CancellationToken cancellationToken)
    {
        await using OpenVault vault = OpenVault.Open(request.Catalogue, work.Equipment.Time);
        switch (request.Task)
        {
            case VaultKeyTask.Add:
                AccessKey added = vault.Keys.Add(request.Key ?? throw Usage.Error("a key needs a name"), request.Buckets, request.Rights);
                return Of(request, [added]) with { AccessKeyId = added.Id, SecretAccessKey = added.Secret };
            case VaultKeyTask.Remove:
                return Of(request, [vault.Keys.Remove(request.Key ?? throw Usage.Error("no key is named"))]);
            default:
                return Of(request, vault.Keys.All());
        }
    }

    private static VaultKeyDocument Of(VaultKeyRequest request, IReadOnlyList<AccessKey> keys) => new()
    {
        Task = request.Task,
        Keys = [.. keys.Select(key => new VaultKeyPart(key.Name, key.Id, key.Buckets, key.Rights, key.Created))],
    };
}

/// <summary>What is to be done with keys.</summary>
[JsonConverter(typeof(JsonForm.Words<VaultKeyTask>))]
public enum VaultKeyTask
{
    /// <summary>One is made.</summary>
    Add,

    /// <summary>They are listed, without their secrets.</summary>
    List,

    /// <summary>One is taken away.</summary>
    Remove,
}

/// <summary>Keys of a vault, and what is to be done with them.</summary>
/// <param name="Catalogue">The catalogue.</param>
/// <param name="Task">What is to be done.</param>
/// <param name="Key">The name of a key; null to list them.</param>
public sealed record VaultKeyRequest(string Catalogue, VaultKeyTask Task, string? Key)
{
    /// <summary>Buckets of others that it may use; <c>*</c> for all.</summary>
    public IReadOnlyList<string> Buckets { get; set; } = [];

    /// <summary>Of <c>r</c>, <c>w</c> and <c>d</c>; null for all.</summary>
    public string? Rights { get; init; }
}

/// <summary>Keys of a vault.</summary>
public sealed record VaultKeyDocument : Document
{
    /// <summary>What was done.</summary>
    public required VaultKeyTask Task { get; init; }

    /// <summary>What a program says that it is; only of a key that was made now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccessKeyId { get; init; }

    /// <summary>What it proves that with; it is told once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SecretAccessKey { get; init; }

    /// <summary>The keys.</summary>
    public required IReadOnlyList<VaultKeyPart> Keys { get; init; }

    /// <inheritdoc/>
    protected override string Verb => VaultKeyVerb.Name;
}

/// <summary>A key.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="AccessKeyId">What a program says that it is.</param>
/// <param name="Buckets">Buckets of others that it may use.</param>
/// <param name="Rights">What it may do there.</param>
/// <param name="Created">When it was made.</param>
public sealed record VaultKeyPart(string Name, string AccessKeyId, IReadOnlyList<string> Buckets, string Rights, DateTimeOffset Created);
