// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Spindle.Testing;

/// <summary>Schemas that are made of types: a key that changes is a red test.</summary>
public static class JsonSchemas
{
    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>The schema of a type, under a title.</summary>
    public static JsonObject Of(JsonTypeInfo form, string title)
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

    /// <summary>Holds a schema against the one that stands in the repository.</summary>
    public static void Approve(JsonObject schema, string path) => Approved.Is(schema.ToJsonString(new(JsonSerializerOptions.Default) { WriteIndented = true }) + "\n", path);
}
