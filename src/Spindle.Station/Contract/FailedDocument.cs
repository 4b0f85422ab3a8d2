// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Spindle.Media;

namespace Spindle.Station.Contract;

/// <summary>What is told of a verb that could not be done, or was stopped before there was anything to tell.</summary>
public sealed record FailedDocument : Document
{
    private readonly string _verb;
    private readonly Failure _failure;

    /// <param name="verb">The verb's name.</param>
    /// <param name="failure">Why.</param>
    public FailedDocument(string verb, Failure failure) => (_verb, _failure) = (verb, failure);

    /// <summary>How it is written as JSON.</summary>
    [JsonIgnore]
    public static JsonTypeInfo<FailedDocument> Form => FailedJson.Form.FailedDocument;

    /// <inheritdoc/>
    protected override Failure? Ended => _failure;

    /// <inheritdoc/>
    protected override string Verb => _verb;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(FailedDocument))]
internal sealed partial class FailedJson : JsonSerializerContext
{
    public static FailedJson Form { get; } = new(JsonForm.Options());
}
