// SPDX-License-Identifier: MIT
using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Spindle.Station.Tests;

/// <summary>Requests as JSON: what a program leaves out is what a command line leaves out.</summary>
public sealed class RequestTests
{
    public static TheoryData<string> Names() => SchemaTests.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_left_out_has_its_default_and_choices_are_words(string verb)
    {
        JsonTypeInfo form = Verbs.All.Single(one => one.Name == verb).RequestForm;

        Assert.Empty(Differences(form));
    }

    private static IEnumerable<string> Differences(JsonTypeInfo form)
    {
        object read = Smallest(form).Deserialize(form)!;
        object? made = Made(form.Type);
        foreach (JsonPropertyInfo property in form.Properties)
        {
            JsonTypeInfo type = form.Options.GetTypeInfo(property.PropertyType);
            if (made is not null && !property.IsRequired && property.Get is { } get && !IsSame(get(made), get(read)))
            {
                yield return $"{form.Type.Name}.{property.Name} is {get(read) ?? "null"} in JSON, and {get(made) ?? "null"} else";
            }

            if (type.Type.IsEnum && property.CustomConverter is null && JsonSerializer.SerializeToNode(Enum.GetValues(type.Type).GetValue(0), type)!.GetValueKind() != JsonValueKind.String)
            {
                yield return $"{form.Type.Name}.{property.Name} is no word in JSON";
            }

            if (type.Kind == JsonTypeInfoKind.Object && type.Type.Namespace!.StartsWith("Spindle", StringComparison.Ordinal))
            {
                foreach (string below in Differences(type))
                {
                    yield return below;
                }
            }
        }
    }

    /// <summary>A request that says no more than it has to.</summary>
    private static JsonObject Smallest(JsonTypeInfo form)
    {
        JsonObject request = [];
        foreach (JsonPropertyInfo property in form.Properties.Where(property => property.IsRequired))
        {
            request[property.Name] = SmallestOf(form.Options.GetTypeInfo(property.PropertyType));
        }

        return request;
    }

    private static JsonNode? SmallestOf(JsonTypeInfo type) => type switch
    {
        { Kind: JsonTypeInfoKind.Object } => Smallest(type),
        { Kind: JsonTypeInfoKind.Enumerable } => new JsonArray(),
        _ when type.Type == typeof(string) => "x",
        _ when type.Type.IsEnum => JsonSerializer.SerializeToNode(Enum.GetValues(type.Type).GetValue(0), type),
        _ => JsonSerializer.SerializeToNode(Activator.CreateInstance(type.Type), type),
    };

    /// <summary>An instance on which nothing was said; of a record whose constructor takes all, null: its defaults are JSON's, too.</summary>
    private static object? Made(Type type) => type.GetConstructor(Type.EmptyTypes) is { } constructor
        ? constructor.Invoke(null)
        : type.GetConstructors().SingleOrDefault(one => one.GetParameters().Length > 0) is { } primary && primary.GetParameters().All(parameter => parameter.HasDefaultValue)
            ? primary.Invoke([.. primary.GetParameters().Select(parameter => parameter.DefaultValue)])
            : null;

    private static bool IsSame(object? one, object? other) => (one, other) switch
    {
        (string, string) => Equals(one, other),
        (IEnumerable first, IEnumerable second) => first.Cast<object>().SequenceEqual(second.Cast<object>()),
        _ => Equals(one, other),
    };
}
