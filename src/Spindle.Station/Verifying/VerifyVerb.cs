// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Restoring.Verifying;
using Spindle.Station.Contract;

namespace Spindle.Station.Verifying;

/// <summary><c>verify</c>: whether discs still hold what they should.</summary>
public static class VerifyVerb
{
    internal const string Name = "verify";

    /// <summary>The verb.</summary>
    public static Verb<VerifyRequest, VerifyDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = VerifyJson.Form.VerifyRequest,
        Document = VerifyJson.Form.VerifyDocument,
        RunAsync = RunAsync,
    };

    private static async Task<VerifyDocument> RunAsync(VerifyRequest request, Work work, CancellationToken cancellationToken)
    {
        if (!(request.Share is > 0 and <= 1))
        {
            throw Usage.Error("--sample is a share in percent, above 0 and 100 at most", "such as 10%");
        }

        VerifyResult result = await new Verifier(work.Equipment.OpenMedium, work.Equipment.Time).RunAsync(request, work.Progress, cancellationToken);
        return result.Discs.Count == 0 && result.Refused.Count > 0 ? throw new OperationFailedException(result.Refused[0]) : VerifyDocument.Of(result);
    }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(VerifyDocument))]
internal sealed partial class VerifyJson : JsonSerializerContext
{
    public static VerifyJson Form { get; } = new(JsonForm.Options());
}
