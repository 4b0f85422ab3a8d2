// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
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
        JsonObject schema = SchemaOf(Verbs.All.Single(one => one.Name == verb).DocumentForm, $"spindle {verb} --json");
        schema["properties"]!["schema"] = new JsonObject { ["const"] = $"spindle/{verb}/1" };
        Approved.Is(schema.ToJsonString(new(JsonSerializerOptions.Default) { WriteIndented = true }) + "\n", $"docs/formats/{verb}.schema.json");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_request_may_say_is_in_its_schema(string verb)
    {
        JsonObject schema = SchemaOf(Verbs.All.Single(one => one.Name == verb).RequestForm, $"request of spindle {verb}");

        Assert.Equal("object", schema["type"]!.GetValue<string>());
        Approved.Is(schema.ToJsonString(new(JsonSerializerOptions.Default) { WriteIndented = true }) + "\n", $"docs/formats/requests/{verb}.schema.json");
    }

    private static JsonObject SchemaOf(JsonTypeInfo form, string title)
    {
        JsonObject schema = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
        };
        JsonNode exported = JsonSchemaExporter.GetJsonSchemaAsNode(form, Exporter);
        if (exported is JsonObject known) // 'true' where a request says nothing
        {
            foreach ((string key, JsonNode? value) in known)
            {
                schema[key] = value?.DeepClone();
            }
        }

        return schema;
    }
}
