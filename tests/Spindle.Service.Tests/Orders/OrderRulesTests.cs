// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Service.Orders;
using Spindle.Station;
using Spindle.Testing;

namespace Spindle.Service.Tests.Orders;

/// <summary>What is known of verbs before they become jobs: a verb, or a key of a request, that is new must be thought of here.</summary>
public sealed class OrderRulesTests
{
    public static TheoryData<string> Names() => [.. OrderRules.All.Select(rule => rule.Verb)];

    [Fact]
    public void There_is_one_for_each_verb() =>
        Assert.Equal(Verbs.All.Select(verb => verb.Name).Order(StringComparer.Ordinal), OrderRules.All.Select(rule => rule.Verb));

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_text_of_a_request_is_a_path_or_is_none(string verb)
    {
        OrderRule rule = OrderRules.Of(verb)!;

        Assert.Equal(Texts(verb).Order(StringComparer.Ordinal), rule.Paths.Select(path => path.Key).Concat(rule.Texts).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_names_is_in_the_request(string verb)
    {
        OrderRule rule = OrderRules.Of(verb)!;

        Assert.Subset(Texts(verb).ToHashSet(), rule.Title.Concat(rule.Writes).Concat(new[] { rule.Name, rule.GoesOnWith }.OfType<string>()).ToHashSet());
        Assert.All(rule.Writes, key => Assert.Contains(key, rule.Paths.Select(path => path.Key)));
        JsonObject schema = JsonSchemas.Of(Verbs.All.Single(one => one.Name == verb).RequestForm, verb);
        Assert.Equal(rule.GoesOnBy is not null, rule.GoesOnBy is { } key && schema["properties"]![key]!["type"]!.GetValue<string>() == "boolean");
    }

    /// <summary>The keys of all texts in a request, by its form.</summary>
    private static List<string> Texts(string verb)
    {
        List<string> keys = [];
        void Walk(JsonNode? part, string within)
        {
            foreach ((string name, JsonNode? value) in part is JsonObject all && all["properties"] is JsonObject properties ? properties : [])
            {
                string key = within + name;
                Look(value, key);
                if (value is JsonObject { } list && list["items"] is { } items)
                {
                    Look(items, $"{key}[]");
                    Walk(items, $"{key}[].");
                }

                Walk(value, $"{key}.");
            }
        }

        void Look(JsonNode? value, string key)
        {
            string[] types = value is not JsonObject typed ? [] : typed["type"] switch
            {
                JsonArray several => [.. several.Select(one => one!.GetValue<string>())],
                JsonValue one => [one.GetValue<string>()],
                _ => typed["enum"] is null ? [] : ["string"],
            };
            if (types.Contains("string") && !types.Contains("number"))
            {
                keys.Add(key);
            }
        }

        Walk(JsonSchemas.Of(Verbs.All.Single(one => one.Name == verb).RequestForm, verb), "");
        return [.. keys.Where(key => key is not ("after" or "before" or "since" or "what.at"))]; // moments
    }
}
