// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Api;

/// <summary>What the interface for programs refuses: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static OperationFailedException NoJob(string name) => new(new("no-such-job", $"there is no job {name}", "'GET /api/jobs' lists them; ended ones are forgotten after a while"));

    public static OperationFailedException UnknownKey(string key, IEnumerable<string> known) => new(
        new("usage", $"this address does not know {key}", known.Any() ? $"known are {string.Join(", ", known)}" : "it knows no keys"));

    public static OperationFailedException BadValue(string key, string value, string wanted) => new(new("usage", $"{key} is {value}", $"it is to be {wanted}"));
}
