// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Api;

/// <summary>What the interface for programs refuses: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static OperationFailedException UnknownKey(string key, IEnumerable<string> known) => new(
        new("usage", $"this address does not know {key}", known.Any() ? $"known are {string.Join(", ", known)}" : "it knows no keys"));

    public static OperationFailedException BadValue(string key, string value, string wanted) => new(new("usage", $"{key} is {value}", $"it is to be {wanted}"));

    public static OperationFailedException NoVerb(string name) => new(new("no-such-verb", $"there is no verb {name}", "docs/formats/requests lists them"));

    public static OperationFailedException NotJson(string? type) => new(
        new("wrong-media-type", $"the body is {type ?? "of a media type that is not said"}, and not JSON", "send 'Content-Type: application/json'"));

    public static OperationFailedException NoJson(Exception cause) => new(
        new("not-a-request", $"the body is no JSON that can be read: {cause.Message}", "docs/formats/openapi.json tells what it looks like"), cause);

    public static OperationFailedException NoBody() => new(new("not-a-request", $"the request has no body", "docs/formats/openapi.json tells what it looks like"));

    public static OperationFailedException TooLong(string key, int most) => new(new("not-a-request", $"{key} has more than {most} characters, or a control character", "shorten it"));

    public static OperationFailedException NoTitle(string identifier) => new(new("no-such-title", $"the list of titles has no call number {identifier}", "'spindle serve --titles FILE' names the list"));

    public static OperationFailedException NoLateReport(long number) => new(
        new("no-such-report", $"job {number} has no late report of that token that can still be decided so", "the first word on it counts; one can be taken only while no station has the job"));

    public static OperationFailedException NoResult(long number) => new(new("no-such-result", $"job {number} has no document", "there is one when it has ended, if it did not break"));

    public static OperationFailedException NoFile(string name) => new(new("no-such-file", $"the job made no file {name} that is still there", "'files' lists them"));

    public static OperationFailedException DriveBusy(string drive, long number) => new(new("drive-busy", $"{drive} is used by job {number}", "ask again when that has ended"));

    public static OperationFailedException ChangesSomething(string verb, string key) => new(
        new("not-a-request", $"{key} changes something, and this address only reads", $"enter it as a job: POST /api/jobs with the verb {verb}"));

    public static Failure TooManyReadings { get; } = new("service-busy", $"{Reading.Most} requests that read are being answered already", "ask again in a moment");
}
