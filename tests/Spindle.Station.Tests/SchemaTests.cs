// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Spindle.Testing;

namespace Spindle.Station.Tests;

/// <summary>The schemas of docs/formats are written from the types: a key that changes is a red test. Whether documents are true to them, the contract test of all commands asks another program.</summary>
public sealed class SchemaTests
{
    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true };

    public static TheoryData<string> Names() => [.. Verbs.All.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_key_that_changed_is_in_the_schema(string verb)
    {
        JsonObject schema = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = $"spindle {verb} --json",
        };
        foreach ((string key, JsonNode? value) in JsonSchemaExporter.GetJsonSchemaAsNode(Verbs.All.Single(one => one.Name == verb).DocumentForm, Exporter).AsObject())
        {
            schema[key] = value?.DeepClone();
        }

        schema["properties"]!["schema"] = new JsonObject { ["const"] = $"spindle/{verb}/1" };
        Approved.Is(schema.ToJsonString(new(JsonSerializerOptions.Default) { WriteIndented = true }) + "\n", $"docs/formats/{verb}.schema.json");
    }
}
