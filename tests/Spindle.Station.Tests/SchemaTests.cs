// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Testing;

namespace Spindle.Station.Tests;

/// <summary>The schemas of docs/formats are written from the types: a key that changes is a red test. Whether documents are true to them, the contract test of all commands asks another program.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Names() => [.. Verbs.All.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_key_that_changed_is_in_the_schema(string verb)
    {
        JsonObject schema = JsonSchemas.Of(Verbs.All.Single(one => one.Name == verb).DocumentForm, $"spindle {verb} --json");
        schema["properties"]!["schema"] = new JsonObject { ["const"] = $"spindle/{verb}/1" };
        JsonSchemas.Approve(schema, $"docs/formats/{verb}.schema.json");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_request_may_say_is_in_its_schema(string verb)
    {
        JsonObject schema = JsonSchemas.Of(Verbs.All.Single(one => one.Name == verb).RequestForm, $"request of spindle {verb}");

        Assert.Equal("object", schema["type"]!.GetValue<string>());
        JsonSchemas.Approve(schema, $"docs/formats/requests/{verb}.schema.json");
    }
}
