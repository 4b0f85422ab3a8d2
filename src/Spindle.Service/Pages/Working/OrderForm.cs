// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Media;
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Pages.Working;

/// <summary>How a field of a form is filled in, and what of a request it becomes.</summary>
internal enum FieldKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A list: a line each.</summary>
    Lines,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes, or no.</summary>
    Check,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>Not at all: it is always the same.</summary>
    Fixed,
}

/// <summary>A field of a form.</summary>
/// <param name="Key">Where it stands in the request: <c>what.sources</c> is the key <c>sources</c> of the object <c>what</c>.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Kind">How it is filled in.</param>
internal sealed record OrderField(string Key, string Label, FieldKind Kind = FieldKind.Text)
{
    /// <summary>What is to be known of it.</summary>
    public string? Help { get; init; }

    /// <summary>What it has before anybody fills it in.</summary>
    public string? Usual { get; init; }

    /// <summary>Whether it must be filled in.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What can be chosen.</summary>
    public IReadOnlyList<(string Value, string Word)> Choices { get; init; } = [];

    /// <summary>Whether it is among those that few people need.</summary>
    public bool IsFurther { get; init; }

    /// <summary>The field as it stands in a form.</summary>
    /// <param name="value">What it has.</param>
    /// <param name="ids">What its id begins with.</param>
    public Html Draw(string? value, string ids = "") => Kind switch
    {
        FieldKind.Lines => Fields.Lines(Key, Label, value, Help, IsRequired, ids),
        FieldKind.Check => Fields.Check(Key, Label, value == "yes"),
        FieldKind.Choice => Fields.Choice(Key, Label, Choices, value, Help, ids),
        FieldKind.Fixed => Html.Empty,
        FieldKind.Number => Fields.Text(Key, Label, value, Help, IsRequired, "number", ids),
        _ => Fields.Text(Key, Label, value, Help, IsRequired, ids: ids),
    };

    /// <summary>The value of it in a request; null where it is left out, so that the usual value counts.</summary>
    /// <param name="text">As it was posted; null where it was not.</param>
    /// <exception cref="OperationFailedException"><c>usage</c>: it is no number.</exception>
    public JsonNode? Read(string? text) => Kind switch
    {
        FieldKind.Check => JsonValue.Create(text == "yes"),
        FieldKind.Fixed => JsonValue.Create(Usual),
        FieldKind.Lines => text is null ? null : Split(text) is { Count: > 0 } lines ? new JsonArray([.. lines.Select(line => JsonValue.Create(line))]) : null,
        FieldKind.Number when string.IsNullOrWhiteSpace(text) => null,
        FieldKind.Number => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number)
            ? number == decimal.Truncate(number) && Math.Abs(number) < long.MaxValue ? JsonValue.Create((long)number) : JsonValue.Create(number)
            : throw new OperationFailedException(new("usage", $"{Label} is no number: {text}", "such as 3")),
        _ => string.IsNullOrWhiteSpace(text) ? null : JsonValue.Create(text),
    };

    private static List<string> Split(string text) => [.. text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)];
}

/// <summary>A form that asks for some work.</summary>
/// <param name="Verb">The verb of its request.</param>
/// <param name="Title">What it does.</param>
/// <param name="Meaning">In a sentence.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record OrderForm(string Verb, string Title, string Meaning, IReadOnlyList<OrderField> Fields)
{
    /// <summary>The form, filled in as far as it is.</summary>
    /// <param name="action">Where it is posted to.</param>
    /// <param name="values">What its fields have.</param>
    /// <param name="button">What its button says.</param>
    /// <param name="further">Fields that come along.</param>
    /// <param name="given">The field that needs not be asked for; null where all are.</param>
    /// <param name="ids">What the ids of its fields begin with.</param>
    /// <param name="more">Further buttons.</param>
    public Html Draw(string action, IReadOnlyDictionary<string, string> values, string button, Html further, string? given = null, string ids = "", Html? more = null)
    {
        string ValueOf(OrderField field) => values.GetValueOrDefault(field.Key, field.Usual ?? "");
        Html Field(OrderField field) => field.Draw(ValueOf(field), ids);
        OrderField[] asked = [.. Fields.Where(field => field.Key != given)], rare = [.. asked.Where(field => field.IsFurther)];
        return Html.Of($"""
            <form class="stacked" method="post" action="{action}">
            {Markup.Fields.Hidden("verb", Verb)}{Html.All(Fields.Where(field => field.Key == given), field => Markup.Fields.Hidden(field.Key, ValueOf(field)))}
            <div class="fields">{Html.All(asked.Where(field => !field.IsFurther), Field)}{further}</div>
            {Html.If(rare.Length > 0, () => Html.Of($"<details><summary>More</summary><div class=\"fields\">{Html.All(rare, Field)}</div></details>"))}
            <p class="row"><button class="main">{button}</button> {more ?? Html.Empty}</p>
            </form>
            """);
    }

    /// <summary>The request that it asks for.</summary>
    /// <param name="values">What was posted.</param>
    /// <exception cref="OperationFailedException"><c>usage</c>: a field makes no sense.</exception>
    public JsonElement Read(IReadOnlyDictionary<string, string> values)
    {
        JsonObject request = [];
        foreach (OrderField field in Fields)
        {
            JsonNode? value = field.Read(values.GetValueOrDefault(field.Key));
            if (value is null)
            {
                if (field.IsRequired)
                {
                    throw new OperationFailedException(new("usage", $"{field.Label} is not filled in", field.Help ?? "fill it in"));
                }

                continue;
            }

            JsonObject place = request;
            string[] keys = field.Key.Split('.');
            foreach (string key in keys[..^1])
            {
                place = (JsonObject)(place[key] ??= new JsonObject());
            }

            place[keys[^1]] = value;
        }

        return JsonDocument.Parse(request.ToJsonString()).RootElement;
    }

    /// <summary>What the fields of a request had, to fill the form in once more.</summary>
    public IReadOnlyDictionary<string, string> ValuesOf(JsonElement request)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (OrderField field in Fields)
        {
            JsonElement place = request;
            if (field.Key.Split('.').All(key => place.ValueKind == JsonValueKind.Object && place.TryGetProperty(key, out place)))
            {
                values[field.Key] = place.ValueKind switch
                {
                    JsonValueKind.String => place.GetString()!,
                    JsonValueKind.Array => string.Join('\n', place.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.String).Select(line => line.GetString())),
                    JsonValueKind.True => "yes",
                    JsonValueKind.Number => place.GetRawText(),
                    _ => "",
                };
            }
        }

        return values;
    }
}
