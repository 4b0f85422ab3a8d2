// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spindle.Vault.Objects;

/// <summary>What is kept as JSON in the tables of the vault.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ObjectDetail))]
[JsonSerializable(typeof(BucketRules))]
internal sealed partial class VaultJson : JsonSerializerContext
{
    public static string Write(ObjectDetail detail) => JsonSerializer.Serialize(detail, Default.ObjectDetail);

    public static string Write(BucketRules rules) => JsonSerializer.Serialize(rules, Default.BucketRules);

    public static ObjectDetail Detail(string json) => json == "{}" ? Objects.ObjectDetail.None : JsonSerializer.Deserialize(json, Default.ObjectDetail) ?? Objects.ObjectDetail.None;

    public static BucketRules Rules(string json) => JsonSerializer.Deserialize(json, Default.BucketRules) ?? Objects.BucketRules.Usual;
}
