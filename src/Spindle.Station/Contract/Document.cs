// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Station.Contract;

/// <summary>What came of a verb: facts only, so that a terminal, a program and a page show the same.</summary>
/// <remarks>
/// Its properties are the keys of <c>--json</c>, in their order. Lists may be read while they are written: what follows them is asked
/// for when they are at their end.
/// </remarks>
public abstract record Document
{
    /// <summary>Which document it is: <c>spindle/VERB/1</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Schema => $"spindle/{Verb}/1";

    /// <summary>What came of it, in one word.</summary>
    [JsonPropertyOrder(98)]
    public Outcome Outcome => Ended switch { null => Found, { Code: "cancelled" } => Outcome.Cancelled, _ => Outcome.Failed };

    /// <summary>Why it is not told to its end; null where it is.</summary>
    [JsonPropertyOrder(99)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Failure? Error => Ended;

    /// <summary>What ended a list of it early; null where nothing did.</summary>
    protected virtual Failure? Ended => null;

    /// <summary>What came of it where all of it is told.</summary>
    protected virtual Outcome Found => Outcome.Done;

    /// <summary>Whether it is told on standard output; not so where that has got something else in its place.</summary>
    [JsonIgnore]
    public bool IsTold { get; private protected init; } = true;

    /// <summary>The verb's name.</summary>
    protected abstract string Verb { get; }
}

/// <summary>What came of a verb.</summary>
[JsonConverter(typeof(JsonForm.Words<Outcome>))]
public enum Outcome
{
    /// <summary>All that was asked for was done, and holds.</summary>
    Done,

    /// <summary>It was done, but something is missing or does not agree.</summary>
    Lacking,

    /// <summary>It was stopped: what is told is true as far as it goes.</summary>
    Cancelled,

    /// <summary>It failed on the way: what is told is true as far as it goes.</summary>
    Failed,
}
